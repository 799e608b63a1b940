/**
 * linear(x) = alpha x + beta.
 *
 * Method   float64, where alpha and beta are taken as they are: the sum cancels. See affine in
 *          math/wide.ts.
 * Special  ±Infinity -> alpha ±Infinity; alpha 0: beta everywhere; alpha 1, beta 0: x, also -0; NaN
 *          -> NaN.
 * Error    0.5 ULP, slope exact.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { finite, keepNaN, NONE, parameter, wideParameter } from "../math/lanes";
import { affine, affineParameter, high, low, narrow } from "../math/wide";
import { threshold } from "./threshold";

/** alpha x + beta, the parameters in float64. */
@final
class Linear extends Activation {
  @inline value(x: v128, alpha: v128, beta: v128): v128 {
    const bounded = finite(x);
    return narrow(affine(low(x), low(bounded), alpha, beta), affine(high(x), high(bounded), alpha, beta));
  }

  @inline gradient(dy: v128, x: v128, alpha: v128, _b: v128): v128 {
    return keepNaN(x, narrow(f64x2.mul(low(dy), alpha), f64x2.mul(high(dy), alpha)));
  }

  @inline rolled(): bool {
    return true;
  }
}

/** 0 x + b, a being ±0, whose product with Infinity would be NaN; and the slope a. */
@final
export class Constant extends Activation {
  @inline value(x: v128, a: v128, b: v128): v128 {
    return f32x4.add(f32x4.mul(finite(x), a), b);
  }

  @inline slope(x: v128, a: v128, _b: v128): v128 {
    return keepNaN(x, a);
  }

  @inline rolled(): bool {
    return true;
  }
}

export function linear(x: usize, out: usize, n: usize, alpha: f64, beta: f64): void {
  // beta everywhere, also one that rounds to 0: no x is above Infinity.
  if (alpha === 0 && beta !== 0) threshold(x, out, n, Infinity, <f32>beta);
  else if (alpha === 0) map<Constant>(x, out, n, parameter(<f32>alpha), parameter(<f32>beta));
  // -0 + 0 would be +0.
  else map<Linear>(x, out, n, affineParameter(alpha), wideParameter(alpha === 1 && beta === 0 ? -0.0 : beta));
}

export function linearGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f64, _beta: f64): void {
  if (<f64>(<f32>alpha) === alpha) mapGrad<Constant>(dy, x, out, n, parameter(<f32>alpha), NONE);
  else mapGrad<Linear>(dy, x, out, n, wideParameter(alpha), NONE);
}
