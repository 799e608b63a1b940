/** The command line of the bench, as a child process. No timing decides anything here. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { Report } from "../bench/results.ts";

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "bench-"));

afterAll(() => rmSync(folder, { recursive: true }));

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
  return { status, stdout, stderr };
}

describe("a quick run of two ops", () => {
  const file = join(folder, "results.json");
  const { status, stdout, stderr } = run("bench", "--ops", "relu,sigmoid", "--sizes", "256", "--quick", "--json", file);
  const results = (): Report => JSON.parse(readFileSync(file, "utf8"));

  test("ends well, with tables on stdout and progress on stderr", () => {
    expect(status, stderr).toBe(0);
    expect(stdout).toContain(`Node ${process.version}`);
    expect(stdout).toContain("forward, n = 256");
    expect(stdout).toContain("geometric mean of plain JS : wasm over 2 ops");
    expect(stderr).toMatch(/^\d+\/\d+ relu/m);
    expect(stderr).not.toContain("\r");
  });

  test("has a row for each op, direction, backend and mode", () => {
    const names = results().rows.map((row) => [row.op, row.direction, row.backend, row.mode, row.n].join(" "));
    const expected = ["relu", "sigmoid"].flatMap((op) =>
      ["forward", "gradient"].flatMap((direction) =>
        ["wasm", "js"].flatMap((backend) =>
          ["alloc", "out"].map((mode) => `${op} ${direction} ${backend} ${mode} 256`),
        ),
      ),
    );
    expect([...names].sort()).toEqual(expected.sort());
  });

  test("has numbers in them", () => {
    for (const { nsPerElement, samples } of [...results().rows, ...results().baselines]) {
      expect(nsPerElement.median).toBeGreaterThan(0);
      expect(nsPerElement.mad).toBeGreaterThanOrEqual(0);
      expect(nsPerElement.p99).toBeGreaterThanOrEqual(nsPerElement.median);
      expect(samples).toBeGreaterThan(0);
    }
  });

  test("says where they come from", () => {
    const { version, machine, failures } = results();
    expect(version).toBe(1);
    expect(failures).toEqual([]);
    expect(machine).toMatchObject({ node: process.version, v8: process.versions.v8, arch: process.arch });
    expect(machine.cores).toBeGreaterThan(0);
    expect(new Date(machine.date).getTime()).toBeLessThanOrEqual(Date.now());
  });
});

test("help goes to stdout and names every option", () => {
  for (const flag of ["--help", "-h"]) {
    const { status, stdout, stderr } = run("bench", flag);
    expect(status).toBe(0);
    expect(stderr).toBe("");
    for (const option of ["--quick", "--ops", "--sizes", "--modes", "--inputs", "--rounds", "--time", "--json"]) {
      expect(stdout).toContain(option);
    }
  }
  expect(run("--help")).toMatchObject({ status: 0, stdout: expect.stringContaining("bench") });
});

test.each([
  { args: ["bench", "--fast"], says: "--fast" },
  { args: ["bench", "relu"], says: "relu" },
  { args: ["bench", "--ops"], says: "--ops" },
  { args: ["bench", "--ops", "relu,rellu"], says: "there is no op rellu" },
  { args: ["bench", "--ops", "alloc"], says: "there is no op alloc" },
  { args: ["bench", "--ops", "constructor"], says: "there is no op constructor" },
  { args: ["bench", "--ops", "relu,"], says: "--ops relu," },
  { args: ["bench", "--sizes", "0"], says: "0 is not a whole number" },
  { args: ["bench", "--sizes", "1e3"], says: "1e3 is not a whole number" },
  { args: ["bench", "--modes", "gpu"], says: "there is no mode gpu" },
  { args: ["bench", "--inputs", "toString"], says: "there is no set toString" },
  { args: ["bench", "--rounds", "-1"], says: "--rounds" },
  { args: ["bench", "--json", ""], says: "--json" },
  { args: ["bench", "--json", join(folder, "none", "results.json")], says: "no such file or directory" },
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
