/**
 * selu(x) = lambda (x > 0 ? x : alpha (e^x - 1)), selu'(x) = lambda (x > 0 ? 1 : alpha e^x).
 *
 * Method   lambda and alpha as Klambauer et al. have them: x <= 0: a table of each (math/curve.ts).
 *          selu is its limit below -16.789; selu' < 2^-150 below -105. Others: float64.
 * Special  -Infinity -> -lambda alpha, ±0 -> lambda alpha ±0, Infinity -> Infinity (lambda > 0),
 *          NaN -> NaN.
 * Kink     f'(0) = lambda alpha.
 * Error    0.94 ULP, slope 0.81 ULP; others 0.51 ULP, slope 0.51 ULP.
 * Source   Klambauer, Unterthiner, Mayr and Hochreiter 2017, Self-normalizing neural networks.
 */
import { WideActivation } from "../activation";
import { leftOfLineCurve, leftSlope } from "../curves";
import { curveGrad } from "../faint";
import { mapGradWide, mapWide } from "../loops";
import {
  curve,
  ENTRY,
  far,
  fillCurve,
  flatStart,
  HEAD,
  right,
  scaled,
  slopeCurve,
  subtracted,
  throughZero,
  vanishing,
} from "../math/curve";
import { select, wideParameter } from "../math/lanes";
import { WIDE_ONE, WIDE_ZERO } from "../math/wide";
import { ExponentialLeft } from "./elu";

const CURVE = memory.data(HEAD + 2048 * ENTRY, 16);
const SLOPE = memory.data(HEAD + 2048 * ENTRY, 16);

const LAMBDA: f32 = 1.0507009873554805;
const ALPHA: f32 = 1.6732632423543772;

/** lambda alpha (e^x - 1) for x <= 0. */
function formula(x: f64): f64 {
  return <f64>LAMBDA * <f64>ALPHA * NativeMath.expm1(x);
}

/** lambda alpha e^x for x <= 0. */
function derivative(x: f64): f64 {
  return <f64>LAMBDA * <f64>ALPHA * NativeMath.exp(x);
}

/** Any lambda, and lambda alpha, as float64. */
@final
class WideSelu extends WideActivation {
  /**
   * Infinity as a number whose product with lambda 0 is 0, with the least lambda > 0 Infinity in
   * float32.
   */
  @inline value(x: v128, lambda: v128, factor: v128): v128 {
    const right = f64x2.mul(f64x2.pmin(x, f64x2.splat(1e300)), lambda);
    return select(f64x2.gt(x, WIDE_ZERO), right, ExponentialLeft.value(x, factor, WIDE_ONE));
  }

  @inline gradient(dy: v128, x: v128, lambda: v128, factor: v128): v128 {
    return f64x2.mul(dy, select(f64x2.gt(x, WIDE_ZERO), lambda, ExponentialLeft.slope(x, factor, WIDE_ONE)));
  }
}

export function seluTable(): void {
  if (curve(CURVE, 2048, formula, -16.796875, 0, 6)) {
    // The limit up to -16.789. From -16.804 on the number above it is nearer, but the cell there is
    // a hundredth of an ULP off, which puts neighbours in the wrong order.
    flatStart();
    throughZero(2, 0.125);
    subtracted();
    // Between lambda - 1 as float32 has it and with more digits: right to 1 ULP for both, but for
    // the least normal x.
    right(0.05070101);
    fillCurve();
  }
}

export function selu(x: usize, out: usize, n: usize, lambda: f32, alpha: f32): void {
  if (lambda === LAMBDA && alpha === ALPHA) leftOfLineCurve(x, out, n, CURVE);
  else mapWide<WideSelu>(x, out, n, wideParameter(<f64>lambda), wideParameter(<f64>lambda * <f64>alpha));
}

export function seluGradTable(): void {
  if (slopeCurve(SLOPE, 2048, derivative, -105, 0, 4)) {
    scaled(26);
    right(LAMBDA);
    vanishing();
    far(300);
    fillCurve();
  }
}

export function seluGrad(dy: usize, x: usize, out: usize, n: usize, lambda: f32, alpha: f32): void {
  if (lambda === LAMBDA && alpha === ALPHA) curveGrad(leftSlope, dy, x, out, n, SLOPE);
  else mapGradWide<WideSelu>(dy, x, out, n, wideParameter(<f64>lambda), wideParameter(<f64>lambda * <f64>alpha));
}
