/** A worker of the page: answers one question and is ended. What it measures are the published files, which it imports. */
import { fingerprintsOf } from "../../scripts/fingerprint-ops.ts";
import { accuracyOf, type Published } from "../behaviour/accuracy.ts";
import { behaviourOf } from "../behaviour/behaviour.ts";
import { clockStep } from "../measure/clock.ts";
import { type Library, measure } from "../measure/measure.ts";
import { productsOf } from "../networks/products.ts";
import { type Benched, opNamed } from "../ops.ts";
import { trialsOf } from "../verdicts/verdicts.ts";
import { FILES, type Question, type Reply, type Task, type Tasks } from "./tasks.ts";

const beside = (file: string) => new URL(file, import.meta.url).href;

async function timedImport(file: string): Promise<[Library, number]> {
  const start = performance.now();
  const library = (await import(beside(file))) as Library;
  return [library, performance.now() - start];
}

async function fetched(file: string): Promise<Response> {
  const response = await fetch(beside(file));
  if (!response.ok) throw new Error(`${file}: ${response.status}`);
  return response;
}

const opsNamed = (names: readonly string[]): Benched[] => names.flatMap((name) => opNamed(name) ?? []);

const TASKS: { readonly [T in Task]: (asked: Tasks[T]["asked"]) => Promise<Tasks[T]["answered"]> } = {
  async surroundings() {
    const [{ backend }] = await timedImport(FILES.wasm);
    return { backend, clockStepMs: clockStep() };
  },
  async measure(job) {
    const [wasm, importMs] = await timedImport(FILES.wasm);
    const [js, jsImportMs] = await timedImport(FILES.js);
    return { ...measure(job, { wasm, js }), importMs, jsImportMs };
  },
  async products({ milliseconds }) {
    const binary = await (await fetched(FILES.products)).arrayBuffer();
    return productsOf(new Uint8Array(binary), milliseconds);
  },
  async behaviour({ ops }) {
    const [library] = await timedImport(FILES.wasm);
    return opsNamed(ops).flatMap((op) => behaviourOf(library, op) ?? []);
  },
  async accuracy({ ops, bits }) {
    const [library] = await timedImport(FILES.wasm);
    const known = opsNamed(ops);
    const published = (await (await fetched(FILES.published)).json()) as Published;
    const names = known.flatMap(({ name, gradient }) => (gradient ? [name, gradient.name] : [name]));
    return accuracyOf(library, known, published, bits ? fingerprintsOf({ ...library }, names) : {});
  },
  async trials() {
    const [library] = await timedImport(FILES.wasm);
    return trialsOf(library);
  },
};

async function reply<T extends Task>({ task, asked }: Question<T>): Promise<Reply<T>> {
  try {
    return { answered: await TASKS[task](asked) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

addEventListener("message", async ({ data }: MessageEvent<Question>) => {
  postMessage(await reply(data));
});
