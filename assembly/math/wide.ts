/**
 * Four float32 as two vectors of float64, and e^t and ln(1 + e) there.
 *
 * A product of two float32 is exact in float64, a sum of two nearly so; what is left is one
 * rounding at the end. About twice the work of a table, but for every parameter without one. Errors
 * are relative.
 */
import { wideParameter } from "./lanes";

export const WIDE_ZERO = f64x2.splat(0);
export const WIDE_ONE = f64x2.splat(1);
export const WIDE_SIGN = i64x2.splat(0x8000000000000000);

/** |x| */
export function wideSize(x: v128): v128 {
  return v128.andnot(x, WIDE_SIGN);
}

/** y where x is a number, NaN where x is NaN. */
export function wideKeepNaN(x: v128, y: v128): v128 {
  return v128.or(y, f64x2.ne(x, x));
}

/** x with ±Infinity as ±the largest float32, so that 0 * x is never NaN. */
export function wideFinite(x: v128): v128 {
  return f64x2.pmin(f64x2.pmax(x, f64x2.splat(-f32.MAX_VALUE)), f64x2.splat(f32.MAX_VALUE));
}

/** The lower two lanes. */
export function low(x: v128): v128 {
  return f64x2.promote_low_f32x4(x);
}

/** The upper two lanes. */
export function high(x: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1));
}

/** Both halves as float32: rounds once, subnormal or not. */
export function narrow(low: v128, high: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 2);
}

const REMAINDER = memory.data(8, 8);

/**
 * The upper 24 bits of alpha in every lane, for affine(); the rest it leaves in memory, with
 * alpha's sign even if it is 0: so that a sum of zeros keeps its sign.
 */
export function affineParameter(alpha: f64): v128 {
  const tiny = abs(alpha) < 1e-290;
  const upper = tiny ? alpha : reinterpret<f64>(reinterpret<u64>(alpha) & ~0x1fffffff);
  store<f64>(REMAINDER, copysign<f64>(alpha - upper, alpha));
  return wideParameter(upper);
}

/**
 * The same for 1 / 6 itself, of which float64 is 2^-57 short: so that x / 6 + 1 / 2 is exactly 0 at
 * -3.
 */
export function sixthParameter(): v128 {
  const upper = affineParameter(1.0 / 6);
  store<f64>(REMAINDER, (1 - 6 * f64x2.extract_lane(upper, 0)) / 6);
  return upper;
}

/**
 * alpha x + beta, rounded once in effect however the sum cancels: the product with the upper part
 * of alpha is exact, and so is its sum with beta where they cancel. `bounded` is x without its
 * infinities, whose product with a remainder of 0 would be NaN.
 */
export function affine(x: v128, bounded: v128, upper: v128, beta: v128): v128 {
  const rest = f64x2.mul(bounded, v128.load64_splat(REMAINDER));
  return f64x2.add(f64x2.add(f64x2.mul(x, upper), beta), rest);
}

/**
 * Adding it rounds to an integer n, and leaves n + 1023, the bits of an exponent, in the low bits.
 */
const ROUND: f64 = 6755399441055744 + 1023;

/** ln 2 in two parts, the first of 33 bits: its product with an exponent is exact. */
const LN2_HIGH: f64 = 0.6931471803691238;
const LN2_LOW: f64 = 1.9082149292705877e-10;

@final
export class Wide {
  /**
   * t within ±340, where e^t, its square, and that times any float32 are finite in float64, and
   * e^-340 < 2^-490. NaN stays.
   */
  @inline static bounded(t: v128): v128 {
    return f64x2.pmin(f64x2.pmax(t, f64x2.splat(-340)), f64x2.splat(340));
  }

  /** Rounds t / ln 2 to an integer: see ROUND. */
  @inline static exponent(t: v128): v128 {
    return f64x2.add(f64x2.mul(t, f64x2.splat(1.4426950408889634)), f64x2.splat(ROUND));
  }

