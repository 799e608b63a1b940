/**
 * tanhShrink(x) = x - tanh x, tanhShrink'(x) = tanh^2 x.
 *
 * Method   tables with octaves (math/curve.ts) on |x|, since both fall to 0 like a power of x. x -
 *          tanh x < 2^-150 below 2^-50, tanh^2 x below 2^-76; from 9.5 on tanh x rounds to 1, and
 *          one difference does.
 * Special  ±0 -> ±0, ±Infinity -> ±Infinity, NaN -> NaN.
 * Error    0.8 ULP, slope 0.8 ULP.
 */
import { shrinkCurve, shrinkSlope } from "../curves";
import { curveGrad } from "../faint";
import { curve, ENTRY, fillOctaves, HEAD, OCTAVE, scaled, slopeCurve, vanishing } from "../math/curve";

const CURVE = memory.data(HEAD + 2048 * ENTRY, 16);
const SLOPE = memory.data(HEAD + 4096 * ENTRY, 16);
const BEND: f32 = 9.5;

/**
 * Below 1 from the continued fraction tanh x = x / (1 + x^2 / (3 + x^2 / (5 + ...))): with c what
 * is added to 1, x c / (1 + c).
 */
function formula(x: f64): f64 {
  if (x > 1) return x - NativeMath.tanh(x);
  let fraction: f64 = 21;
  for (let k = 19; k > 1; k -= 2) fraction = <f64>k + (x * x) / fraction;
  const c = (x * x) / fraction;
  return (x * c) / (1 + c);
}

function derivative(x: f64): f64 {
  const t = NativeMath.tanh(x);
  return t * t;
}

export function tanhShrinkTable(): void {
  if (curve(CURVE, 2048, formula, 8.881784197001252e-16, BEND, OCTAVE)) {
    scaled(60);
    fillOctaves();
  }
}

export function tanhShrink(x: usize, out: usize, n: usize): void {
  shrinkCurve(x, out, n, CURVE);
}

export function tanhShrinkGradTable(): void {
  if (slopeCurve(SLOPE, 4096, derivative, 1.3234889800848443e-23, BEND, OCTAVE)) {
    scaled(60);
    vanishing();
    fillOctaves();
  }
}

export function tanhShrinkGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(shrinkSlope, dy, x, out, n, SLOPE);
}
