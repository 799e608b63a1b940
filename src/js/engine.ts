/** The plain JavaScript twin: the fallback, the baseline of the benches, the oracle of the tests. */
import type { Backward, Engine, FloatArray, Formula, Forward } from "../engine.ts";
import { apart } from "../overlap.ts";
import { gated, gatedGrad, prelu, preluGrad, rows } from "./shaped.ts";

function map(_name: string, { value }: Formula): Forward {
  return (x, out, a, b) => {
    const from = apart(x, out);
    for (let i = 0; i < from.length; i++) out[i] = value(from[i] as number, a, b);
  };
}

function mapGrad(_name: string, { derivative }: Formula): Backward {
  return (dy, x, out, a, b) => {
    const above = apart(dy, out);
    const from = apart(x, out);
    for (let i = 0; i < from.length; i++) {
      out[i] = (above[i] as number) * derivative(from[i] as number, a, b);
    }
  };
}

/** Arrays of alloc, and whether they are in use. */
const allocated = new WeakMap<FloatArray, boolean>();

function alloc(length: number): FloatArray {
  const view = new Float32Array(length);
  allocated.set(view, true);
  return view;
}

function free(view: FloatArray): void {
  if (!allocated.has(view))
    throw new RangeError("free: view is not an array of alloc, expected one that alloc returned");
  if (!allocated.get(view)) throw new RangeError("free: view was freed, expected an array in use");
  allocated.set(view, false);
}

export const engine: Engine = {
  backend: "js",
  map,
  mapGrad,
  rows,
  gated,
  gatedGrad,
  prelu,
  preluGrad,
  prepare() {},
  alloc,
  free,
};
