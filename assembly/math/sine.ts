/**
 * sin and cos in float64, right to 2^-35 also where they are near 0.
 *
 * Method   sin(t + s pi) = (-1)^k sin r, r = t - n pi, n = k - s, k whole, |r| <= pi / 2: sin for s
 *          0, cos for s 1/2. pi is the sum of three parts, the first two of 31 bits, so that their
 *          products with n are exact up to |t| = LIMIT; t, a product of two float32, has 48 bits
 *          and comes no nearer to a multiple of pi than what the third part leaves right. Beyond,
 *          where an argument is rare, each by itself: NativeMath, which reduces any float64
 *          exactly.
 * Source   reduction after Cody and Waite 1980; p: `npm run minimax`, "sine".
 */
import { select } from "./lanes";

const LIMIT: f64 = 1e6;
const ROUND = f64x2.splat(6755399441055744);
const PI_HIGH = f64x2.splat(3.1415926534682512);
const PI_MIDDLE = f64x2.splat(1.215420100718692e-10);
const PI_LOW = f64x2.splat(5.825464112186712e-20);

function rareSin(t: f64): f64 {
  NativeMath.sincos(t);
  return NativeMath.sincos_sin;
}

function rareCos(t: f64): f64 {
  NativeMath.sincos(t);
  return NativeMath.sincos_cos;
}

/** 1 + sin u, where that cancels cos(u)^2 / (1 - sin u). */
function rareOnePlusSin(u: f64): f64 {
  NativeMath.sincos(u);
  const s = NativeMath.sincos_sin;
  const c = NativeMath.sincos_cos;
  return s > -0.5 ? 1 + s : (c * c) / (1 - s);
}

@final
export class Sine {
  @inline static isFar(t: v128): v128 {
    return f64x2.gt(f64x2.abs(t), f64x2.splat(LIMIT));
  }

  /** sin(t + s pi), s a multiple of 1/4, |t| at most LIMIT. */
  @inline static near(t: v128, s: f64): v128 {
    const shift = f64x2.splat(s);
    const rounded = f64x2.add(f64x2.add(f64x2.mul(t, f64x2.splat(0.3183098861837907)), shift), ROUND);
    const n = f64x2.sub(f64x2.sub(rounded, ROUND), shift);
    let r = f64x2.sub(t, f64x2.mul(n, PI_HIGH));
    r = f64x2.sub(f64x2.sub(r, f64x2.mul(n, PI_MIDDLE)), f64x2.mul(n, PI_LOW));
    const z = f64x2.mul(r, r);
    let p = f64x2.add(f64x2.mul(f64x2.splat(-2.3909691984821393e-8), z), f64x2.splat(2.7526647570876305e-6));
    p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.00019840894751686387));
    p = f64x2.add(f64x2.mul(p, z), f64x2.splat(0.008333331329402645));
    p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-0.1666666663190476));
    return v128.xor(f64x2.mul(r, f64x2.add(f64x2.mul(p, z), f64x2.splat(1))), i64x2.shl(rounded, 63));
  }

  @inline static sin(t: v128): v128 {
    const y = Sine.near(t, 0);
    const far = Sine.isFar(t);
    if (!v128.any_true(far)) return y;
    const first = f64x2.splat(rareSin(f64x2.extract_lane(t, 0)));
    return select(far, f64x2.replace_lane(first, 1, rareSin(f64x2.extract_lane(t, 1))), y);
  }

  @inline static cos(t: v128): v128 {
    const y = Sine.near(t, 0.5);
    const far = Sine.isFar(t);
    if (!v128.any_true(far)) return y;
    const first = f64x2.splat(rareCos(f64x2.extract_lane(t, 0)));
    return select(far, f64x2.replace_lane(first, 1, rareCos(f64x2.extract_lane(t, 1))), y);
  }

  /** 1 + sin 2t. */
  @inline static onePlusSinOfTwice(t: v128): v128 {
    const s = Sine.near(t, 0.25);
    const y = f64x2.mul(f64x2.add(s, s), s);
    const far = Sine.isFar(t);
    if (!v128.any_true(far)) return y;
    const first = f64x2.splat(rareOnePlusSin(2 * f64x2.extract_lane(t, 0)));
    return select(far, f64x2.replace_lane(first, 1, rareOnePlusSin(2 * f64x2.extract_lane(t, 1))), y);
  }
}
