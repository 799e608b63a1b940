/** The plain JavaScript twin: the fallback, the baseline of the benches, the oracle of the tests. */
import type { Backward, Engine, FloatArray, Formula, Forward } from "../engine.ts";
import { isShifted, mayBeShifted } from "../overlap.ts";

/** x itself, or a copy where writing `out` could change what is still to be read. */
function apart(x: FloatArray, out: FloatArray): FloatArray {
  return isShifted(out, x) || mayBeShifted(out, x) ? x.slice() : x;
}

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
      out[i] = (above[i] as number) * Math.fround(derivative(from[i] as number, a, b));
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
  if (!allocated.has(view)) throw new RangeError("free: view is not an array of alloc, expected one that alloc returned");
  if (!allocated.get(view)) throw new RangeError("free: view was freed, expected an array in use");
  allocated.set(view, false);
}

export const engine: Engine = {
  backend: "js",
  map,
  mapGrad,
  prepare() {},
  alloc,
  free,
};
