/** The gated linear units in plain JavaScript. */
import type { Gated, GatedGrad, Halves } from "../engine/engine.ts";
import { apart, clear } from "../engine/overlap.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { GateFormula } from "../model/row.ts";

/** Where the first elements of both factors are, and how far it is from one run to the next. */
function placesIn({ run, second }: Halves, areTwo: boolean) {
  const half = areTwo ? 0 : run;
  return { source: second ? half : 0, other: second ? 0 : half, step: areTwo ? run : 2 * run };
}

/** The factor that goes through the gate, then the other. */
function sort<T>(first: T, second: T, halves: Halves): readonly [T, T] {
  return halves.second ? [second, first] : [first, second];
}

export function gated(_name: string, { value }: GateFormula): Gated {
  return (x, b, out, halves) => {
    const first = b ? apart(x, out) : clear(x, out);
    const [sources, others] = sort(first, b ? apart(b, out) : first, halves);
    const { outer, run } = halves;
    const { source, other, step } = placesIn(halves, b !== undefined);
    for (let o = 0, at = 0; o < outer; o++) {
      const s = source + o * step;
      const f = other + o * step;
      for (let i = 0; i < run; i++, at++) out[at] = value(sources[s + i] as number) * (others[f + i] as number);
    }
  };
}

/** Where each element of an input goes with the same one of both outputs: the input itself, or a copy. */
function apartFrom(first: FloatArray, second: FloatArray, x: FloatArray): FloatArray {
  return apart(apart(x, first), second);
}

export function gatedGrad(_name: string, { value, derivative }: GateFormula): GatedGrad {
  return (dy, x, b, dx, db, halves) => {
    const second = db ?? dx;
    const above = db ? apartFrom(dx, db, dy) : clear(dy, dx);
    const first = apartFrom(dx, second, x);
    const [sources, others] = sort(first, b ? apartFrom(dx, second, b) : first, halves);
    const [dSources, dOthers] = sort(dx, second, halves);
    const { outer, run } = halves;
    const { source, other, step } = placesIn(halves, b !== undefined);
    for (let o = 0, at = 0; o < outer; o++) {
      const p = source + o * step;
      const q = other + o * step;
      for (let i = 0; i < run; i++, at++) {
        const d = above[at] as number;
        const s = sources[p + i] as number;
        const factor = others[q + i] as number;
        dSources[p + i] = d * factor * derivative(s);
        dOthers[q + i] = d * value(s);
      }
    }
  };
}
