/**
 * leakyRelu(x) = x > 0 ? x : alpha x.
 *
 * Special  ±0 -> alpha ±0, -Infinity -> -Infinity (alpha > 0), -0 (alpha 0), Infinity (alpha < 0),
 *          NaN -> NaN.
 * Kink     f'(0) = alpha.
 * Error    0.5 ULP (the one product), slope exact.
 * Source   Maas, Hannun and Ng 2013, Rectifier nonlinearities improve neural network acoustic
 *          models.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, leakFloor, NONE, only, parameter, select, toggleParameter, ZERO } from "../math/lanes";

/** 0 < alpha <= 1: the larger of x and alpha x. */
@final
class Larger extends Activation {
  @inline value(x: v128, alpha: v128, _b: v128): v128 {
    return f32x4.pmax(x, f32x4.mul(x, alpha));
  }
}

@final
export class LeakyRelu extends Activation {
  @inline value(x: v128, alpha: v128, floor: v128): v128 {
    return select(f32x4.gt(x, ZERO), x, f32x4.mul(f32x4.pmax(x, floor), alpha));
  }

  @inline slope(x: v128, alpha: v128, toggle: v128): v128 {
    return keepNaN(x, v128.xor(alpha, only(f32x4.gt(x, ZERO), toggle)));
  }
}

export function leakyRelu(x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha > 0 && alpha <= 1) map<Larger>(x, out, n, parameter(alpha), NONE);
  else map<LeakyRelu>(x, out, n, parameter(alpha), parameter(leakFloor(alpha)));
}

export function leakyReluGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f32): void {
  mapGrad<LeakyRelu>(dy, x, out, n, parameter(alpha), toggleParameter(alpha));
}
