/** The gated linear units in plain JavaScript. */
import type { Gated, GatedGrad } from "../engine/engine.ts";
import { apart, clear } from "../engine/overlap.ts";
import type { GateFormula } from "../model/row.ts";

export function gated(_name: string, { value, gated: half }: GateFormula): Gated {
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

export function gatedGrad(_name: string, { value, derivative, gated: half }: GateFormula): GatedGrad {
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
