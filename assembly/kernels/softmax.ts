/**
 * softmax(x)_i = e^(x_i - m) / sum e^(x_j - m), m the maximum of the row, and softmin(x) = softmax(-x): the same code, which
 * flips the sign of what it reads.
 *
 * Method   Three passes: m; 2^64 e^(x - m), written, and its sum in float64; the scaling, in float64. So that x - m loses nothing m is
 *          taken as c + delta, c a multiple of 2^-17: what d = x - c in float32 lacks is x - (d + c), exactly, wherever e^d counts; it goes,
 *          less delta, with d into the exponential, and e^(m - m) is 1. The factor 2^64 keeps small numbers from becoming subnormal
 *          before the last rounding.
 * Special  -Infinity -> 0; a row that is -Infinity throughout, or holds NaN or Infinity, is NaN throughout.
 * Error    1.8 ULP. dx: 0.5 ULP of what is computed in float64.
 * Source   Bridle 1990, Probabilistic interpretation of feedforward classification network outputs.
 */
import { Exp } from "../math/exp";
import { only, select, splat } from "../math/lanes";
import { high, low, narrow } from "../math/wide";
import { COUNT, maximum, PAIRS, Pass, panel, part, rows, SUM_HIGH, SUM_LOW, unsealed } from "../rows";

const SIGN_BIT: i32 = 0x80000000;

/** 2^64 e^(x - m) and its sum. */
@final
class Exponentials extends Pass {
  @inline visit(raw: v128, _b: v128, state: usize, flip: v128): v128 {
    const x = v128.xor(raw, flip);
    const c = v128.load(state);
    const d = f32x4.sub(x, c);
    const lost = only(f32x4.gt(d, splat(-128)), f32x4.sub(x, f32x4.add(d, c)));
    const e = Exp.scaled(f32x4.pmax(d, splat(-128)), f32x4.sub(lost, v128.load(state, COUNT)));
    v128.store(state, f64x2.add(v128.load(state, SUM_LOW), low(e)), SUM_LOW);
    v128.store(state, f64x2.add(v128.load(state, SUM_HIGH), high(e)), SUM_HIGH);
    return e;
  }

  @inline pad(flip: v128): v128 {
    return v128.xor(splat(-Infinity), flip);
  }

  @inline writes(): bool {
    return true;
  }

  @inline unrolled(): bool {
    return true;
  }
}

@final
class Scaling extends Pass {
  @inline visit(e: v128, _b: v128, state: usize, _flip: v128): v128 {
    return narrow(f64x2.mul(low(e), v128.load(state, SUM_LOW)), f64x2.mul(high(e), v128.load(state, SUM_HIGH)));
  }

  @inline writes(): bool {
    return true;
  }
}

function softmaxRun(
  k: i32,
  x: usize,
  _b: usize,
  out: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  flip: i32,
): void {
  if (k === 0) maximum(x, steps, columns, stride, flip);
  else if (k === 1) panel<Exponentials>(x, 0, out, steps, columns, stride, flip);
  else panel<Scaling>(out, 0, out, steps, columns, stride, flip);
}

function softmaxSeal(k: i32, state: usize, _n: usize): void {
  if (k === 0) {
    const m = v128.load(state);
    const coarse = f32x4.mul(f32x4.nearest(f32x4.mul(m, splat(131072))), splat(1 / 131072));
    const c = select(f32x4.lt(f32x4.abs(m), splat(128)), coarse, m);
    v128.store(state, c);
    v128.store(state, f32x4.sub(m, c), COUNT);
  } else {
    const one = f64x2.splat(1);
    v128.store(state, f64x2.div(one, v128.load(state, SUM_LOW)), SUM_LOW);
    v128.store(state, f64x2.div(one, v128.load(state, SUM_HIGH)), SUM_HIGH);
  }
}

/** sum dy y */
@final
class Products extends Pass {
  @inline visit(dy: v128, y: v128, state: usize, _flip: v128): v128 {
    v128.store(state, f64x2.add(v128.load(state, SUM_LOW), f64x2.mul(low(dy), low(y))), SUM_LOW);
    v128.store(state, f64x2.add(v128.load(state, SUM_HIGH), f64x2.mul(high(dy), high(y))), SUM_HIGH);
    return dy;
  }

  @inline pairs(): bool {
    return true;
  }
}

/** y (dy - sum) */
@final
class Centred extends Pass {
  @inline visit(dy: v128, y: v128, state: usize, flip: v128): v128 {
    const lower = f64x2.mul(low(y), f64x2.sub(low(dy), v128.load(state, SUM_LOW)));
    const upper = f64x2.mul(high(y), f64x2.sub(high(dy), v128.load(state, SUM_HIGH)));
    return v128.xor(narrow(lower, upper), flip);
  }

  @inline pairs(): bool {
    return true;
  }

  @inline writes(): bool {
    return true;
  }
}

function softmaxGradRun(
  k: i32,
  dy: usize,
  y: usize,
  dx: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  flip: i32,
): void {
  if (k === 0) panel<Products>(dy, y, 0, steps, columns, stride, 0);
  else panel<Centred>(dy, y, dx, steps, columns, stride, flip);
}

export function softmax(x: usize, _b: usize, out: usize, outer: usize, axis: usize, inner: usize): void {
  rows(softmaxRun, softmaxSeal, 3, x, x, out, outer, axis, inner, 0);
}

export function softmaxPart(
  k: i32,
  x: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): void {
  part(softmaxRun, softmaxSeal, k, x, b, out, n, columns, stride, edge, 0);
}

export function softmin(x: usize, _b: usize, out: usize, outer: usize, axis: usize, inner: usize): void {
  rows(softmaxRun, softmaxSeal, 3, x, x, out, outer, axis, inner, SIGN_BIT);
}

export function softminPart(
  k: i32,
  x: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): void {
  part(softmaxRun, softmaxSeal, k, x, b, out, n, columns, stride, edge, SIGN_BIT);
}

export function softmaxGrad(dy: usize, y: usize, dx: usize, outer: usize, axis: usize, inner: usize): void {
  rows(softmaxGradRun, unsealed, 2 | PAIRS, dy, y, dx, outer, axis, inner, 0);
}

export function softmaxGradPart(
  k: i32,
  dy: usize,
  y: usize,
  dx: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): void {
  part(softmaxGradRun, unsealed, k, dy, y, dx, n, columns, stride, edge, 0);
}

export function softminGrad(dy: usize, y: usize, dx: usize, outer: usize, axis: usize, inner: usize): void {
  rows(softmaxGradRun, unsealed, 2 | PAIRS, dy, y, dx, outer, axis, inner, SIGN_BIT);
}

export function softminGradPart(
  k: i32,
  dy: usize,
  y: usize,
  dx: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): void {
  part(softmaxGradRun, unsealed, k, dy, y, dx, n, columns, stride, edge, SIGN_BIT);
}
