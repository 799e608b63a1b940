/**
 * softplus(x) = ln(1 + e^(beta x)) / beta, softplus'(x) = sigmoid(beta x).
 *
 * Method   beta 1: a table (math/curve.ts); sigmoid, the slope, has one of its own here. softplus <
 *          2^-150 below -105, and softplus(x) rounds to x from 15 on. Other beta: float64, (max(t,
 *          0) + log1p(e^-|t|)) / beta, t = beta x.
 * Special  -Infinity -> 0, Infinity -> Infinity, NaN -> NaN (beta > 0).
 * Error    0.8 ULP, slope 0.8 ULP; other beta 0.51 ULP, slope 0.51 ULP.
 * Source   Dugas et al. 2001, Incorporating second-order functional knowledge for better option
 *          pricing.
 */
import { WideActivation } from "../activation";
import { flatSlope, rampCurve } from "../curves";
import { curveGrad } from "../faint";
import { mapGradWide, mapWide } from "../loops";
import { curve, ENTRY, far, fillCurve, HEAD, scaled, slopeCurve, vanishing } from "../math/curve";
import { NONE, wideParameter } from "../math/lanes";
import { WIDE_ONE, WIDE_ZERO, Wide } from "../math/wide";
import { Sigmoid } from "./sigmoid";

export class Softplus {
  static readonly curve: usize = memory.data(HEAD + 2048 * ENTRY, 16);
  static readonly slope: usize = memory.data(HEAD + 2048 * ENTRY, 16);

  static formula(x: f64): f64 {
    return x > 0 ? x + NativeMath.log1p(NativeMath.exp(-x)) : NativeMath.log1p(NativeMath.exp(x));
  }
}

/** Any beta but 0, as float64. */
@final
class WideSoftplus extends WideActivation {
  @inline value(x: v128, beta: v128, inverse: v128): v128 {
    const t = f64x2.mul(x, beta);
    const e = Wide.exp(Wide.bounded(f64x2.neg(f64x2.abs(t))));
    return f64x2.mul(f64x2.add(f64x2.pmax(t, WIDE_ZERO), Wide.log1p(e)), inverse);
  }

  @inline gradient(dy: v128, x: v128, beta: v128, _b: v128): v128 {
    return f64x2.div(dy, f64x2.add(Wide.limitedExp(f64x2.neg(f64x2.mul(x, beta))), WIDE_ONE));
  }
}

export function softplusTable(): void {
  if (curve(Softplus.curve, 2048, Softplus.formula, -105, 15, 4)) {
    scaled(26);
    fillCurve();
  }
}

export function softplus(x: usize, out: usize, n: usize, beta: f32): void {
  if (beta === 1) rampCurve(x, out, n, Softplus.curve);
  else mapWide<WideSoftplus>(x, out, n, wideParameter(<f64>beta), wideParameter(1 / <f64>beta));
}

export function softplusGradTable(): void {
  if (slopeCurve(Softplus.slope, 2048, Sigmoid.formula, -105, 18, 4)) {
    scaled(26);
    vanishing();
    far(300);
    fillCurve();
  }
}

export function softplusGrad(dy: usize, x: usize, out: usize, n: usize, beta: f32): void {
  if (beta === 1) curveGrad(flatSlope, dy, x, out, n, Softplus.slope);
  else mapGradWide<WideSoftplus>(dy, x, out, n, wideParameter(<f64>beta), NONE);
}
