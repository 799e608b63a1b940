/** The measuring side of the command: what a child process does. Most have 0.2 s to live. */
import { readFileSync } from "node:fs";
import { packageFile } from "../beside.ts";
import { answersFrom, type Task, type Tasks } from "./tasks.ts";

const ANSWERS = answersFrom({
  // Not bundled: what is measured is the published file.
  entry: (engine) => packageFile(engine === "wasm" ? "dist/index.js" : "dist/js.js").href,
  read: async (file) => Uint8Array.from(readFileSync(packageFile(`dist/${file}`))),
});

async function answer<T extends Task>(task: T, asked: Tasks[T]["asked"]): Promise<string> {
  return JSON.stringify(await ANSWERS[task](asked));
}

/** Reads what is asked from stdin, and answers on stdout. */
export async function child(task: string): Promise<void> {
  if (!Object.hasOwn(ANSWERS, task)) throw new Error(`there is no task ${task}`);
  process.stdout.write(await answer(task as Task, JSON.parse(readFileSync(0, "utf8"))));
}
