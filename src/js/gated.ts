/** The gated linear units in plain JavaScript. */
import type { Gated, GatedGrad, GateFor, Halves } from "../engine/engine.ts";
import { apart, clear } from "../engine/overlap.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { GateFormula } from "../model/row.ts";

/** What goes through the gate, then the other. */
function sort<T>(first: T, second: T, halves: Halves): readonly [T, T] {
  return halves.second ? [second, first] : [first, second];
}

/** Where the runs start in both factors, and how far it is from one to the next. */
function placesOf(halves: Halves, areTwo: boolean) {
  const [source, other] = sort(0, areTwo ? 0 : halves.run, halves);
  return { source, other, step: areTwo ? halves.run : 2 * halves.run };
}

/** A gate whose factors are limited: what becomes of the other one, and where it is cut off. */
interface Limited extends GateFormula {
  other(f: number): number;
  isOutside(f: number): boolean;
}

/** As the parameters say; undefined where they leave the gate and the other factor as they are. */
function limitedBy({ params: [alpha = 1, offset = 0, limit = Infinity] }: Halves, gateFor: GateFor) {
  if (alpha === 1 && offset === 0 && limit === Infinity) return undefined;
  const { gated, value, derivative } = gateFor(alpha);
  // -0 + 0 would be +0.
  const added = offset === 0 ? -0 : offset;
  const limited: Limited = {
    gated,
    value: (s) => value(Math.min(s, limit)),
    derivative: (s) => (s > limit ? 0 : derivative(s)),
    other: (f) => Math.min(Math.max(f, -limit), limit) + added,
    isOutside: (f) => Math.abs(f) > limit,
  };
  return limited;
}

export function gated(_name: string, gateFor: GateFor): Gated {
  const { value } = gateFor();
  return (x, b, out, halves) => {
    const first = b ? apart(x, out) : clear(x, out);
    const [sources, others] = sort(first, b ? apart(b, out) : first, halves);
    const { outer, run } = halves;
    const { source, other, step } = placesOf(halves, b !== undefined);
    const limited = limitedBy(halves, gateFor);
    for (let o = 0, at = 0; o < outer; o++) {
      const p = source + o * step;
      const q = other + o * step;
      for (let i = 0; i < run; i++, at++) {
        const s = sources[p + i] as number;
        const factor = others[q + i] as number;
        out[at] = limited ? limited.value(s) * limited.other(factor) : value(s) * factor;
      }
    }
  };
}

/**
 * Where each element of an input goes with the same one of both outputs: the input itself, or a
 * copy.
 */
function apartFrom(first: FloatArray, second: FloatArray, x: FloatArray): FloatArray {
  return apart(apart(x, first), second);
}

export function gatedGrad(_name: string, gateFor: GateFor): GatedGrad {
  const { value, derivative } = gateFor();
  return (dy, x, b, dx, db, halves) => {
    const second = db ?? dx;
    const above = db ? apartFrom(dx, db, dy) : clear(dy, dx);
    const first = apartFrom(dx, second, x);
    const [sources, others] = sort(first, b ? apartFrom(dx, second, b) : first, halves);
    const [dSources, dOthers] = sort(dx, second, halves);
    const { outer, run } = halves;
    const { source, other, step } = placesOf(halves, b !== undefined);
    const limited = limitedBy(halves, gateFor);
    for (let o = 0, at = 0; o < outer; o++) {
      const p = source + o * step;
      const q = other + o * step;
      for (let i = 0; i < run; i++, at++) {
        const d = above[at] as number;
        const s = sources[p + i] as number;
        const factor = others[q + i] as number;
        if (limited) {
          dSources[p + i] = d * limited.other(factor) * limited.derivative(s);
          dOthers[q + i] = d * (limited.isOutside(factor) ? 0 : limited.value(s));
        } else {
          dSources[p + i] = d * factor * derivative(s);
          dOthers[q + i] = d * value(s);
        }
      }
    }
  };
}
