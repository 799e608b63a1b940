/**
 * softsign(x) = x / (1 + |x|), softsign'(x) = 1 / (1 + |x|)^2.
 *
 * Method   float64: in float32 the sum's rounding and the quotient's would add up to 1.5 ULP.
 * Special  ±0 -> ±0, ±Infinity -> ±1, NaN -> NaN.
 * Error    0.5 ULP, slope 0.5 ULP.
 * Source   Turian, Bergstra and Bengio 2009, Quadratic features and deep architectures for
 *          chunking.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { NONE } from "../math/lanes";
import { WIDE_ONE, wideFinite } from "../math/wide";

@final
class Softsign extends WideActivation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const numerator = wideFinite(x);
    return f64x2.div(numerator, f64x2.add(f64x2.abs(numerator), WIDE_ONE));
  }

  @inline gradient(dy: v128, x: v128, _a: v128, _b: v128): v128 {
    const sum = f64x2.add(f64x2.abs(x), WIDE_ONE);
    return f64x2.div(dy, f64x2.mul(sum, sum));
  }
}

export function softsign(x: usize, out: usize, n: usize): void {
  mapWide<Softsign>(x, out, n, NONE, NONE);
}

export function softsignGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGradWide<Softsign>(dy, x, out, n, NONE, NONE);
}
