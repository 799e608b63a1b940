/**
 * mish(x) = x tanh(ln(1 + e^x)) = x n / (n + 2), n = e^x (e^x + 2).
 *
 * Method   tables (math/curve.ts). |mish| and |mish'| < 2^-150 below -109; mish(x) rounds to x from
 *          9.0625 on, mish' to 1 from 20 on. mish' has a root near -1.192.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.81 ULP, slope 0.8 ULP.
 * Source   Misra 2019, Mish: a self regularized non-monotonic activation function.
 */
import { gateCurve, gateSlope } from "../curves";
import { curveGrad } from "../faint";
import {
  curve,
  ENTRY,
  far,
  fillCurve,
  HEAD,
  rootAt,
  scaled,
  slopeCurve,
  subtracted,
  tail,
  throughZero,
  vanishing,
} from "../math/curve";

const CURVE = memory.data(HEAD + 4096 * ENTRY, 16);
const SLOPE = memory.data(HEAD + 4096 * ENTRY, 16);

function formula(x: f64): f64 {
  const e = NativeMath.exp(x);
  const n = e * (e + 2);
  return (x * n) / (n + 2);
}

function derivative(x: f64): f64 {
  const e = NativeMath.exp(x);
  const n = e * (e + 2);
  return (n + (4 * x * e * (1 + e)) / (n + 2)) / (n + 2);
}

export function mishTable(): void {
  if (curve(CURVE, 4096, formula, -109, 9.0625, 7)) {
    tail(-8, 4);
    throughZero(0.5);
    subtracted();
    scaled(26);
    fillCurve();
  }
}

export function mish(x: usize, out: usize, n: usize): void {
  gateCurve(x, out, n, CURVE);
}

export function mishGradTable(): void {
  if (slopeCurve(SLOPE, 4096, derivative, -109, 20, 6)) {
    tail(-4, 4);
    rootAt(-1.1924312, 8.1257279336583198808e-10, 0.25, 0.078125);
    scaled(26);
    vanishing();
    far(300);
    fillCurve();
  }
}

export function mishGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(gateSlope, dy, x, out, n, SLOPE);
}
