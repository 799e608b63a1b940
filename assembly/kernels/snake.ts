/**
 * snake(x) = x + sin(alpha x)^2 / alpha, snake'(x) = 1 + sin(2 alpha x) = 2 sin(alpha x + pi /
 * 4)^2.
 *
 * Method   float64, in which alpha x is exact: math/sine.ts.
 * Special  ±Infinity -> ±Infinity, slope NaN; NaN -> NaN.
 * Error    0.51 ULP, slope 0.51 ULP.
 * Source   Ziyin, Hartwig and Ueda 2020, Neural networks fail to learn periodic functions and how
 *          to fix it.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { select, wideParameter } from "../math/lanes";
import { Sine } from "../math/sine";

@final
class Snake extends WideActivation {
  @inline value(x: v128, alpha: v128, inverse: v128): v128 {
    const s = Sine.sin(f64x2.mul(x, alpha));
    const y = f64x2.add(x, f64x2.mul(f64x2.mul(s, s), inverse));
    return select(f64x2.eq(f64x2.abs(x), f64x2.splat(Infinity)), x, y);
  }

  @inline gradient(dy: v128, x: v128, alpha: v128, _b: v128): v128 {
    return f64x2.mul(dy, Sine.onePlusSinOfTwice(f64x2.mul(x, alpha)));
  }
}

export function snake(x: usize, out: usize, n: usize, alpha: f32): void {
  mapWide<Snake>(x, out, n, wideParameter(<f64>alpha), wideParameter(1 / <f64>alpha));
}

export function snakeGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f32): void {
  mapGradWide<Snake>(dy, x, out, n, wideParameter(<f64>alpha), wideParameter(1));
}
