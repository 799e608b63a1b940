/**
 * geluTanh(x) = x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) = x sigmoid(2 sqrt(2 / pi) (x +
 * 0.044715 x^3)).
 *
 * Method   tables (math/curve.ts). |geluTanh| and |geluTanh'| < 2^-150 below lo; geluTanh(x) rounds
 *          to x from 5.125 on, geluTanh' to 1 from 5.75 on. geluTanh' has a root near -0.752.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.77 ULP, slope 0.9 ULP (next to its root).
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

/** 2 sqrt(2/pi) (x + 0.044715 x^3) */
function inner(x: f64): f64 {
  return 1.5957691216057307117 * x * (1 + 0.044715 * x * x);
}

function innerSlope(x: f64): f64 {
  return 1.5957691216057307117 * (1 + 3 * 0.044715 * x * x);
}

export class GeluTanh {
  static readonly curve: usize = memory.data(HEAD + 4096 * ENTRY, 16);
  static readonly slope: usize = memory.data(HEAD + 4096 * ENTRY, 16);

  static formula(x: f64): f64 {
    return x / (1 + NativeMath.exp(-inner(x)));
  }

  static derivative(x: f64): f64 {
    const e = NativeMath.exp(-inner(x));
    return (1 + e * (1 + x * innerSlope(x))) / ((1 + e) * (1 + e));
  }
}

export function geluTanhTable(): void {
  if (curve(GeluTanh.curve, 4096, GeluTanh.formula, -11, 5.125, 7)) {
    tail(-6, 9);
    throughZero(0.5, 0.1875);
    subtracted();
    scaled(26);
    far(16);
    fillCurve();
  }
}

export function geluTanh(x: usize, out: usize, n: usize): void {
  gateCurve(x, out, n, GeluTanh.curve);
}

export function geluTanhGradTable(): void {
  if (slopeCurve(GeluTanh.slope, 4096, GeluTanh.derivative, -10.921875, 5.75, 7)) {
    tail(-6, 9);
    rootAt(-0.75246143, -4.8805769909549433932e-9, 0.40625, 0.05859375);
    scaled(26);
    vanishing();
    far(16);
    fillCurve();
  }
}

export function geluTanhGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(gateSlope, dy, x, out, n, GeluTanh.slope);
}
