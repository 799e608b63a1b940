/**
 * quickGelu(x) = x sigmoid(1.702 x).
 *
 * Method   tables (math/curve.ts). |quickGelu| and |quickGelu'| < 2^-150 below -64; quickGelu(x)
 *          rounds to x from 10.25 on, quickGelu' to 1 from 12 on. quickGelu' has a root near
 *          -0.751.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.78 ULP, slope 0.78 ULP.
 * Source   Hendrycks and Gimpel 2016, Gaussian error linear units (GELUs).
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
  return x / (1 + NativeMath.exp(-1.702 * x));
}

function derivative(x: f64): f64 {
  const e = NativeMath.exp(-1.702 * x);
  return (1 + e + 1.702 * x * e) / ((1 + e) * (1 + e));
}

export function quickGeluTable(): void {
  if (curve(CURVE, 4096, formula, -64, 10.25, 7)) {
    tail(-4, 5);
    throughZero(0.5);
    subtracted();
    scaled(26);
    fillCurve();
  }
}

export function quickGelu(x: usize, out: usize, n: usize): void {
  gateCurve(x, out, n, CURVE);
}

export function quickGeluGradTable(): void {
  if (slopeCurve(SLOPE, 4096, derivative, -64, 12, 7)) {
    tail(-4, 5);
    rootAt(-0.75115424, 4.261454146727814e-9, 0.34375, 0.05859375);
    scaled(26);
    vanishing();
    far(180);
    fillCurve();
  }
}

export function quickGeluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(gateSlope, dy, x, out, n, SLOPE);
}
