/**
 * Runs a script in every runtime that is to be had. It says what it found with report() in
 * anywhere.ts.
 *
 * Node, Bun and Deno come from npm, through npx; the browsers are used if they are installed. A
 * browser runs headless on a page of localhost that sends back what the script found.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { type Answer, type BrowserName, browserOf, visit } from "./browsers.ts";

/** A download comes before the first run. */
const TIMEOUT = 240_000;

interface Runtime {
  readonly name: string;
  /** Fails with the reason where it is not to be had. */
  run(script: string): Promise<unknown>;
}

const fromNpm = (name: string, spec: string, ...command: readonly string[]): Runtime => ({
  name,
  run: async (script) => parse(await outputOf("npx", ["--yes", "--package", spec, ...command, script])),
});

const runtimes: readonly Runtime[] = [
  ...["20", "22", "24", "26"].map((version) => fromNpm(`Node ${version}`, `node@${version}`, "node")),
  fromNpm("Bun", "bun", "bun"),
  fromNpm("Deno", "deno", "deno", "run"),
  ...(["Chromium", "Firefox"] as const).map((name) => ({ name, run: (script: string) => inBrowser(name, script) })),
];

function parse(output: string): unknown {
  const line = output.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`no report: ${lastLine(output)}`);
  return JSON.parse(line) as unknown;
}

const lastLine = (text: string) => text.trim().split("\n").at(-1) ?? "";

/** What a command prints; an error says why it failed. */
function outputOf(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], timeout: TIMEOUT });
    let output = "";
    let errors = "";
    child.stdout.on("data", (data) => {
      output += data;
    });
    child.stderr.on("data", (data) => {
      errors += data;
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new Error(signal ? `ended by ${signal}` : lastLine(errors) || `code ${code}`));
    });
  });
}

/** A page with the script, which sends what it found. */
async function inBrowser(name: BrowserName, script: string): Promise<unknown> {
  const browser = browserOf(name);
  if (!browser) throw new Error("not installed");
  const body = '<!doctype html><title>Report</title><script type="module" src="/script.mjs"></script>';
  const files: Readonly<Record<string, Answer>> = {
    "/": { type: "text/html", body },
    "/script.mjs": { type: "text/javascript", body: readFileSync(script) },
  };
  return JSON.parse(await visit(browser, (path) => files[path], TIMEOUT)) as unknown;
}

/** What a runtime reported, or why it did not. */
export interface Finding<T> {
  readonly runtime: string;
  readonly report?: T;
  readonly reason?: string;
}

/**
 * Bundles `entry` and runs it in each of the runtimes whose names contain one of those `wanted`, in
 * all if there are none.
 */
export async function everywhere<T>(
  entry: string,
  wanted: readonly string[],
  define: Readonly<Record<string, string>> = {},
): Promise<Finding<T>[]> {
  const folder = mkdtempSync(join(tmpdir(), "runtimes-"));
  try {
    const script = join(folder, "script.mjs");
    await build({
      entryPoints: [entry],
      outfile: script,
      bundle: true,
      format: "esm",
      target: "es2022",
      conditions: ["plain-js"],
      define: { ABOUT: "true", ...define },
    });
    const findings: Finding<T>[] = [];
    for (const { name, run } of runtimes) {
      if (wanted.length > 0 && !wanted.some((one) => name.toLowerCase().includes(one.toLowerCase()))) continue;
      process.stderr.write(`${name} …\n`);
      try {
        findings.push({ runtime: name, report: (await run(script)) as T });
      } catch (error) {
        findings.push({ runtime: name, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    return findings;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
