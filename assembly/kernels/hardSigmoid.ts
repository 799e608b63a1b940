/**
 * hardSigmoid(x) = clip(alpha x + beta, 0, 1).
 *
 * Method   float64, where alpha and beta are taken as they are: the sum cancels.
 * Special  -Infinity -> 0, Infinity -> 1 (alpha > 0); alpha 0: clip(beta, 0, 1) everywhere; NaN -> NaN.
 * Kink     f' = 0 at both bends.
 * Error    0.5 ULP, slope exact (alpha rounded to float32).
 * Source   Courbariaux, Bengio and David 2015, BinaryConnect; alpha 1/6 after Howard et al. 2019.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, NONE, ONE, only, parameter, wideParameter, ZERO } from "../math/lanes";
import { high, low, narrow } from "../math/wide";
import { Constant } from "./linear";

@final
export class HardSigmoid extends Activation {
  @inline value(x: v128, alpha: v128, beta: v128): v128 {
    const y = narrow(this.line(low(x), alpha, beta), this.line(high(x), alpha, beta));
    return f32x4.pmin(f32x4.pmax(y, ZERO), ONE);
  }

  @inline slope(x: v128, alpha: v128, beta: v128): v128 {
    const mask = v128.shuffle<i32>(this.inside(low(x), alpha, beta), this.inside(high(x), alpha, beta), 0, 2, 4, 6);
    const narrowed = f32x4.demote_f64x2_zero(alpha);
    return keepNaN(x, only(mask, v128.shuffle<i64>(narrowed, narrowed, 0, 0)));
  }

  @inline line(x: v128, alpha: v128, beta: v128): v128 {
    return f64x2.add(f64x2.mul(x, alpha), beta);
  }

  /** Decided before the rounding to float32, which may give 0 or 1. */
  @inline inside(x: v128, alpha: v128, beta: v128): v128 {
    const y = this.line(x, alpha, beta);
    return v128.and(f64x2.gt(y, f64x2.splat(0)), f64x2.lt(y, f64x2.splat(1)));
  }
}

export function hardSigmoid(x: usize, out: usize, n: usize, alpha: f64, beta: f64): void {
  if (alpha === 0) map<Constant>(x, out, n, parameter(<f32>min(max(beta, 0), 1)), NONE);
  else map<HardSigmoid>(x, out, n, wideParameter(alpha), wideParameter(beta));
}

export function hardSigmoidGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f64, beta: f64): void {
  if (alpha === 0) mapGrad<Constant>(dy, x, out, n, ZERO, NONE);
  else mapGrad<HardSigmoid>(dy, x, out, n, wideParameter(alpha), wideParameter(beta));
}
