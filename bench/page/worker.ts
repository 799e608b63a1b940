/**
 * A worker of the page: answers questions. What it measures are the published files, which it
 * imports.
 */
import { clockStep } from "../measure/clock.ts";
import type { Library } from "../measure/measure.ts";
import { type Answers, answersFrom } from "../measure/tasks.ts";
import type { Engine } from "../results.ts";
import { FILES, type Question, type Reply, type Task, type Tasks } from "./tasks.ts";

const beside = (file: string) => new URL(file, import.meta.url).href;

const entry = (engine: Engine) => beside(FILES[engine]);

const ANSWERS: Answers<Tasks> = {
  ...answersFrom({
    entry,
    async read(file) {
      const response = await fetch(beside(file));
      if (!response.ok) throw new Error(`${file}: ${response.status}`);
      return new Uint8Array(await response.arrayBuffer());
    },
  }),
  async surroundings() {
    const { backend } = (await import(entry("wasm"))) as Library;
    return { backend, clockStepMs: clockStep() };
  },
};

async function reply<T extends Task>({ task, asked }: Question<T>): Promise<Reply<T>> {
  try {
    return { answered: await ANSWERS[task](asked) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  postMessage(await reply(data));
});
