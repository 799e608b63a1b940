/**
 * gelu(x) = x Phi(x) = x / 2 erfc(-x / sqrt 2), gelu'(x) = Phi(x) + x phi(x).
 *
 * Method   tables (math/curve.ts). |gelu| < 2^-150 below -14.5, |gelu'| below -14.75; gelu(x)
 *          rounds to x from 5.5 on, gelu' to 1 from 6 on. gelu' has a root near -0.752.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.78 ULP, slope 0.88 ULP (next to its root).
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
import { erfc } from "../math/erfc";

export class Gelu {
  static readonly curve: usize = memory.data(HEAD + 4096 * ENTRY, 16);
  static readonly slope: usize = memory.data(HEAD + 4096 * ENTRY, 16);

  static formula(x: f64): f64 {
    return 0.5 * x * erfc(-x * NativeMath.SQRT1_2);
  }

  static derivative(x: f64): f64 {
    return 0.5 * erfc(-x * NativeMath.SQRT1_2) + x * 0.39894228040143267794 * NativeMath.exp(-0.5 * x * x);
  }
}

export function geluTable(): void {
  if (curve(Gelu.curve, 4096, Gelu.formula, -14.5, 5.5, 7)) {
    tail(-4, 8);
    throughZero(0.5);
    subtracted();
    scaled(26);
    far(30);
    fillCurve();
  }
}

export function gelu(x: usize, out: usize, n: usize): void {
  gateCurve(x, out, n, Gelu.curve);
}

export function geluGradTable(): void {
  if (slopeCurve(Gelu.slope, 4096, Gelu.derivative, -14.75, 6, 7)) {
    tail(-4, 8);
    rootAt(-0.75179154, -5.2273121045751549767e-9, 0.40625, 0.05859375);
    scaled(26);
    vanishing();
    far(30);
    fillCurve();
  }
}

export function geluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(gateSlope, dy, x, out, n, Gelu.slope);
}