  /**
   * e^r - 1, r = t - n ln 2, n the rounded exponent of t.
   *
   * Method   r + r^2 p(r), |r| <= ln 2 / 2.
   * Error    2^-32.
   * Source   p: `npm run minimax`, "exp, float64".
   */
  @inline static fraction(t: v128, rounded: v128): v128 {
    const r = f64x2.sub(t, f64x2.mul(f64x2.sub(rounded, f64x2.splat(ROUND)), f64x2.splat(0.6931471805599453)));
    let p = f64x2.add(f64x2.mul(f64x2.splat(0.00019914196320763646), r), f64x2.splat(0.0013941011264563814));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.008333273018147184));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.04166635480375014));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.1666666681712472));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5000000046293565));
    return f64x2.add(r, f64x2.mul(f64x2.mul(r, r), p));
  }

  /** e^t - 1, t bounded: 2^n (e^r - 1) + (2^n - 1). No cancellation: n = 0 for |t| < ln 2 / 2. */
  @inline static expm1(t: v128): v128 {
    const rounded = Wide.exponent(t);
    const power = i64x2.shl(rounded, 52);
    return f64x2.add(f64x2.mul(power, Wide.fraction(t, rounded)), f64x2.sub(power, WIDE_ONE));
  }

  /** e^t, t bounded. */
  @inline static exp(t: v128): v128 {
    const rounded = Wide.exponent(t);
    return f64x2.mul(i64x2.shl(rounded, 52), f64x2.add(Wide.fraction(t, rounded), WIDE_ONE));
  }

  /**
   * e^t for any t: finite where t is, but 0 below -709, where the power of two comes out as 0, and
   * Infinity where t is.
   */
  @inline static limitedExp(t: v128): v128 {
    return f64x2.pmax(Wide.exp(f64x2.pmin(f64x2.pmax(t, f64x2.splat(-709.1)), f64x2.splat(340))), t);
  }

  /** r = t - n ln 2, n the rounded exponent of t, to nearly all digits. */
  @inline static fullRemainder(t: v128, rounded: v128): v128 {
    const n = f64x2.sub(rounded, f64x2.splat(ROUND));
    return f64x2.sub(f64x2.sub(t, f64x2.mul(n, f64x2.splat(LN2_HIGH))), f64x2.mul(n, f64x2.splat(LN2_LOW)));
  }

  /**
   * e^r - 1 - r.
   *
   * Error    2^-51 of e^r.
   * Source   p: `npm run minimax`, "exp, float64 throughout".
   */
  @inline static fullCurved(r: v128): v128 {
    let p = f64x2.add(f64x2.mul(f64x2.splat(2.7476712857132645e-7), r), f64x2.splat(2.7635067940136035e-6));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.4801932414162646e-5));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.0001984118506829601));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.001388888851510529));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.008333333370981716));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.04166666666814236));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.16666666666611338));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.4999999999999832));
    return f64x2.mul(f64x2.mul(r, r), p);
  }

  /**
   * The same to all digits of itself, for what cancels beside a root.
   *
   * Error    2^-52.
   * Source   p: `npm run minimax`, "e^r - 1 - r, float64 throughout".
   */
  @inline static wholeCurved(r: v128): v128 {
    let p = f64x2.add(f64x2.mul(f64x2.splat(2.0921621777579718e-9), r), f64x2.splat(2.5105260170322797e-8));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(2.7557252815248227e-7));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.0000027557255296282904));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.00002480158734744257));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.0001984126987490276));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.0013888888888874352));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.008333333333326112));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.041666666666666685));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.1666666666666667));
    p = f64x2.add(f64x2.mul(p, r), f64x2.splat(0.5));
    return f64x2.mul(f64x2.mul(r, r), p);
  }

  /**
   * e^t - one - line, one being 1 or 0 and line t or 0, to nearly all digits for t from -708 to 0,
   * of what is left where they cancel too if
   * |t| < 0.34, n being 0.
   */
  @inline static fullBeyond(t: v128, one: v128, line: v128): v128 {
    const bounded = f64x2.pmax(t, f64x2.splat(-708));
    const rounded = Wide.exponent(bounded);
    const r = Wide.fullRemainder(bounded, rounded);
    const power = i64x2.shl(rounded, 52);
    const straight = f64x2.add(f64x2.sub(f64x2.mul(power, r), line), f64x2.sub(power, one));
    return f64x2.add(straight, f64x2.mul(power, Wide.wholeCurved(r)));
  }

  /**
   * e^t to nearly all digits of float64, for sums that cancel; 0 below -708, where float32 has
   * nothing left.
   *
   * Error    2^-51.
   */
  @inline static fullExp(t: v128): v128 {
    const bounded = f64x2.pmin(f64x2.pmax(t, f64x2.splat(-708)), f64x2.splat(709));
    const rounded = Wide.exponent(bounded);
    const r = Wide.fullRemainder(bounded, rounded);
    const p = f64x2.add(f64x2.add(Wide.fullCurved(r), r), WIDE_ONE);
    return v128.andnot(f64x2.mul(p, i64x2.shl(rounded, 52)), f64x2.le(t, f64x2.splat(-708)));
  }

  /**
   * ln(1 + e), -1/2 <= e <= 1.
   *
   * Method   2 artanh s = 2 s (1 + s^2 q(s^2)), s = e / (2 + e), |s| <= 1/3.
   * Error    2^-32.
   * Source   q: `npm run minimax`, "log1p".
   */
  @inline static log1p(e: v128): v128 {
    const s = f64x2.div(e, f64x2.add(e, f64x2.splat(2)));
    const z = f64x2.mul(s, s);
    let q = f64x2.add(f64x2.mul(f64x2.splat(0.12128735830616731), z), f64x2.splat(0.10720094454905195));
    q = f64x2.add(f64x2.mul(q, z), f64x2.splat(0.14307806133126316));
    q = f64x2.add(f64x2.mul(q, z), f64x2.splat(0.1999946525731612));
    q = f64x2.add(f64x2.mul(q, z), f64x2.splat(0.3333333744756196));
    const twice = f64x2.add(s, s);
    return f64x2.add(twice, f64x2.mul(twice, f64x2.mul(z, q)));
  }

  /** tanh t, any t: with g = e^(-2|t|) - 1 it is -g / (2 + g), and the sign of t. */
  @inline static tanh(t: v128): v128 {
    const g = Wide.expm1(Wide.bounded(f64x2.mul(f64x2.abs(t), f64x2.splat(-2))));
    return v128.bitselect(t, f64x2.div(g, f64x2.add(g, f64x2.splat(2))), WIDE_SIGN);
  }

  /** 1 - tanh^2 t, any t: 4 e / (1 + e)^2, e = e^(-2|t|). */
  @inline static tanhSlope(t: v128): v128 {
    const e = Wide.limitedExp(f64x2.mul(f64x2.abs(t), f64x2.splat(-2)));
    const sum = f64x2.add(e, WIDE_ONE);
    return f64x2.div(f64x2.mul(f64x2.splat(4), e), f64x2.mul(sum, sum));
  }
}
