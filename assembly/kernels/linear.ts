/**
 * linear(x) = alpha x + beta.
 *
 * Method   float64, where alpha and beta are taken as they are: the sum cancels. See affine in math/wide.ts.
 * Special  ±Infinity -> alpha ±Infinity; alpha 0: beta everywhere; NaN -> NaN.
 * Error    0.5 ULP, slope exact (alpha rounded to float32).
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { finite, keepNaN, NONE, parameter, wideParameter } from "../math/lanes";
import { affine, affineParameter, high, low, narrow } from "../math/wide";

/** alpha x + beta, the parameters in float64. */
@final
class Linear extends Activation {
  @inline value(x: v128, alpha: v128, beta: v128): v128 {
    const bounded = finite(x);
    return narrow(affine(low(x), low(bounded), alpha, beta), affine(high(x), high(bounded), alpha, beta));
  }

  @inline rolled(): bool {
    return true;
  }
}

/** a, whatever x: alpha 0, where 0 * Infinity would be NaN, and the slope. */
@final
export class Constant extends Activation {
  @inline value(x: v128, a: v128, _b: v128): v128 {
    return keepNaN(x, a);
  }

  @inline slope(x: v128, a: v128, _b: v128): v128 {
    return keepNaN(x, a);
  }

  @inline rolled(): bool {
    return true;
  }
}

export function linear(x: usize, out: usize, n: usize, alpha: f64, beta: f64): void {
  if (alpha === 0) map<Constant>(x, out, n, parameter(<f32>beta), NONE);
  else map<Linear>(x, out, n, affineParameter(alpha), wideParameter(beta));
}

export function linearGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f64, _beta: f64): void {
  mapGrad<Constant>(dy, x, out, n, parameter(<f32>alpha), NONE);
}
