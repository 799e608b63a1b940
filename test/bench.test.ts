/** The command line of the bench, as a child process. No timing decides anything here. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { afterAll, describe, expect, test } from "vitest";
import type { Report } from "../bench/results.ts";
import { reasonIn } from "../bench/run/children.ts";
import { describeHalf, hasHalf } from "./half-arrays.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const cli = join(root, "dist/cli.js");
const folder = mkdtempSync(join(tmpdir(), "bench-"));
/** As short as a run gets. */
const SHORT = ["--quick", "--time", "1", "--rounds", "1"];

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

const readReport = (file: string): Report => JSON.parse(readFileSync(file, "utf8"));

describe("a quick run of two ops", () => {
  const [json, markdown, html] = ["results.json", "results.md", "results.html"].map((name) => join(folder, name));
  const files = ["--json", json, "--markdown", markdown, "--html", html] as string[];
  const { status, stdout, stderr } = run("bench", "--ops", "relu,sigmoid", "--sizes", "16,256", ...SHORT, ...files);
  const report = () => readReport(json as string);

  test("ends well, with plain tables on stdout and progress on stderr", () => {
    expect(status, stderr).toBe(0);
    expect(stdout).toContain(`Node ${process.versions.node}`);
    expect(stdout).toContain("n = 256");
    expect(stderr).toMatch(/^\d+\/\d+ |about \d+ s left/m);
    for (const control of ["\r", "\x1b"]) expect(stdout + stderr).not.toContain(control);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
  });

  test("has a cost for each op, direction, engine, mode and size", () => {
    const names = report().costs.map((cost) => [cost.op, cost.direction, cost.engine, cost.mode, cost.n].join(" "));
    const expected = ["relu", "sigmoid"].flatMap((op) =>
      ["forward", "gradient"].flatMap((direction) =>
        ["wasm", "js"].flatMap((engine) =>
          ["alloc", "out"].flatMap((mode) => [16, 256].map((n) => [op, direction, engine, mode, n].join(" "))),
        ),
      ),
    );
    expect([...names].sort()).toEqual(expected.sort());
  });

  test("has numbers in them", () => {
    for (const { ns, bytes, gbPerSecond } of [...report().costs, ...report().baselines]) {
      expect(ns.median).toBeGreaterThan(0);
      expect(ns.mad).toBeGreaterThanOrEqual(0);
      expect(ns.p99).toBeGreaterThanOrEqual(ns.median);
      expect(ns.count).toBeGreaterThan(0);
      expect(gbPerSecond).toBeCloseTo(bytes / ns.median);
    }
  });

  test("says where they come from", () => {
    const { machine, failures, settings } = report();
    expect(failures).toEqual([]);
    expect(settings).toMatchObject({ preset: "quick", complete: true, sizes: [16, 256] });
    expect(machine).toMatchObject({ runtime: `Node ${process.versions.node}`, arch: process.arch, backend: "wasm" });
    expect(machine.cores).toBeGreaterThan(0);
    expect(new Date(machine.date).getTime()).toBeLessThanOrEqual(Date.now());
  });

  test("has the published format", () => {
    const schema = JSON.parse(readFileSync(join(root, "dist/report.schema.json"), "utf8"));
    const validate = new Ajv({ allErrors: true }).compile(schema);
    validate(report());
    expect(validate.errors).toBeNull();
    validate({ ...report(), format: 1 });
    expect(validate.errors).not.toBeNull();
  });

  test("writes Markdown and HTML", () => {
    expect(readFileSync(markdown as string, "utf8")).toMatch(/^# wasm-activations /);
    expect(readFileSync(html as string, "utf8")).toMatch(/^<!doctype html>/i);
  });

  test("leaves no unfinished files", () => {
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  test("is what a later run is compared with", () => {
    const later = join(folder, "later.json");
    const { status, stderr } = run(
      ...["bench", "--ops", "relu", "--sizes", "256", ...SHORT],
      ...["--baseline", json as string, "--json", later],
    );
    expect(status, stderr).toBe(0);
    expect(readReport(later).comparison).toMatchObject({ sameMachine: true, compared: 8, date: report().machine.date });
  });
});

const FLOAT16 = ["bench", "--type", "float16", "--ops", "sigmoid,softmax,prelu", "--sizes", "256", ...SHORT];

describeHalf("a run on float16", () => {
  const [json, html] = ["half.json", "half.html"].map((name) => join(folder, name)) as [string, string];
  const { status, stdout, stderr } = run(...FLOAT16, "--json", json, "--html", html);

  test("says so, and has halves for the bytes", () => {
    expect(status, stderr).toBe(0);
    expect(stdout).toContain("float16");
    expect(readFileSync(html, "utf8")).toContain("float16");
    const { settings, costs, failures, products } = readReport(json);
    expect({ type: settings.type, failures, products }).toEqual({ type: "float16", failures: [], products: null });
    const bytes = costs.filter(({ op, direction }) => op === "sigmoid" && direction === "forward");
    expect(new Set(bytes.map((cost) => cost.bytes))).toEqual(new Set([4]));
    expect(costs.length).toBe(3 * 2 * 2 * 2);
  });

  test("is not compared with one on float32", () => {
    const { status, stderr } = run("bench", "--baseline", json);
    expect(stderr).toContain("it is a report of float16");
    expect(status).toBe(2);
  });
});

test.skipIf(hasHalf)("where the runtime has no Float16Array, one line says so", () => {
  const { status, stdout, stderr } = run(...FLOAT16);
  expect(stderr).toMatch(/^wasm-activations: --type float16: Node \S+ has no such arrays[^\n]*\n$/);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
});

test("help and version go to stdout; the help names every option", () => {
  for (const flag of ["--help", "-h"]) {
    const { status, stdout, stderr } = run("bench", flag);
    expect(status).toBe(0);
    expect(stderr).toBe("");
    for (const option of ["quick", "full", "type", "ops", "sizes", "mode", "direction", "inputs", "rounds", "time"]) {
      expect(stdout).toContain(`--${option} `);
    }
    for (const option of ["json", "markdown", "html", "baseline", "version"]) expect(stdout).toContain(`--${option}`);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(120);
  }
  expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("bench") });
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  for (const args of [["--version"], ["bench", "--version"]]) {
    expect(run(...args)).toEqual({ status: 0, stdout: `${version}\n`, stderr: "" });
  }
});

test.each([
  { args: ["bench", "--fast"], says: "there is no option --fast; options are --quick" },
  { args: ["bench", "relu"], says: "relu" },
  { args: ["bench", "--ops"], says: "--ops" },
  { args: ["bench", "--ops", "relu,rellu"], says: "there is no op rellu; ops are" },
  { args: ["bench", "--ops", "alloc"], says: "there is no op alloc" },
  { args: ["bench", "--ops", "constructor"], says: "there is no op constructor" },
  { args: ["bench", "--ops", "relu,"], says: "--ops relu," },
  { args: ["bench", "--sizes", "0"], says: "0 is not a whole number from 1 to" },
  { args: ["bench", "--sizes", "1e3"], says: "1e3 is not a whole number" },
  { args: ["bench", "--mode", "gpu"], says: "--mode: there is no gpu; there are alloc, out, new" },
  { args: ["bench", "--type", "float64"], says: "--type: there is no float64; there are float32, float16" },
  { args: ["bench", "--type", "float16,float32"], says: "expected one of" },
  { args: ["bench", "--direction", "back"], says: "there are forward, gradient" },
  { args: ["bench", "--inputs", "toString"], says: "there is no toString; there are normal" },
  { args: ["bench", "--rounds", "-1"], says: "--rounds" },
  { args: ["bench", "--quick", "--full"], says: "expected one of them" },
  { args: ["bench", "--json", ""], says: "--json" },
  { args: ["bench", "--json", join(folder, "none", "results.json")], says: "no such file or directory" },
  { args: ["bench", "--html", folder], says: "is a folder" },
  { args: ["bench", "--baseline", join(folder, "none.json")], says: "--baseline" },
  { args: ["bench", "--baseline", join(root, "package.json")], says: "not a report of this version" },
  { args: ["bend"], says: "there is no command bend" },
  { args: [], says: "a command is missing" },
])("refuses $args with status 2", ({ args, says }) => {
  const { status, stdout, stderr } = run(...args);
  expect(stderr).toMatch(/^wasm-activations: /);
  expect(stderr).toContain(says);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stdout).toBe("");
  expect(status).toBe(2);
});

