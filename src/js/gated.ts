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

/** What goes through the gate, then the other. */
function sort<T>(first: T, second: T, halves: Halves): readonly [T, T] {
  return halves.second ? [second, first] : [first, second];
}

/** What becomes of each factor, and the slope of the gate. */
interface Factors {
  gate(s: number): number;
  gateSlope(s: number): number;
  other(f: number): number;
  isOutside(f: number): boolean;
}

/** As the parameters say; undefined where they leave the gate and the other factor as they are. */
function limitedBy({ params: [alpha = 1, offset = 0, limit = Infinity] }: Halves, formula: GateFormula) {
  if (alpha === 1 && offset === 0 && limit === Infinity) return undefined;
  // -0 + 0 would be +0.
  const added = offset === 0 ? -0 : offset;
  const factors: Factors = {
    gate: (s) => formula.value(Math.min(s, limit), alpha),
    gateSlope: (s) => (s > limit ? 0 : formula.derivative(s, alpha)),
    other: (f) => Math.min(Math.max(f, -limit), limit) + added,
    isOutside: (f) => Math.abs(f) > limit,
  };
  return factors;
}

export function gated(_name: string, formula: GateFormula): Gated {
  return (x, b, out, halves) => {
    const first = b ? apart(x, out) : clear(x, out);
    const [sources, others] = sort(first, b ? apart(b, out) : first, halves);
    const { outer, run } = halves;
    const { source, other, step } = placesIn(halves, b !== undefined);
    const limited = limitedBy(halves, formula);
    const gate = limited?.gate ?? formula.value;
    for (let o = 0, at = 0; o < outer; o++) {
      const p = source + o * step;
      const q = other + o * step;
      for (let i = 0; i < run; i++, at++) {
        const factor = others[q + i] as number;
        out[at] = gate(sources[p + i] as number) * (limited ? limited.other(factor) : factor);
      }
    }
  };
}

/** Where each element of an input goes with the same one of both outputs: the input itself, or a copy. */
function apartFrom(first: FloatArray, second: FloatArray, x: FloatArray): FloatArray {
  return apart(apart(x, first), second);
}

export function gatedGrad(_name: string, formula: GateFormula): GatedGrad {
  return (dy, x, b, dx, db, halves) => {
    const second = db ?? dx;
    const above = db ? apartFrom(dx, db, dy) : clear(dy, dx);
    const first = apartFrom(dx, second, x);
    const [sources, others] = sort(first, b ? apartFrom(dx, second, b) : first, halves);
    const [dSources, dOthers] = sort(dx, second, halves);
    const { outer, run } = halves;
    const { source, other, step } = placesIn(halves, b !== undefined);
    const limited = limitedBy(halves, formula);
    const gate = limited?.gate ?? formula.value;
    const slope = limited?.gateSlope ?? formula.derivative;
    for (let o = 0, at = 0; o < outer; o++) {
      const p = source + o * step;
      const q = other + o * step;
      for (let i = 0; i < run; i++, at++) {
        const d = above[at] as number;
        const s = sources[p + i] as number;
        const factor = others[q + i] as number;
        dSources[p + i] = d * (limited ? limited.other(factor) : factor) * slope(s);
        dOthers[q + i] = d * (limited?.isOutside(factor) ? 0 : gate(s));
      }
    }
  };
}
