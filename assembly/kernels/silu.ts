/**
 * silu(x) = x / (1 + e^(-beta x)).
 *
 * Method   beta 1: a table each for silu and silu' (math/curve.ts). |silu| < 2^-150 below -109;
 *          silu(x) rounds to x from 17.5 on, silu' to 1 from 20 on. Other beta: float64; silu' with
 *          d = t - root, t = beta x, K = e^-root = -1 / (root + 1), E = e^-d: silu'(t) = (1 - E + K
 *          d E) / (1 + K E)^2, where 1 - E and K d E have the same sign.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN (beta > 0); beta 0: x / 2.
 * Error    0.8 ULP, slope 0.8 ULP; other beta 0.51 ULP, slope 0.51 ULP.
 * Source   Elfwing, Uchibe and Doya 2017, Sigmoid-weighted linear units; Ramachandran, Zoph and Le
 *          2017, Searching for activation functions.
 */
import { WideActivation } from "../activation";
import { gateCurve, gateSlope } from "../curves";
import { curveGrad } from "../faint";
import { mapGradWide, mapWide } from "../loops";
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
import { NONE, wideParameter } from "../math/lanes";
import { WIDE_ONE, WIDE_SIGN, Wide } from "../math/wide";

export class Silu {
  static readonly curve: usize = memory.data(HEAD + 4096 * ENTRY, 16);
  static readonly slope: usize = memory.data(HEAD + 4096 * ENTRY, 16);

  static formula(x: f64): f64 {
    return x / (1 + NativeMath.exp(-x));
  }

  static derivative(x: f64): f64 {
    const e = NativeMath.exp(-x);
    return (1 + e + x * e) / ((1 + e) * (1 + e));
  }
}

/** The root of silu' in two parts, and K = e^-root. */
const ROOT = f64x2.splat(-1.2784645427610737);
const ROOT_LOW = f64x2.splat(-1.0946994183093437e-16);
const K = f64x2.splat(3.591121476668622);

/** Any beta, as float64. */
@final
export class WideSilu extends WideActivation {
  /**
   * ±Infinity as a number whose product with beta 0 is 0, with the least beta > 0 large; it becomes
   * Infinity again at the end.
   */
  @inline bounded(x: v128): v128 {
    return f64x2.pmin(f64x2.pmax(x, f64x2.splat(-1.6069380442589903e60)), f64x2.splat(1.6069380442589903e60));
  }

  @inline value(x: v128, beta: v128, _b: v128): v128 {
    return this.gated(x, beta);
  }

  @inline gated(x: v128, beta: v128): v128 {
    const z = this.bounded(x);
    return f64x2.div(z, f64x2.add(Wide.exp(Wide.bounded(f64x2.neg(f64x2.mul(z, beta)))), WIDE_ONE));
  }

  @inline gradient(dy: v128, x: v128, beta: v128, _b: v128): v128 {
    const t = f64x2.mul(this.bounded(x), beta);
    // The limit to the left, -0: times an infinite dy it is NaN.
    const limited = v128.andnot(this.slopeAt(t), v128.andnot(f64x2.lt(t, f64x2.splat(-800)), WIDE_SIGN));
    return f64x2.mul(dy, limited);
  }

  /** silu'(t), to the left never 0. */
  @inline slopeAt(t: v128): v128 {
    const d = f64x2.sub(f64x2.sub(t, ROOT), ROOT_LOW);
    const minus = Wide.bounded(f64x2.neg(d));
    const grown = Wide.expm1(minus);
    const e = f64x2.mul(K, f64x2.add(grown, WIDE_ONE));
    const sum = f64x2.add(e, WIDE_ONE);
    return f64x2.neg(f64x2.div(f64x2.add(grown, f64x2.mul(minus, e)), f64x2.mul(sum, sum)));
  }
}

export function siluTable(): void {
  if (curve(Silu.curve, 4096, Silu.formula, -109, 17.5, 6)) {
    tail(-8, 4);
    throughZero(0.5);
    subtracted();
    scaled(26);
    far(300);
    fillCurve();
  }
}

export function silu(x: usize, out: usize, n: usize, beta: f32): void {
  if (beta === 1) gateCurve(x, out, n, Silu.curve);
  else mapWide<WideSilu>(x, out, n, wideParameter(<f64>beta), NONE);
}

export function siluGradTable(): void {
  if (slopeCurve(Silu.slope, 4096, Silu.derivative, -109, 20, 6)) {
    tail(-4, 4);
    // The slope has four bits: x - root has at most 20.
    rootAt(-1.2784646, -2.827039668355436669e-9, 0.203125, 0.09375);
    scaled(26);
    vanishing();
    far(300);
    fillCurve();
  }
}

export function siluGrad(dy: usize, x: usize, out: usize, n: usize, beta: f32): void {
  if (beta === 1) curveGrad(gateSlope, dy, x, out, n, Silu.slope);
  else mapGradWide<WideSilu>(dy, x, out, n, wideParameter(<f64>beta), NONE);
}
