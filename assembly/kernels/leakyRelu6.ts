/**
 * leakyRelu6(x) = min(x > 0 ? x : alpha x, 6).
 *
 * Special  ±0 -> alpha ±0, -Infinity -> -Infinity (alpha > 0), -0 (alpha 0), 6 (alpha < 0),
 *          Infinity -> 6, NaN -> NaN.
 * Kink     f'(0) = alpha, f'(6) = 0; for alpha < 0 also f'(6 / alpha) = 0.
 * Error    0.5 ULP (the one product), slope exact.
 * Source   the union of ReLU6 (Krizhevsky 2010) and Leaky ReLU (Maas, Hannun and Ng 2013).
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, leakFloor, NONE, ONE, only, parameter, select, splat, toggleParameter, ZERO } from "../math/lanes";

/** 0 < alpha <= 1: see leakyRelu. */
@final
class Larger6 extends Activation {
  @inline value(x: v128, alpha: v128, _b: v128): v128 {
    return f32x4.pmin(f32x4.pmax(x, f32x4.mul(x, alpha)), splat(6));
  }
}

/** The slope where no x < 0 is bent. */
@final
class Unbent6 extends Activation {
  @inline slope(x: v128, alpha: v128, toggle: v128): v128 {
    const leaky = v128.xor(alpha, only(f32x4.gt(x, ZERO), toggle));
    return keepNaN(x, only(f32x4.lt(x, splat(6)), leaky));
  }
}

@final
class LeakyRelu6 extends Activation {
  @inline value(x: v128, alpha: v128, floor: v128): v128 {
    return f32x4.pmin(select(f32x4.gt(x, ZERO), x, f32x4.mul(f32x4.pmax(x, floor), alpha)), splat(6));
  }

  @inline slope(x: v128, alpha: v128, bend: v128): v128 {
    const right = only(f32x4.lt(x, splat(6)), ONE);
    const left = v128.andnot(alpha, f32x4.le(x, bend));
    return keepNaN(x, select(f32x4.gt(x, ZERO), right, left));
  }
}

/** The greatest x < 0 with alpha x >= 6, alpha < 0, decided without rounding. */
function leftBend(alpha: f32): f32 {
  const bend = <f32>(6 / <f64>alpha);
  return <f64>alpha * <f64>bend >= 6 ? bend : reinterpret<f32>(reinterpret<u32>(bend) + 1);
}

export function leakyRelu6(x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha > 0 && alpha <= 1) map<Larger6>(x, out, n, parameter(alpha), NONE);
  else map<LeakyRelu6>(x, out, n, parameter(alpha), parameter(leakFloor(alpha)));
}

export function leakyRelu6Grad(dy: usize, x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha >= 0) mapGrad<Unbent6>(dy, x, out, n, parameter(alpha), toggleParameter(alpha));
  else mapGrad<LeakyRelu6>(dy, x, out, n, parameter(alpha), parameter(leftBend(alpha)));
}
