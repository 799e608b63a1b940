/** How far results are from the formula: the inputs that are looked at, and the worst of them. */
import { bitsOf, neighbour, ulpError } from "../math/ulp.ts";
import type { Accuracy, Sampled, Wanted } from "../model/curve.ts";

/** How many inputs are looked at. */
export const INPUTS = 2 ** 15;
/** Bits of the largest float32. */
const LARGEST_BITS = 0x7f7fffff;
/** From here on inputs are where functions do something. */
const SMALL_BITS = 0x3a000000;

/**
 * Its multiples lie without order in a stratum of so many numbers: where an input is in its own.
 */
const [SCATTER, STRATUM] = [161803, 2 ** 18];

/**
 * One input from each stratum: a quarter over all float32 numbers by their bits, a half between lo
 * and hi, the rest by their bits from 2^-11 to the larger one of those. In the place of the last of
 * the first quarter lo, hi and their neighbours.
 */
export function inputsFor(lo: number, hi: number): Float32Array<ArrayBuffer> {
  const inputs = new Float32Array(INPUTS);
  const bits = new Int32Array(inputs.buffer);
  const quarter = INPUTS / 4;
  const far = bitsOf(Math.max(Math.abs(lo), Math.abs(hi), 1));
  const width = Math.floor((far - SMALL_BITS) / quarter);
  const step = (hi - lo) / (2 * quarter);
  let scattered = 0;
  // One loop, integers, no calls: it is run once, before anything is compiled.
  for (let i = 0; i < quarter; i++) {
    scattered = (scattered + SCATTER) & (STRATUM - 1);
    const sign = (i & 1) << 31;
    bits[i] = ((i * STRATUM + scattered) % LARGEST_BITS) | sign;
    bits[i + quarter] = (SMALL_BITS + i * width + (scattered % width)) | sign;
    const share = scattered / STRATUM;
    inputs[2 * (i + quarter)] = lo + (2 * i + share) * step;
    inputs[2 * (i + quarter) + 1] = lo + (2 * i + 2 - share) * step;
  }
  const borders = [lo, hi].map(Math.fround).flatMap((x) => [neighbour(x, -1), x, neighbour(x, 1)]);
  inputs.set(borders, quarter - borders.length);
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
  const got = new Int32Array(results.buffer, results.byteOffset, results.length);
  const nearest = new Int32Array(Float32Array.from(exact).buffer);
  let maxUlp = 0;
  let worst = 0;
  for (let i = 0; i < inputs.length; i++) {
    // Half an ULP at most. Integers are compared, which an engine does not allocate.
    if (got[i] === nearest[i] && maxUlp >= 0.5) continue;
    const result = results[i] as number;
    const wanted = exact[i] as number;
    // An ULP is more than so much.
    if (Math.abs(result - wanted) <= maxUlp * 2 ** -24 * Math.abs(wanted)) continue;
    const error = ulpError(result, wanted);
    if (error > maxUlp) {
      maxUlp = error;
      worst = i;
    }
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
