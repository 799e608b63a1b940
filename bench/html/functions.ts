/**
 * The functions themselves, for curves: from the package's plain JavaScript, in which nothing has
 * to be loaded.
 */
import * as table from "../../src/index.ts";
import type { OpFacts } from "../results.ts";
import type { Parameters } from "./choice.ts";

type Op = (...args: readonly unknown[]) => Float32Array;

const exported: Readonly<Record<string, unknown>> = { ...table };

export interface Curve {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** The derivative. */
  readonly slope: Float32Array;
}

/** Equal steps from low to high, both included. */
export function steps(low: number, high: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/**
 * f and f' of an elementwise op at the given inputs; undefined for an op of another shape.
 *
 * @throws RangeError for a parameter outside the op's domain, with the package's own words.
 */
export function curveOf(facts: OpFacts, x: Float32Array, parameters: Parameters = {}): Curve | undefined {
  const [f, gradient] = [exported[facts.name], exported[facts.gradient ?? ""]] as [unknown, unknown];
  if (facts.shape !== "map" || typeof f !== "function" || typeof gradient !== "function") return undefined;
  const options = Object.keys(parameters).length > 0 ? [parameters] : [];
  const y = (f as Op)(x, ...options);
  return { x, y, slope: (gradient as Op)(new Float32Array(x.length).fill(1), x, ...options) };
}

/** Where two functions differ most. */
export function largestDifference(a: Curve, b: Curve): { readonly difference: number; readonly x: number } {
  let [difference, x] = [0, 0];
  for (const [i, y] of a.y.entries()) {
    const distance = Math.abs(y - (b.y[i] ?? Number.NaN));
    if (distance > difference) [difference, x] = [distance, a.x[i] ?? 0];
  }
  return { difference, x };
}

/**
 * What a slider of a parameter covers: its default well inside, 0 at an end where all values of use
 * have one sign.
 */
export function sliderOf(standard: number | null): { low: number; high: number; step: number; start: number } {
  if (standard === null || standard === 0) return { low: -4, high: 4, step: 0.05, start: standard ?? 4 };
  const size = Math.abs(standard);
  const far = size < 0.1 ? 1 : 4 * size;
  const step = size < 0.1 ? 0.01 : Number((size / 20).toPrecision(1));
  return standard > 0 ? { low: 0, high: far, step, start: standard } : { low: -far, high: far, step, start: standard };
}
