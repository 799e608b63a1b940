/**
 * The pass of softmax and logSoftmax that sums e^(x - m), m the maximum of the row.
 *
 * For m stand a base and a centre, whose sum is within 2^-17 of it, so that nothing of x is lost. The centre is a multiple of 2^-16, as
 * Exp.scaled() wants it, the base 0 where the centre can be near m. Elsewhere the base is m: there x - m is exact wherever its
 * exponential counts. The rest of m is a correction within the exponential: that of m itself is exactly 1, which matters where it
 * dominates the sum.
 */
import { Exp } from "./math/exp";
import { only, splat } from "./math/lanes";
import { BASE, CENTRE, DELTA, LEAST, Pass, PEAK } from "./panel";

/** 191 ln 2, about: see Exp.scaled(). */
const REACH: f32 = 132.375;

/** Base, centre, delta and the least x that counts, from the maximum, of four columns. */
export function splitMaximum(record: usize): void {
  const m = v128.load(record, PEAK);
  const near = v128.and(f32x4.gt(m, splat(-128)), f32x4.lt(m, splat(256)));
  const base = v128.andnot(m, near);
  const centre = f32x4.mul(f32x4.nearest(f32x4.mul(only(near, m), splat(65536))), splat(1 / 65536));
  v128.store(record, base, BASE);
  v128.store(record, centre, CENTRE);
  v128.store(record, f32x4.sub(f32x4.sub(m, base), centre), DELTA);
  v128.store(record, f32x4.sub(centre, splat(REACH)), LEAST);
}

/** 2^64 e^(x - m), and their sum. */
export abstract class Exponentials extends Pass {
  /** What is below the centre by more than REACH counts for nothing: 2^-191, scaled, has the bits of 0. */
  @inline value(x: v128, _b: v128, base: v128, centre: v128, delta: v128, least: v128): v128 {
    return Exp.scaled(f32x4.pmax(f32x4.sub(x, base), least), centre, delta);
  }

  @inline divided(): bool {
    return true;
  }

  @inline unrolled(): bool {
    return true;
  }

  @inline flips(): bool {
    return true;
  }

  @inline sums(): bool {
    return true;
  }
}
