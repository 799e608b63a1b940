/**
 * erf(x), erf'(x) = 2 / sqrt(pi) e^(-x^2).
 *
 * Method   tables (math/curve.ts). erf is oddCurve and rounds to 1 from 4 on; the slope is even and
 *          below 2^-150 for |x| >= 10.5.
 * Special  ±0 -> ±0, ±Infinity -> ±1, NaN -> NaN.
 * Error    0.77 ULP (x near 2^-124), slope 0.77 ULP.
 */
import { evenTailSlope, oddCurve } from "../curves";
import { curveGrad } from "../faint";
import { curve, ENTRY, far, fillCurve, HEAD, scaled, slopeCurve, tail, throughZero, vanishing } from "../math/curve";
import { erf as erf64 } from "../math/erfc";

const CURVE = memory.data(HEAD + 512 * ENTRY, 16);
const SLOPE = memory.data(HEAD + 4096 * ENTRY, 16);

function derivative(x: f64): f64 {
  return 1.1283791670955125739 * NativeMath.exp(-x * x);
}

export function erfTable(): void {
  if (curve(CURVE, 512, erf64, 0, 4, 6)) {
    throughZero(1);
    fillCurve();
  }
}

export function erf(x: usize, out: usize, n: usize): void {
  oddCurve(x, out, n, CURVE);
}

export function erfGradTable(): void {
  if (slopeCurve(SLOPE, 4096, derivative, -10.5, 0, 7)) {
    tail(-4, 9);
    scaled(26);
    vanishing();
    far(18);
    fillCurve();
  }
}

export function erfGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(evenTailSlope, dy, x, out, n, SLOPE);
}
