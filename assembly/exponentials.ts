/**
 * The pass of softmax, logSoftmax and logSumExp that sums e^(x - m), m the maximum of the row, and
 * what they make of the sum.
 *
 * For m stand a base and a centre, whose sum is within 2^-17 of it, so that nothing of x is lost.
 * The centre is a multiple of 2^-16, as Exp.scaled() wants it, the base 0 where the centre can be
 * near m. Elsewhere the base is m: there x - m is exact wherever its exponential counts. The rest
 * of m is a correction within the exponential: that of m itself is exactly 1, which matters where
 * it dominates the sum.
 */
import { Exp } from "./math/exp";
import { only, splat } from "./math/lanes";
import { floored, hasSinks, sinkOf } from "./options";
import { BASE, CENTRE, COUNT, columnOf, DELTA, LEAST, Pass, PEAK, SUM_HIGH, SUM_LOW } from "./panel";

/** 191 ln 2, about: see Exp.scaled(). */
const REACH: f32 = 132.375;

/** Base, centre, delta and the least x that counts, from the maximum, of four columns. */
export function splitMaximum(record: usize): void {
  const m = floored(v128.load(record, PEAK));
  const near = v128.and(f32x4.gt(m, splat(-128)), f32x4.lt(m, splat(256)));
  const base = v128.andnot(m, near);
  const centre = f32x4.mul(f32x4.nearest(f32x4.mul(only(near, m), splat(65536))), splat(1 / 65536));
  v128.store(record, m, PEAK);
  v128.store(record, base, BASE);
  v128.store(record, centre, CENTRE);
  v128.store(record, only(near, f32x4.sub(m, centre)), DELTA);
  v128.store(record, f32x4.sub(centre, splat(REACH)), LEAST);
}

/** 2^64 e^(x - m), and their sum. */
export abstract class Exponentials extends Pass {
  flips: bool = true;
  divided: bool = true;
  unrolled: bool = true;
  sums: bool = true;

  /**
   * What is below the centre by more than REACH counts for nothing: 2^-191, scaled, has the bits of
   * 0.
   */
  @inline value(x: v128, _b: v128, base: v128, centre: v128, delta: v128, least: v128): v128 {
    return Exp.scaled(f32x4.pmax(f32x4.sub(x, base), least), centre, delta);
  }
}

/** Those of all elements but the maximum, which is counted. */
@final
export class Rest extends Exponentials {
  excludes: bool = true;
  counts: bool = true;
}

/** e^(sink - m), for the sum of the i-th column of a record. */
export function sinkTerm(record: usize, i: usize): f64 {
  const sink = sinkOf(columnOf(record) + i);
  const m = load<f32>(record + (i << 2), PEAK);
  return sink === m ? 1 : NativeMath.exp(<f64>sink - <f64>m);
}

/** 2^-64: what stands for 1 in a sum of exponentials of Exp.scaled(). */
export const UNIT: f64 = 5.421010862427522e-20;

/**
 * sum e^(x - m) of a column, its sink included, less one of the maxima; -1 for a row without
 * elements. `unit` is what stands for 1 in the sum of the record.
 */
export function restOf(record: usize, i: usize, unit: f64): f64 {
  const sum = load<f64>(record + (i << 3), SUM_LOW) * unit;
  const maxima = load<i32>(record + (i << 2), COUNT);
  if (!hasSinks()) return sum + <f64>(maxima - 1);
  const term = sinkTerm(record, i);
  return term === 1 ? sum + <f64>maxima : sum + term + <f64>(maxima - 1);
}

/**
 * Puts the reciprocals of the sums in their place; 0 for a row without elements. A sink of Infinity
 * makes NaN, as an element does.
 */
export function invertSums(record: usize, n: usize): void {
  if (hasSinks()) {
    for (let i: usize = 0; i < n; i++) {
      const at = record + (i << 3);
      const m = load<f32>(record + (i << 2), PEAK);
      store<f64>(at, load<f64>(at, SUM_LOW) + 18446744073709551616.0 * (sinkTerm(record, i) + <f64>(m - m)), SUM_LOW);
    }
  }
  invert(record + SUM_LOW);
  invert(record + SUM_HIGH);
}

function invert(at: usize): void {
  const sum = v128.load(at);
  v128.store(at, v128.andnot(f64x2.div(f64x2.splat(1), sum), f64x2.eq(sum, f64x2.splat(0))));
}
