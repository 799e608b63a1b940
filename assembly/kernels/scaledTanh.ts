/**
 * scaledTanh(x) = alpha tanh(beta x), scaledTanh'(x) = alpha beta (1 - tanh(beta x)^2).
 *
 * Method   alpha 1, beta 1: tanh, with its tables. Others: float64.
 * Special  ±Infinity -> ±alpha (beta > 0), ±0 -> ±0 (alpha beta > 0), NaN -> NaN.
 * Error    0.55 ULP, slope 0.81 ULP; others 0.51 ULP, slope 0.51 ULP.
 * Source   LeCun et al. 1998, Efficient backprop; beta: Zhu et al. 2025, Transformers without
 *          normalization.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { wideParameter } from "../math/lanes";
import { Wide } from "../math/wide";
import { tanh, tanhGrad, tanhGradTable, tanhTable } from "./tanh";

/** factor tanh(rate x), its slope product sech^2(rate x), the parameters in float64. */
@final
class WideTanh extends WideActivation {
  /** ±Infinity as a number whose product with a rate of 0 is 0, with the least one large. */
  @inline argument(x: v128, rate: v128): v128 {
    return f64x2.mul(f64x2.pmin(f64x2.pmax(x, f64x2.splat(-1e60)), f64x2.splat(1e60)), rate);
  }

  @inline value(x: v128, factor: v128, rate: v128): v128 {
    return f64x2.mul(Wide.tanh(this.argument(x, rate)), factor);
  }

  @inline gradient(dy: v128, x: v128, product: v128, rate: v128): v128 {
    return f64x2.mul(dy, f64x2.mul(Wide.tanhSlope(this.argument(x, rate)), product));
  }
}

/** factor tanh(rate x), and dy product (1 - tanh(rate x)^2). */
export class TanhTimes {
  static value(x: usize, out: usize, n: usize, factor: f64, rate: f64): void {
    mapWide<WideTanh>(x, out, n, wideParameter(factor), wideParameter(rate));
  }

  static gradient(dy: usize, x: usize, out: usize, n: usize, product: f64, rate: f64): void {
    mapGradWide<WideTanh>(dy, x, out, n, wideParameter(product), wideParameter(rate));
  }
}

/** The table of tanh. */
export function scaledTanhTable(): void {
  tanhTable();
}

export function scaledTanhGradTable(): void {
  tanhGradTable();
}

export function scaledTanh(x: usize, out: usize, n: usize, alpha: f32, beta: f32): void {
  if (alpha === 1 && beta === 1) tanh(x, out, n);
  else TanhTimes.value(x, out, n, <f64>alpha, <f64>beta);
}

export function scaledTanhGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f32, beta: f32): void {
  if (alpha === 1 && beta === 1) tanhGrad(dy, x, out, n);
  else TanhTimes.gradient(dy, x, out, n, <f64>alpha * <f64>beta, <f64>beta);
}
