/**
 * Runs a script in every runtime that is to be had. It says what it found with report() in
 * anywhere.ts.
 *
 * Node, Bun and Deno come from npm, through npx; the browsers are used if they are installed. A
 * browser runs headless on a page of localhost that sends back what the script found.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { CHROMIUM, CHROMIUM_FLAGS, find } from "./programs.ts";

/** A download comes before the first run. */
const TIMEOUT = 240_000;

interface Runtime {
  readonly name: string;
  /** Fails with the reason where it is not to be had. */
  run(script: string, folder: string): Promise<unknown>;
}

const fromNpm = (name: string, spec: string, ...command: readonly string[]): Runtime => ({
  name,
  run: async (script) => parse(await outputOf("npx", ["--yes", "--package", spec, ...command, script])),
});

const runtimes: readonly Runtime[] = [
  ...["20", "22", "24", "26"].map((version) => fromNpm(`Node ${version}`, `node@${version}`, "node")),
  fromNpm("Bun", "bun", "bun"),
  fromNpm("Deno", "deno", "deno", "run"),
  {
    name: "Chromium",
    run: (script, folder) =>
      inBrowser(CHROMIUM, script, (url) => [...CHROMIUM_FLAGS, `--user-data-dir=${join(folder, "chromium")}`, url]),
  },
  {
    name: "Firefox",
    run: (script, folder) => {
      const profile = mkdtempSync(join(folder, "firefox-"));
      return inBrowser(["firefox-esr", "firefox"], script, (url) => [
        "--headless",
        "--no-remote",
        "--profile",
        profile,
        url,
      ]);
    },
  },
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

/** Serves a page with the script and waits for what it sends. */
async function inBrowser(
  programs: readonly string[],
  script: string,
  argumentsFor: (url: string) => readonly string[],
): Promise<unknown> {
  const program = find(programs);
  if (!program) throw new Error("not installed");
  const text = readFileSync(script);
  let browser: ChildProcess | undefined;
  const server = createServer();
  try {
    return await new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("no report in time")), TIMEOUT);
      server.on("close", () => clearTimeout(timer));
      server.on("request", (request, response) => {
        if (request.method === "POST" && request.url === "/report") {
          let body = "";
          request.on("data", (data) => {
            body += data;
          });
          request.on("end", () => {
            response.end();
            resolve(JSON.parse(body) as unknown);
          });
        } else if (request.url === "/script.mjs") {
          response.setHeader("content-type", "text/javascript");
          response.end(text);
        } else if (request.url === "/") {
          response.setHeader("content-type", "text/html");
          response.end('<!doctype html><title>Report</title><script type="module" src="/script.mjs"></script>');
        } else {
          response.statusCode = 404;
          response.end();
        }
      });
      server.listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo;
        browser = spawn(program, argumentsFor(`http://127.0.0.1:${port}/`), { stdio: "ignore", detached: true });
        browser.on("error", reject);
        browser.on("exit", (code) => reject(new Error(`ended with code ${code} before a report came`)));
      });
    });
  } finally {
    if (browser?.pid !== undefined && browser.exitCode === null) await endGroup(browser, browser.pid);
    server.closeAllConnections();
    server.close();
  }
}

/** Ends a browser with the processes it started: its group. */
function endGroup(browser: ChildProcess, pid: number): Promise<void> {
  return new Promise((resolve) => {
    browser.once("exit", () => resolve());
    process.kill(-pid, "SIGKILL");
  });
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
        findings.push({ runtime: name, report: (await run(script, folder)) as T });
      } catch (error) {
        findings.push({ runtime: name, reason: error instanceof Error ? error.message : String(error) });
      }
    }
    return findings;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
