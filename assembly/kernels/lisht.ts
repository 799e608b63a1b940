/**
 * lisht(x) = x tanh x, lisht'(x) = tanh x + x (1 - tanh(x)^2).
 *
 * Method   float64.
 * Special  ±Infinity -> Infinity, ±0 -> 0, NaN -> NaN; slope ±1 at ±Infinity.
 * Error    0.51 ULP, slope 0.51 ULP.
 * Source   Roy et al. 2019, LiSHT: non-parametric linearly scaled hyperbolic tangent activation
 *          function.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { NONE } from "../math/lanes";
import { Wide } from "../math/wide";

@final
class Lisht extends WideActivation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return f64x2.mul(x, Wide.tanh(x));
  }

  @inline gradient(dy: v128, x: v128, _a: v128, _b: v128): v128 {
    // Infinity times 0 would be NaN; from 200 on the second term counts for nothing.
    const z = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-200)), f64x2.splat(200));
    return f64x2.mul(dy, f64x2.add(Wide.tanh(z), f64x2.mul(z, Wide.tanhSlope(z))));
  }
}

export function lisht(x: usize, out: usize, n: usize): void {
  mapWide<Lisht>(x, out, n, NONE, NONE);
}

export function lishtGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGradWide<Lisht>(dy, x, out, n, NONE, NONE);
}
