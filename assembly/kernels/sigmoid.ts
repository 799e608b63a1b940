/**
 * sigmoid(x) = 1 / (1 + e^-x), sigmoid'(x) = sigmoid(x) sigmoid(-x).
 *
 * Method   tables (math/curve.ts). Both are below 2^-150 for x <= -105; sigmoid rounds to 1 from 18
 *          on; the slope is even.
 * Special  -Infinity -> 0, ±0 -> 0.5, Infinity -> 1, NaN -> NaN.
 * Error    0.8 ULP, slope 0.8 ULP.
 * Source   Verhulst 1838; as an activation Rumelhart, Hinton and Williams 1986, Learning
 *          representations by back-propagating errors.
 */
import { evenSlope, flatCurve } from "../curves";
import { curveGrad } from "../faint";
import { curve, ENTRY, far, fillCurve, HEAD, scaled, slopeCurve, vanishing } from "../math/curve";

export class Sigmoid {
  static readonly curve: usize = memory.data(HEAD + 2048 * ENTRY, 16);
  static readonly slope: usize = memory.data(HEAD + 2048 * ENTRY, 16);

  static formula(x: f64): f64 {
    return 1 / (1 + NativeMath.exp(-x));
  }

  static derivative(x: f64): f64 {
    const e = NativeMath.exp(-abs(x));
    return e / ((1 + e) * (1 + e));
  }
}

export function sigmoidTable(): void {
  if (curve(Sigmoid.curve, 2048, Sigmoid.formula, -105, 18, 4)) {
    scaled(26);
    vanishing();
    far(300);
    fillCurve();
  }
}

export function sigmoid(x: usize, out: usize, n: usize): void {
  flatCurve(x, out, n, Sigmoid.curve);
}

export function sigmoidGradTable(): void {
  if (slopeCurve(Sigmoid.slope, 2048, Sigmoid.derivative, -105, 0, 4)) {
    scaled(26);
    vanishing();
    far(300);
    fillCurve();
  }
}

export function sigmoidGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(evenSlope, dy, x, out, n, Sigmoid.slope);
}