test.each([
  [
    "node:internal/loader:1\n  throw err;\n  ^\n\nError: Cannot find module 'x'\n    at f (a:1:2)\n\nNode.js v20",
    "Error: Cannot find module 'x'",
  ],
  ["TypeError [CODE]: no\n    at f", "TypeError [CODE]: no"],
  ["out of memory\nmore", "out of memory"],
  ["", undefined],
])("of what a process printed when it failed, one line stands in the report: %j", (printed, line) => {
  expect(reasonIn(printed)).toBe(line);
});

/** A run that takes long enough to be disturbed, in a process group of its own. */
function start(...args: readonly string[]) {
  const child = spawn(process.execPath, [cli, "bench", ...args], { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  return { child, output, ended };
}

/** Whether any process of the group is left. */
function isAlive({ pid }: ChildProcess): boolean {
  try {
    process.kill(-(pid as number), 0);
    return true;
  } catch {
    return false;
  }
}

test.each([
  { signal: "SIGINT", status: 130 },
  { signal: "SIGTERM", status: 143 },
] as const)(
  "prints and saves what was measured when ended by $signal, and ends its children",
  async ({ signal, status }) => {
    const file = join(folder, `${signal}.json`);
    const { child, output, ended } = start(
      "--ops",
      "relu,tanh,sigmoid",
      "--sizes",
      "16",
      "--time",
      "300",
      "--json",
      file,
    );
    // The second or third of four groups is being measured.
    while (!/^\d+\/4 /m.test(output.stderr)) await new Promise((resolve) => setTimeout(resolve, 50));
    child.kill(signal);
    expect(await ended).toBe(status);
    const { settings, behaviour, costs } = readReport(file);
    expect(settings.complete).toBe(false);
    expect(behaviour.map(({ op }) => op)).toEqual(["relu", "sigmoid", "tanh"]);
    expect(costs.length).toBeLessThan(3 * 2 * 2 * 2);
    expect(output.stdout).toContain("interrupted");
    expect(output.stderr).not.toMatch(/^\s+at /m);
    expect(isAlive(child)).toBe(false);
  },
);

test("says in one line that nobody reads its output, and saves the file nevertheless", async () => {
  const file = join(folder, "unread.json");
  const { child, output, ended } = start("--ops", "relu", "--sizes", "16", ...SHORT, "--json", file);
  child.stdout.destroy();
  expect(await ended).toBe(1);
  expect(output.stderr.trim().split("\n").at(-1)).toMatch(/^wasm-activations: the output could not be written: /);
  expect(output.stderr).not.toMatch(/^\s+at /m);
  expect(readReport(file).settings.complete).toBe(true);
});

test.runIf(existsSync("/dev/full"))("says in one line that a disk is full", () => {
  const { status, stdout, stderr } = run("bench", "--ops", "relu", "--sizes", "16", ...SHORT, "--json", "/dev/full");
  expect(status).toBe(1);
  expect(stdout).toContain("relu");
  expect(stderr).toMatch(/^wasm-activations: --json: ENOSPC.*$/m);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("runs from the installed package alone", () => {
  const npm = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  const tarball = execFileSync("npm", npm, { cwd: root, encoding: "utf8" }).trim();
  execFileSync("tar", ["-xzf", join(folder, tarball), "-C", folder]);
  const installed = join(folder, "package/dist/cli.js");
  const html = join(folder, "installed.html");
  const args = [installed, "bench", "--ops", "relu", "--sizes", "16", ...SHORT, "--html", html];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  expect(status, stderr).toBe(0);
  expect(stdout).toContain("relu");
  expect(existsSync(html)).toBe(true);
});
