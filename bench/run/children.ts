/** Child processes, one task each; all end when the run is interrupted. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { packageFile } from "../beside.ts";
import type { Task, Tasks } from "../measure/tasks.ts";

/** The end of what a process had to say when it failed. */
const MOST_ERROR = 2000;

const SELF = fileURLToPath(packageFile("dist/cli.js"));

/** Of what Node prints of an error, the line that says it: a failure is one line of the report. */
export function reasonIn(printed: string): string | undefined {
  const lines = printed.trim().split("\n");
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? (lines[0] || undefined);
}

/**
 * Runs a task in a process of its own.
 *
 * @throws AbortError when interrupted, any other Error when the process fails.
 */
export function runChild<T extends Task>(
  task: T,
  asked: Tasks[T]["asked"],
  signal: AbortSignal,
): Promise<Tasks[T]["answered"]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SELF, "child", task], { signal, killSignal: "SIGKILL" });
    let out = "";
    let error = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      error = (error + text).slice(-MOST_ERROR);
    });
    child.on("error", reject);
    child.on("close", (code, killedBy) => {
      if (code === 0) resolve(JSON.parse(out) as Tasks[T]["answered"]);
      else reject(new Error(reasonIn(error) ?? (killedBy ? `ended by ${killedBy}` : `exit status ${code}`)));
    });
    // A child that failed at once does not read; that it failed is known from its end.
    child.stdin.on("error", () => undefined);
    child.stdin.end(JSON.stringify(asked));
  });
}
