/**
 * The fingerprints in every runtime that is to be had: `npm run runtimes [-- names]`. Prints a matrix and fails where one
 * differs from test/fingerprints.json.
 *
 * Node, Bun and Deno come from npm, through npx; the browsers are used if they are installed. A browser runs headless on
 * a page of localhost that sends back what it found.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type { Report } from "./fingerprint-anywhere.ts";
import { FINGERPRINTS_FILE, readJson } from "./verify-results.ts";

/** A download comes before the first run. */
const TIMEOUT = 240_000;

const BROWSER_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

interface Runtime {
  readonly name: string;
  /** Fails with the reason where it is not to be had. */
  run(script: string, folder: string): Promise<Report>;
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
      inBrowser(["chromium", "chromium-browser", "google-chrome"], script, (url) => [
        ...BROWSER_FLAGS,
        `--user-data-dir=${join(folder, "chromium")}`,
        url,
      ]),
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

function parse(output: string): Report {
  const line = output.split("\n").find((text) => text.startsWith("{"));
  if (line === undefined) throw new Error(`no report: ${lastLine(output)}`);
  return JSON.parse(line) as Report;
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

function find(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Serves a page with the script and waits for what it sends. */
async function inBrowser(
  programs: readonly string[],
  script: string,
  argumentsFor: (url: string) => readonly string[],
): Promise<Report> {
  const program = find(programs);
  if (!program) throw new Error("not installed");
  const text = readFileSync(script);
  let browser: ChildProcess | undefined;
  const server = createServer();
  try {
    return await new Promise<Report>((resolve, reject) => {
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
            resolve(JSON.parse(body) as Report);
          });
        } else if (request.url === "/script.mjs") {
          response.setHeader("content-type", "text/javascript");
          response.end(text);
        } else if (request.url === "/") {
          response.setHeader("content-type", "text/html");
          response.end('<!doctype html><title>Fingerprint</title><script type="module" src="/script.mjs"></script>');
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

async function attempt({ name, run }: Runtime, script: string, folder: string): Promise<Report | string> {
  process.stderr.write(`${name} …\n`);
  try {
    const report = await run(script, folder);
    return report.backend === "wasm" ? report : `runs on ${report.backend}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const wanted = process.argv.slice(2).map((name) => name.toLowerCase());
const chosen = runtimes.filter(
  ({ name }) => wanted.length === 0 || wanted.some((one) => name.toLowerCase().includes(one)),
);
const folder = mkdtempSync(join(tmpdir(), "runtimes-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
const script = join(folder, "fingerprint.mjs");
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("../../scripts/fingerprint-anywhere.ts", import.meta.url))],
  bundle: true,
  write: false,
  format: "esm",
  target: "es2022",
  conditions: ["plain-js"],
  define: { ABOUT: "true" },
});
for (const { contents } of outputFiles) writeFileSync(script, contents);

const results: [string, Report | string][] = [];
for (const runtime of chosen) results.push([runtime.name, await attempt(runtime, script, folder)]);

const known = readJson<Record<string, string>>(FINGERPRINTS_FILE, {});
const width = Math.max(...Object.keys(known).map((op) => op.length));
const cells = (op: string) =>
  results.map(([, result]) =>
    typeof result === "string" ? "-" : result.fingerprints[op] === known[op] ? "same" : "DIFFERS",
  );
console.log([" ".repeat(width), ...results.map(([name]) => name)].join(" | "));
for (const op of Object.keys(known)) {
  console.log([op.padEnd(width), ...cells(op).map((cell, i) => cell.padEnd(results[i]?.[0].length ?? 0))].join(" | "));
}
for (const [name, result] of results) {
  if (typeof result === "string") console.log(`${name} is not available: ${result}`);
}
process.exitCode = Object.keys(known).some((op) => cells(op).includes("DIFFERS")) ? 1 : 0;
