/** The measuring side of the command: what a child process does. It loads what its task takes and no more: most have 0.2 s to live. */
import { readFileSync } from "node:fs";
import type { Published } from "../behaviour/accuracy.ts";
import { packageFile } from "../beside.ts";
import { type Benched, opNamed } from "../ops.ts";
import type { Accuracy, Behaviour, Products } from "../results.ts";
import type { Trials } from "../verdicts/verdicts.ts";
import type { Answer, Job } from "./job.ts";
import { type Lab, type Library, measure } from "./measure.ts";

/** What the import of each entry took in this process. */
export interface Imports {
  readonly importMs: number;
  readonly jsImportMs: number;
}

async function timedImport(file: string): Promise<[Library, number]> {
  // Not bundled: what is measured is the published file.
  const url = packageFile(file).href;
  const start = performance.now();
  const library = (await import(url)) as Library;
  return [library, performance.now() - start];
}

async function load(): Promise<Lab & Imports> {
  const [wasm, importMs] = await timedImport("dist/index.js");
  const [js, jsImportMs] = await timedImport("dist/js.js");
  return { wasm, js, importMs, jsImportMs };
}

const opsNamed = (names: readonly string[]): Benched[] => names.flatMap((name) => opNamed(name) ?? []);

/** The names of ops. */
interface Named {
  readonly ops: readonly string[];
}

/** What a child can be asked for, and what it answers. */
export interface Tasks {
  readonly measure: { readonly asked: Job; readonly answered: Answer & Imports };
  readonly products: { readonly asked: { readonly milliseconds: number }; readonly answered: Products };
  readonly behaviour: { readonly asked: Named; readonly answered: readonly Behaviour[] };
  readonly accuracy: { readonly asked: Named & { readonly bits: boolean }; readonly answered: readonly Accuracy[] };
  readonly trials: { readonly asked: null; readonly answered: Trials };
}

export type Task = keyof Tasks;

const TASKS: { readonly [T in Task]: (asked: Tasks[T]["asked"]) => Promise<Tasks[T]["answered"]> } = {
  async measure(job) {
    const { importMs, jsImportMs, ...lab } = await load();
    return { ...measure(job, lab), importMs, jsImportMs };
  },
  async products({ milliseconds }) {
    const { productsOf } = await import("../networks/products.ts");
    return productsOf(Uint8Array.from(readFileSync(packageFile("dist/products.wasm"))), milliseconds);
  },
  async behaviour({ ops }) {
    const { behaviourOf } = await import("../behaviour/behaviour.ts");
    const { wasm } = await load();
    return opsNamed(ops).flatMap((op) => behaviourOf(wasm, op) ?? []);
  },
  async accuracy({ ops, bits }) {
    const { accuracyOf } = await import("../behaviour/accuracy.ts");
    const { fingerprintsOf } = await import("../../scripts/fingerprint-ops.ts");
    const { wasm } = await load();
    const known = opsNamed(ops);
    const published = JSON.parse(readFileSync(packageFile("dist/published.json"), "utf8")) as Published;
    const names = known.flatMap(({ name, gradient }) => (gradient ? [name, gradient.name] : [name]));
    return accuracyOf(wasm, known, published, bits ? fingerprintsOf(wasm, names) : {});
  },
  async trials() {
    const { trialsOf } = await import("../verdicts/verdicts.ts");
    const { wasm } = await load();
    return trialsOf(wasm);
  },
};

async function answer<T extends Task>(task: T, asked: Tasks[T]["asked"]): Promise<string> {
  return JSON.stringify(await TASKS[task](asked));
}

/** Reads what is asked from stdin, and answers on stdout. */
export async function child(task: string): Promise<void> {
  if (!Object.hasOwn(TASKS, task)) throw new Error(`there is no task ${task}`);
  process.stdout.write(await answer(task as Task, JSON.parse(readFileSync(0, "utf8"))));
}
