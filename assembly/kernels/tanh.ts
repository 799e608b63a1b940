/**
 * tanh(x), tanh'(x) = 1 - tanh(x)^2.
 *
 * Method   tables (math/curve.ts). tanh is oddCurve and rounds to 1 from 9.0625 on; the slope is
 *          even and below 2^-150 for |x| >= 53.
 * Special  ±0 -> ±0, ±Infinity -> ±1, NaN -> NaN.
 * Error    0.55 ULP, slope 0.81 ULP.
 * Source   LeCun et al. 1998, Efficient backprop.
 */
import { evenSlope, oddCurve } from "../curves";
import { curveGrad } from "../faint";
import { curve, ENTRY, far, fillCurve, HEAD, scaled, slopeCurve, throughZero, vanishing } from "../math/curve";

const CURVE = memory.data(HEAD + 1024 * ENTRY, 16);
const SLOPE = memory.data(HEAD + 2048 * ENTRY, 16);

function formula(x: f64): f64 {
  return NativeMath.tanh(x);
}

function derivative(x: f64): f64 {
  const e = NativeMath.exp(-2 * abs(x));
  return (4 * e) / ((1 + e) * (1 + e));
}

export function tanhTable(): void {
  if (curve(CURVE, 1024, formula, 0, 9.0625, 6)) {
    throughZero(1);
    fillCurve();
  }
}

export function tanh(x: usize, out: usize, n: usize): void {
  oddCurve(x, out, n, CURVE);
}

export function tanhGradTable(): void {
  if (slopeCurve(SLOPE, 2048, derivative, -53, 0, 5)) {
    scaled(26);
    vanishing();
    far(160);
    fillCurve();
  }
}

export function tanhGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(evenSlope, dy, x, out, n, SLOPE);
}
