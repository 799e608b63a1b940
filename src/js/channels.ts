/** Steps before an activation, parameters per channel, and sums, in plain JavaScript. */
import { type Layer, type LayerGrad, parametersFor, type Spread, type Sums, type Term } from "../engine/channels.ts";
import { apart, clear } from "../engine/overlap.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import type { Formula } from "../model/row.ts";

/** Visits every element: its index, and that of its channel. */
function eachElement({ outer, axis, inner }: Layout, visit: (at: number, channel: number) => void): void {
  for (let o = 0, at = 0; o < outer; o++) {
    for (let c = 0; c < axis; c++) {
      for (let i = 0; i < inner; i++, at++) visit(at, c);
    }
  }
}

/** The value for an element, by its index or by that of its channel. */
function reader(spread: Spread, { axis }: Layout, out: FloatArray): (at: number, channel: number) => number {
  if (typeof spread === "number") return () => spread;
  const values = clear(spread, out);
  const isPerChannel = values.length === axis;
  return (at, channel) => values[isPerChannel ? channel : at] as number;
}

export function layer(_name: string | undefined, formula: Formula | undefined): Layer {
  const value = formula?.value ?? ((z: number) => z);
  return (x, out, { scale, shift, residual }, parameters, layout) => {
    const from = apart(x, out);
    const factor = reader(scale, layout, out);
    const term = reader(shift, layout, out);
    const rest = reader(residual ?? -0, layout, out);
    const { fround } = Math;
    eachElement(layout, (i, k) => {
      const z = fround(fround(fround((from[i] as number) * factor(i, k)) + term(i, k)) + rest(i, k));
      const [a, b, c] = parametersFor(parameters, k);
      out[i] = value(z, a, b, c);
    });
  };
}

export function layerGrad(_name: string, { derivative }: Formula): LayerGrad {
  return (dy, x, out, parameters, layout) => {
    const above = apart(dy, out);
    const from = apart(x, out);
    eachElement(layout, (i, k) => {
      const [a, b, c] = parametersFor(parameters, k);
      out[i] = (above[i] as number) * derivative(from[i] as number, a, b, c);
    });
  };
}

/** With what each addition loses, as in Knuth's TwoSum. */
export function sums(term: Term): Sums {
  return (dy, x, layout) => {
    const totals = new Float64Array(layout.axis);
    const lost = new Float64Array(layout.axis);
    eachElement(layout, (i, k) => {
      const v = x[i] as number;
      if (term === "negative" && v > 0) return;
      const product = (dy[i] as number) * (term === "dy" ? 1 : v);
      const total = totals[k] as number;
      const next = total + product;
      const taken = next - total;
      totals[k] = next;
      lost[k] = (lost[k] as number) + (total - (next - taken) + (product - taken));
    });
    // A sum that is no finite number has lost NaN.
    return totals.map((total, k) => (Number.isFinite(total) ? total + (lost[k] as number) : total));
  };
}
