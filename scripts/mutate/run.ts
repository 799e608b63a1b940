/** Test files of a copy of the checkout, run until one test fails. */
import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import type { Copy } from "./copy.ts";

export interface Outcome {
  readonly status: "passed" | "failed" | "hangs";
  /** The first test that failed. */
  readonly test?: string;
}

export interface Asked {
  readonly files: readonly string[];
  /** Only tests whose names match. */
  readonly pattern?: string | undefined;
  /** Seconds after which a run counts as hanging. */
  readonly limit: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** What runs now, and ends with this process. */
const running = new Set<number>();
process.on("exit", () => {
  for (const group of running) end(group);
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(1));

function end(group: number): void {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // It has ended already.
  }
}

export async function runTests(copy: Copy, { files, pattern, limit, env }: Asked): Promise<Outcome> {
  const report = copy.pathOf("build/mutant.json");
  rmSync(report, { force: true });
  const options = ["--bail=1", "--maxWorkers=1", "--reporter=json", `--outputFile=${report}`];
  const names = pattern === undefined ? [] : [`--testNamePattern=${pattern}`];
  const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...options, ...names, ...files], {
    cwd: copy.folder,
    stdio: "ignore",
    detached: true,
    env: { ...process.env, ...env },
  });
  const group = child.pid as number;
  running.add(group);
  const status = await new Promise<Outcome["status"]>((resolve) => {
    const timer = setTimeout(() => resolve("hangs"), 1000 * limit);
    child.on("exit", (code) => {
      clearTimeout(timer);
      resolve(code === 0 ? "passed" : "failed");
    });
  });
  // Children that a test left behind end too.
  end(group);
  running.delete(group);
  return status === "failed" ? { status, test: firstFailure(report) } : { status };
}

interface Report {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

function firstFailure(file: string): string {
  try {
    const { testResults } = JSON.parse(readFileSync(file, "utf8")) as Report;
    for (const { name, status, assertionResults } of testResults) {
      const failed = assertionResults.find((test) => test.status === "failed");
      const short = name.slice(name.lastIndexOf("/") + 1);
      if (failed) return `${short}: ${failed.fullName.trim()}`;
      if (status === "failed") return `${short}: cannot be loaded`;
    }
  } catch {
    // Ended before it wrote a report.
  }
  return "the run itself";
}
