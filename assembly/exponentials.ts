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
import { high, low } from "./math/wide";
import { BASE, CENTRE, COUNT, DELTA, LEAST, Pass, panel, STATE, SUM_HIGH, SUM_LOW } from "./rows";

/** 191 ln 2, about: see Exp.scaled(). */
const REACH: f32 = 132.375;

/** Base, centre, delta and the least x that counts, from the maximum, of four columns. */
export function splitMaximum(state: usize): void {
  const m = v128.load(state);
  const near = v128.and(f32x4.gt(m, splat(-128)), f32x4.lt(m, splat(256)));
  const base = v128.andnot(m, near);
  const centre = f32x4.mul(f32x4.nearest(f32x4.mul(only(near, m), splat(65536))), splat(1 / 65536));
  v128.store(state, base, BASE);
  v128.store(state, centre, CENTRE);
  v128.store(state, f32x4.sub(f32x4.sub(m, base), centre), DELTA);
  v128.store(state, f32x4.sub(centre, splat(REACH)), LEAST);
}

/**
 * 2^64 e^(x - m) and their sum. What `writes` keeps them; what `counts` leaves out those of the maximum itself, and counts them.
 */
export abstract class Exponentials<Self extends Exponentials<Self>> extends Pass {
  @inline visit(raw: v128, _b: v128, state: usize, flip: v128): v128 {
    const x = v128.xor(raw, flip);
    const least = v128.load(state, LEAST);
    let e = this.at(f32x4.sub(x, v128.load(state, BASE)), least, v128.load(state, CENTRE), v128.load(state, DELTA));
    if (isDefined(changetype<Self>(0).counts)) {
      const top = f32x4.eq(x, v128.load(state));
      e = v128.andnot(e, top);
      v128.store(state, i32x4.sub(v128.load(state, COUNT), top), COUNT);
    }
    v128.store(state, f64x2.add(v128.load(state, SUM_LOW), low(e)), SUM_LOW);
    v128.store(state, f64x2.add(v128.load(state, SUM_HIGH), high(e)), SUM_HIGH);
    return e;
  }

  /** What is below the centre by more than REACH counts for nothing: 2^-191, scaled, has the bits of 0. */
  @inline at(x: v128, least: v128, centre: v128, delta: v128): v128 {
    return Exp.scaled(f32x4.pmax(x, least), centre, delta);
  }

  @inline rolled(): bool {
    return true;
  }

  @inline pad(flip: v128): v128 {
    return v128.xor(splat(-Infinity), flip);
  }
}

/** The pass over a panel; along a row with the state in registers, which takes three quarters of the time. */
export function exponentials<E extends Exponentials<E>>(
  x: usize,
  out: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  flipBits: i32,
): void {
  if (stride === 0 && load<f32>(STATE, BASE) === 0) {
    const f = changetype<E>(0);
    const flip = i32x4.splat(flipBits);
    const m = v128.load(STATE);
    const centre = v128.load(STATE, CENTRE);
    const delta = v128.load(STATE, DELTA);
    const least = v128.load(STATE, LEAST);
    let count = v128.load(STATE, COUNT);
    let lower = v128.load(STATE, SUM_LOW);
    let upper = v128.load(STATE, SUM_HIGH);
    for (; columns >= 16; columns -= 16) {
      const x0 = v128.xor(v128.load(x), flip);
      const x1 = v128.xor(v128.load(x, 16), flip);
      const x2 = v128.xor(v128.load(x, 32), flip);
      const x3 = v128.xor(v128.load(x, 48), flip);
      let e0 = f.at(x0, least, centre, delta);
      let e1 = f.at(x1, least, centre, delta);
      let e2 = f.at(x2, least, centre, delta);
      let e3 = f.at(x3, least, centre, delta);
      if (isDefined(f.counts)) {
        const top0 = f32x4.eq(x0, m);
        const top1 = f32x4.eq(x1, m);
        const top2 = f32x4.eq(x2, m);
        const top3 = f32x4.eq(x3, m);
        e0 = v128.andnot(e0, top0);
        e1 = v128.andnot(e1, top1);
        e2 = v128.andnot(e2, top2);
        e3 = v128.andnot(e3, top3);
        count = i32x4.sub(count, i32x4.add(i32x4.add(top0, top1), i32x4.add(top2, top3)));
      }
      lower = f64x2.add(f64x2.add(f64x2.add(f64x2.add(lower, low(e0)), low(e1)), low(e2)), low(e3));
      upper = f64x2.add(f64x2.add(f64x2.add(f64x2.add(upper, high(e0)), high(e1)), high(e2)), high(e3));
      if (isDefined(f.writes)) {
        v128.store(out, e0);
        v128.store(out, e1, 16);
        v128.store(out, e2, 32);
        v128.store(out, e3, 48);
        out += 64;
      }
      x += 64;
    }
    v128.store(STATE, lower, SUM_LOW);
    v128.store(STATE, upper, SUM_HIGH);
    if (isDefined(f.counts)) v128.store(STATE, count, COUNT);
  }
  panel<E>(x, 0, out, steps, columns, stride, flipBits);
}
