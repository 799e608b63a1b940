/**
 * What a process or a worker of its own can be asked for, and what it answers. Each task loads what
 * it takes and no more.
 */
import type { Published } from "../behaviour/accuracy.ts";
import { type Benched, opNamed } from "../ops.ts";
import type { Accuracy, Behaviour, Engine, Products } from "../results.ts";
import type { Trials } from "../verdicts/verdicts.ts";
import type { Answer, Job } from "./job.ts";
import { type Lab, type Library, measure } from "./measure.ts";

/** What the import of each entry took in this process. */
export interface Imports {
  readonly importMs: number;
  readonly jsImportMs: number;
}

/** The names of ops. */
interface Named {
  readonly ops: readonly string[];
}

export interface Tasks {
  readonly measure: { readonly asked: Job; readonly answered: Answer & Imports };
  readonly products: { readonly asked: Named & { readonly milliseconds: number }; readonly answered: Products };
  readonly behaviour: { readonly asked: Named; readonly answered: readonly Behaviour[] };
  readonly accuracy: { readonly asked: Named & { readonly bits: boolean }; readonly answered: readonly Accuracy[] };
  readonly trials: { readonly asked: null; readonly answered: Trials };
}

export type Task = keyof Tasks;

/** Where the published files are, which are what is measured: in a folder, or on a server. */
export interface Package {
  /** The address of an entry. */
  readonly entry: (engine: Engine) => string;
  readonly read: (file: "products.wasm" | "published.json") => Promise<Uint8Array<ArrayBuffer>>;
}

async function timedImport(address: string): Promise<[Library, number]> {
  const start = performance.now();
  const library = (await import(address)) as Library;
  return [library, performance.now() - start];
}

async function load({ entry }: Package): Promise<Lab & Imports> {
  const [wasm, importMs] = await timedImport(entry("wasm"));
  const [js, jsImportMs] = await timedImport(entry("js"));
  return { wasm, js, importMs, jsImportMs };
}

const opsNamed = (names: readonly string[]): Benched[] => names.flatMap((name) => opNamed(name) ?? []);

/** A function for each task of a list like the one above. */
export type Answers<M extends { readonly [T in keyof M]: { readonly asked: unknown; readonly answered: unknown } }> = {
  readonly [T in keyof M]: (asked: M[T]["asked"]) => Promise<M[T]["answered"]>;
};

export function answersFrom(published: Package): Answers<Tasks> {
  return {
    async measure(job) {
      const { importMs, jsImportMs, ...lab } = await load(published);
      return { ...measure(job, lab), importMs, jsImportMs };
    },
    async products({ ops, milliseconds }) {
      const { productsOf } = await import("../networks/products.ts");
      const { wasm } = await load(published);
      const names = opsNamed(ops).flatMap(({ kind, name }) => (kind === "map" ? [name] : []));
      return productsOf(await published.read("products.wasm"), wasm, names, milliseconds);
    },
    async behaviour({ ops }) {
      const { behaviourOf } = await import("../behaviour/behaviour.ts");
      const { wasm } = await load(published);
      return opsNamed(ops).flatMap((op) => behaviourOf(wasm, op) ?? []);
    },
    async accuracy({ ops, bits }) {
      const { accuracyOf } = await import("../behaviour/accuracy.ts");
      const { fingerprintsOf } = await import("../../scripts/fingerprint/ops.ts");
      const { wasm } = await load(published);
      const known = opsNamed(ops);
      const facts = JSON.parse(new TextDecoder().decode(await published.read("published.json"))) as Published;
      const names = known.flatMap(({ name, gradient }) => (gradient ? [name, gradient.name] : [name]));
      return accuracyOf(wasm, known, facts, bits ? fingerprintsOf({ ...wasm }, names) : {});
    },
    async trials() {
      const { trialsOf } = await import("../verdicts/verdicts.ts");
      const { wasm } = await load(published);
      return trialsOf(wasm);
    },
  };
}
