/**
 * softmax(x)_i = e^(x_i - m) / sum e^(x_j - m), m the maximum of the row, and softmin(x) = softmax(-x): the same code, which
 * flips the sign of what it reads.
 *
 * Method   Three passes: m; 2^64 e^(x - c), written, and its sum in float64; the scaling, in float64. For m stands a c beside it from which the
 *          exponential loses nothing of x (exponentials.ts). The factor 2^64 keeps small numbers from becoming subnormal before
 *          the last rounding.
 * Special  -Infinity -> 0; a row that is -Infinity throughout, or holds NaN or Infinity, is NaN throughout.
 * Error    1.83 ULP on 52 million random elements; rows put together from the worst exponentials reach 2.6. dx: 0.5 ULP of what is
 *          computed in float64.
 * Source   Bridle 1990, Probabilistic interpretation of feedforward classification network outputs.
 */
import { Exponentials, exponentials, splitMaximum } from "../exponentials";
import { high, low, narrow } from "../math/wide";
import { maximum, PAIRS, Pass, panel, part, rows, SUM_HIGH, SUM_LOW, Sums, sums, unsealed } from "../rows";

const SIGN_BIT: i32 = 0x80000000;

@final
class Kept extends Exponentials<Kept> {
  @inline writes(): bool {
    return true;
  }
}

@final
class Scaling extends Pass {
  @inline unrolled(): bool {
    return true;
  }

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
  else if (k === 1) exponentials<Kept>(x, out, steps, columns, stride, flip);
  else panel<Scaling>(out, 0, out, steps, columns, stride, flip);
}

function softmaxSeal(k: i32, state: usize, _n: usize): void {
  if (k === 0) {
    splitMaximum(state);
  } else {
    const one = f64x2.splat(1);
    v128.store(state, f64x2.div(one, v128.load(state, SUM_LOW)), SUM_LOW);
    v128.store(state, f64x2.div(one, v128.load(state, SUM_HIGH)), SUM_HIGH);
  }
}

/** sum dy y */
@final
class Products extends Sums<Products> {
  @inline lower(dy: v128, y: v128): v128 {
    return f64x2.mul(low(dy), low(y));
  }

  @inline upper(dy: v128, y: v128): v128 {
    return f64x2.mul(high(dy), high(y));
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
  if (k === 0) sums<Products>(dy, y, steps, columns, stride);
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
