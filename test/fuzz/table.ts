/** Every op of the table, forward and gradient, beside both built entries. */
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import * as table from "../../src/activations.generated.ts";
import { type Described, describe } from "../../src/calls/describe.ts";
import type { FloatArray } from "../../src/model/arrays.ts";

/** An op without its types: the fuzzer also passes what the types forbid. */
export type AnyOp = (...args: readonly unknown[]) => unknown;

export interface Entry {
  readonly label: "wasm" | "js";
  readonly alloc: typeof wasm.alloc;
  readonly free: (view: FloatArray) => void;
  readonly op: (name: string) => AnyOp;
}

export const EVERY: readonly Described[] = [...new Set(Object.values(table))].flatMap((op) => describe(op) ?? []);

function entryOf(label: Entry["label"], lib: typeof wasm): Entry {
  const values = new Map<string, unknown>(Object.entries(lib));
  return {
    label,
    alloc: lib.alloc,
    free: lib.free,
    op(name) {
      const value = values.get(name);
      if (typeof value !== "function") throw new Error(`${name} is not exported by the ${label} entry`);
      return value as AnyOp;
    },
  };
}

export const ENTRIES: readonly Entry[] = [entryOf("wasm", wasm), entryOf("js", js as typeof wasm)];
