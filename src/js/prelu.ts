/** prelu in plain JavaScript. */
import type { Leaky, LeakyGrad } from "../engine/engine.ts";
import { apart, clear } from "../engine/overlap.ts";
import { product } from "../math/gates.ts";

export function prelu(): Leaky {
  return (x, slope, out, { outer, axis, inner }) => {
    const from = apart(x, out);
    const slopes = axis === x.length ? apart(slope, out) : clear(slope, out);
    for (let o = 0, at = 0; o < outer; o++) {
      for (let c = 0; c < axis; c++) {
        const s = slopes[c] as number;
        for (let i = 0; i < inner; i++, at++) {
          const v = from[at] as number;
          out[at] = v > 0 ? v : product(s, v);
        }
      }
    }
  };
}

export function preluGrad(): LeakyGrad {
  return (dy, x, slope, dx, dslope, { outer, axis, inner }) => {
    const above = clear(apart(dy, dx), dslope);
    const from = clear(apart(x, dx), dslope);
    const slopes = clear(clear(slope, dx), dslope);
    const sums = new Float64Array(axis);
    for (let o = 0, at = 0; o < outer; o++) {
      for (let c = 0; c < axis; c++) {
        const s = slopes[c] as number;
        let sum = 0;
        for (let i = 0; i < inner; i++, at++) {
          const v = from[at] as number;
          const d = above[at] as number;
          if (!(v > 0)) sum += d * v;
          dx[at] = v > 0 ? d : v <= 0 ? d * s : Number.NaN;
        }
        (sums[c] as number) += sum;
      }
    }
    dslope.set(sums);
  };
}
