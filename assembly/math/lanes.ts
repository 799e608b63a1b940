/** Constants and small steps on four float32 lanes. */

export const NONE = f32x4.splat(0);
export const ZERO = f32x4.splat(0);
export const ONE = f32x4.splat(1);
export const SIGN = i32x4.splat(0x80000000);

/** c in every lane, where c is known at compile time (becomes a v128.const). */
export function splat(c: f32): v128 {
  return f32x4.splat(c);
}

/** Where mask is set: yes, elsewhere: no. */
export function select(mask: v128, yes: v128, no: v128): v128 {
  return v128.bitselect(yes, no, mask);
}

/** x where mask is set, else +0. */
export function only(mask: v128, x: v128): v128 {
  return v128.and(x, mask);
}

/** |x|. V8 makes of f32x4.abs three instructions, the mask anew each time. */
export function size(x: v128): v128 {
  return v128.andnot(x, SIGN);
}

/** |magnitude| with the sign of `sign`. */
export function copySign(magnitude: v128, sign: v128): v128 {
  return v128.or(magnitude, v128.and(sign, SIGN));
}

/** y where x is a number, NaN where x is NaN. */
export function keepNaN(x: v128, y: v128): v128 {
  return v128.or(y, f32x4.ne(x, x));
}

/**
 * x as a number of finite size: ±Infinity becomes ±the largest float32, NaN stays. So that 0 * x is
 * never NaN.
 */
export function finite(x: v128): v128 {
  return f32x4.pmin(f32x4.pmax(x, splat(-f32.MAX_VALUE)), splat(f32.MAX_VALUE));
}

const PARAMETER = memory.data(8, 8);

/**
 * A parameter in every lane. It goes through memory: what is computed before a loop V8 computes
 * again every time round it, up to the division in 1 / alpha; what is loaded stays in a register.
 */
export function parameter(c: f32): v128 {
  store<f32>(PARAMETER, c);
  return v128.load32_splat(PARAMETER);
}

/** What turns 1 into alpha, and alpha into 1, by xor. */
export function toggleParameter(alpha: f32): v128 {
  return parameter(reinterpret<f32>(reinterpret<u32>(alpha) ^ reinterpret<u32>(<f32>1)));
}

/** A parameter as float64 in every lane. */
export function wideParameter(c: f64): v128 {
  store<f64>(PARAMETER, c);
  return v128.load64_splat(PARAMETER);
}

/**
 * The least x that alpha is multiplied with: finite for alpha 0, whose product with -Infinity would
 * be NaN.
 */
export function leakFloor(alpha: f32): f32 {
  return alpha === 0 ? -f32.MAX_VALUE : -Infinity;
}
