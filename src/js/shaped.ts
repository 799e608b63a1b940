/** The ops that are not elementwise in plain JavaScript: straightforward loops in float64. */
import type { FloatArray, Gated, GatedGrad, Leaky, LeakyGrad, Rows } from "../engine.ts";
import type { GatedFacts } from "../gated.ts";
import { apart, clear } from "../overlap.ts";
import type { RowFormula } from "../rows.ts";

export function rows(_name: string, formula: RowFormula, reduces: boolean): Rows {
  return (a, b, out, { outer, axis, inner }) => {
    const first = reduces ? clear(a, out) : apart(a, out);
    const second = a === b ? first : apart(b, out);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) formula(first, second, out, o * axis * inner + i, axis, inner, o * inner + i);
    }
  };
}

export function gated(_name: string, { value, gated: half }: GatedFacts): Gated {
  return (x, out, outer, run) => {
    const from = clear(x, out);
    for (let o = 0; o < outer; o++) {
      const source = 2 * o * run + (half === "a" ? 0 : run);
      const other = 2 * o * run + (half === "a" ? run : 0);
      for (let i = 0; i < run; i++) {
        out[o * run + i] = value(from[source + i] as number) * (from[other + i] as number);
      }
    }
  };
}

export function gatedGrad(_name: string, { value, derivative, gated: half }: GatedFacts): GatedGrad {
  return (dy, x, out, outer, run) => {
    const above = clear(dy, out);
    const from = apart(x, out);
    for (let o = 0; o < outer; o++) {
      const source = 2 * o * run + (half === "a" ? 0 : run);
      const other = 2 * o * run + (half === "a" ? run : 0);
      for (let i = 0; i < run; i++) {
        const d = above[o * run + i] as number;
        const s = from[source + i] as number;
        const factor = from[other + i] as number;
        out[source + i] = d * factor * derivative(s);
        out[other + i] = d * value(s);
      }
    }
  };
}

/** Where slope is 0 and x -Infinity the limit, as everywhere else. */
function leak(x: number, slope: number): number {
  return slope === 0 && x === -Infinity ? -slope : x * slope;
}

export function prelu(): Leaky {
  return (x, slope, out, { outer, axis, inner }) => {
    const from = apart(x, out);
    const slopes = axis === x.length ? apart(slope, out) : clear(slope, out);
    for (let o = 0, at = 0; o < outer; o++) {
      for (let c = 0; c < axis; c++) {
        const s = slopes[c] as number;
        for (let i = 0; i < inner; i++, at++) {
          const v = from[at] as number;
          out[at] = v > 0 ? v : leak(v, s);
        }
      }
    }
  };
}

export function preluGrad(): LeakyGrad {
  return (dy, x, slope, dx, dslope, { outer, axis, inner }) => {
    const above = clear(apart(dy, dx), dslope);
    const from = clear(apart(x, dx), dslope);
    const slopes: FloatArray = clear(clear(slope, dx), dslope);
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
