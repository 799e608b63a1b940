/**
 * gaussian(x) = e^(-x^2), gaussian'(x) = -2 x e^(-x^2).
 *
 * Method   float64, in which x^2 is exact.
 * Special  ±Infinity -> 0, NaN -> NaN; slope -0 at Infinity, 0 at -Infinity.
 * Error    0.51 ULP, slope 0.51 ULP.
 * Source   Broomhead and Lowe 1988, Multivariable functional interpolation and adaptive networks.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { NONE } from "../math/lanes";
import { Wide } from "../math/wide";

@final
class Gaussian extends WideActivation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return Wide.limitedExp(f64x2.neg(f64x2.mul(x, x)));
  }

  @inline gradient(dy: v128, x: v128, _a: v128, _b: v128): v128 {
    // e^-900 comes out as 0.
    const z = f64x2.pmin(f64x2.pmax(x, f64x2.splat(-30)), f64x2.splat(30));
    return f64x2.mul(dy, f64x2.mul(f64x2.mul(z, f64x2.splat(-2)), this.value(z, z, z)));
  }
}

export function gaussian(x: usize, out: usize, n: usize): void {
  mapWide<Gaussian>(x, out, n, NONE, NONE);
}

export function gaussianGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGradWide<Gaussian>(dy, x, out, n, NONE, NONE);
}
