/** How far results are from the formula: the inputs that are looked at, and the worst of them. */
import { fromBits, ulpError } from "../math/ulp.ts";
import type { Accuracy, Sampled, Wanted } from "../model/curve.ts";

/** How many inputs are looked at. */
export const INPUTS = 2 ** 15;
/** Bits of the largest float32. */
const LARGEST_BITS = 0x7f7fffff;
/** From here on inputs are where functions do something. */
const SMALL_BITS = 0x3a000000;

/** In [0, 1), without any order, the same every time. */
function scattered(i: number): number {
  return (Math.imul(i + 1, 2654435769) >>> 0) / 2 ** 32;
}

/**
 * One input from each stratum: a quarter over all float32 numbers by their bits, a half between lo and hi, the rest by their bits
 * from 2^-11 to the larger one of those.
 */
export function inputsFor(lo: number, hi: number): Float32Array {
  const inputs = new Float32Array(INPUTS);
  const quarter = INPUTS / 4;
  const far = Math.max(Math.abs(lo), Math.abs(hi), 1);
  const octaves = Math.log2(far) + 11;
  for (let i = 0; i < INPUTS; i++) {
    const jitter = scattered(i);
    const sign = i & 1 ? -1 : 1;
    if (i < quarter) {
      inputs[i] = sign * fromBits(Math.floor(((i + jitter) / quarter) * LARGEST_BITS));
    } else if (i < 3 * quarter) {
      inputs[i] = lo + ((i - quarter + jitter) / (2 * quarter)) * (hi - lo);
    } else {
      inputs[i] = sign * Math.min(fromBits(SMALL_BITS) * 2 ** (((i - 3 * quarter + jitter) / quarter) * octaves), far);
    }
  }
  return inputs;
}

/** What the formula gives for them. */
export function valuesAt(f: Sampled, inputs: Float32Array): Float64Array {
  // Loops: callbacks of typed arrays take several times as long.
  const values = new Float64Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) values[i] = f(inputs[i] as number);
  return values;
}

/** The worst of the results. */
export function accuracyOf(inputs: Float32Array, exact: Float64Array, results: Float32Array): Accuracy {
  let [maxUlp, worst] = [0, 0];
  for (let i = 0; i < inputs.length; i++) {
    const [result, wanted] = [results[i] as number, exact[i] as number];
    // Half an ULP at most.
    if (maxUlp >= 0.5 && Math.fround(wanted) === result) continue;
    const error = ulpError(result, wanted);
    if (error > maxUlp) [maxUlp, worst] = [error, i];
  }
  return { maxUlp, at: inputs[worst] as number, inputs: inputs.length };
}

const text = (x: number) => String(Number(x.toPrecision(6)));

/** Where results are how far off, and what may help. */
export function inaccuracy(
  { maxUlp, at }: Accuracy,
  { what, maxUlp: most }: Wanted,
  roots: readonly number[],
  exact: number,
): string {
  const root = roots.find((x) => Math.abs(at - x) < 0.3 + Math.abs(x) / 16);
  const reason =
    root === undefined
      ? "a kink or a pole may be near: have that at 0, at `from` or at `to`, and beyond these a constant, x or a line"
      : `beside the root at ${text(root)}: it may be one of two that are too near to each other for a table, or a kink; shift or divide it out`;
  return `the table is off by ${text(maxUlp)} ULP from the ${what} at ${at} (${text(exact)}), expected at most ${most}; ${reason}, or accept a larger maxUlp`;
}
