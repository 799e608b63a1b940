/**
 * selu(x) = lambda (x > 0 ? x : alpha (e^x - 1)), selu'(x) = lambda (x > 0 ? 1 : alpha e^x),
 * lambda 1.0507009873554805, alpha 1.6732632423543772.
 *
 * Method   x <= 0: a table of each (math/curve.ts). selu is its limit below -16.820; selu' < 2^-150 below -105.
 * Special  -Infinity -> -lambda alpha, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(0) = lambda alpha.
 * Error    0.87 ULP, slope 0.81 ULP.
 * Source   Klambauer, Unterthiner, Mayr and Hochreiter 2017, Self-normalizing neural networks.
 */
import { leftOfLineCurve, leftSlope } from "../curves";
import { curveGrad } from "../faint";
import {
  curve,
  ENTRY,
  far,
  fillCurve,
  flatStart,
  HEAD,
  right,
  scaled,
  subtracted,
  throughZero,
  vanishing,
} from "../math/curve";

const CURVE = memory.data(HEAD + 2048 * ENTRY, 16);
const SLOPE = memory.data(HEAD + 2048 * ENTRY, 16);

const LAMBDA_ALPHA: f64 = 1.7580993408473769;

/** lambda alpha (e^x - 1) for x <= 0. */
function formula(x: f64): f64 {
  return LAMBDA_ALPHA * NativeMath.expm1(x);
}

/** lambda alpha e^x for x <= 0. */
function derivative(x: f64): f64 {
  return LAMBDA_ALPHA * NativeMath.exp(x);
}

export function seluTable(): void {
  if (curve(CURVE, 2048, formula, -16.828125, 0, 6)) {
    // The limit up to -16.820: a little after -16.865, where it is as near as the number above.
    flatStart();
    throughZero(2, 0.125);
    subtracted();
    // lambda - 1
    right(0.0507009873554805);
    fillCurve();
  }
}

export function selu(x: usize, out: usize, n: usize): void {
  leftOfLineCurve(x, out, n, CURVE);
}

export function seluGradTable(): void {
  if (curve(SLOPE, 2048, derivative, -105, 0, 4)) {
    scaled(26);
    // lambda
    right(1.0507009873554805);
    vanishing();
    far(300);
    fillCurve();
  }
}

export function seluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(leftSlope, dy, x, out, n, SLOPE);
}
