/**
 * logSoftmax(x)_i = x_i - m - ln(1 + rest), rest = sum of e^(x_j - m) over all but one of the maxima m of the row.
 *
 * Method   Three passes: m; rest, in float64, from exponentials in float32, as in softmax; the difference, in float64. Neither sum
 *          cancels, also where m dominates and the answer is near 0.
 *          dx = dy - e^y sum dy in float64, where it does cancel.
 * Special  -Infinity -> -Infinity; a row that is -Infinity throughout, or holds NaN or Infinity, is NaN throughout.
 * Error    1.5 ULP. dx: 0.5 ULP of what is computed in float64.
 */
import { Exponentials, exponentials, splitMaximum } from "../exponentials";
import { high, low, narrow, Wide } from "../math/wide";
import { COUNT, maximum, PAIRS, Pass, panel, part, rows, SUM_HIGH, SUM_LOW, Sums, sums, unsealed } from "../rows";

@final
class Rest extends Exponentials<Rest> {
  @inline counts(): bool {
    return true;
  }
}

/** x - m - ln(1 + rest) */
@final
class Difference extends Pass {
  @inline visit(x: v128, _b: v128, state: usize, _flip: v128): v128 {
    const m = v128.load(state);
    const lower = f64x2.sub(f64x2.sub(low(x), low(m)), v128.load(state, SUM_LOW));
    const upper = f64x2.sub(f64x2.sub(high(x), high(m)), v128.load(state, SUM_HIGH));
    return narrow(lower, upper);
  }

  @inline writes(): bool {
    return true;
  }
}

function logSoftmaxRun(
  k: i32,
  x: usize,
  _b: usize,
  out: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  _flip: i32,
): void {
  if (k === 0) maximum(x, steps, columns, stride, 0);
  else if (k === 1) exponentials<Rest>(x, 0, steps, columns, stride, 0);
  else panel<Difference>(x, 0, out, steps, columns, stride, 0);
}

function logSoftmaxSeal(k: i32, state: usize, n: usize): void {
  if (k === 0) {
    splitMaximum(state);
    return;
  }
  for (let i: usize = 0; i < n; i++) {
    const m = load<f32>(state + (i << 2));
    const sum = load<f64>(state + (i << 3), SUM_LOW);
    const rest = sum * 5.421010862427522e-20 + <f64>(load<i32>(state + (i << 2), COUNT) - 1);
    store<f64>(state + (i << 3), isFinite(m) ? NativeMath.log1p(rest) : NaN, SUM_LOW);
  }
}

/** sum dy */
@final
class Plain extends Sums<Plain> {
  @inline lower(dy: v128, _y: v128): v128 {
    return low(dy);
  }

  @inline upper(dy: v128, _y: v128): v128 {
    return high(dy);
  }
}

/** dy - e^y sum */
@final
class Remainder extends Pass {
  @inline visit(dy: v128, y: v128, state: usize, _flip: v128): v128 {
    const lower = f64x2.sub(low(dy), f64x2.mul(Wide.fullExp(low(y)), v128.load(state, SUM_LOW)));
    const upper = f64x2.sub(high(dy), f64x2.mul(Wide.fullExp(high(y)), v128.load(state, SUM_HIGH)));
    return narrow(lower, upper);
  }

  @inline pairs(): bool {
    return true;
  }

  @inline writes(): bool {
    return true;
  }

  @inline rolled(): bool {
    return true;
  }
}

function logSoftmaxGradRun(
  k: i32,
  dy: usize,
  y: usize,
  dx: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  _flip: i32,
): void {
  if (k === 0) sums<Plain>(dy, 0, steps, columns, stride);
  else panel<Remainder>(dy, y, dx, steps, columns, stride, 0);
}

export function logSoftmax(x: usize, _b: usize, out: usize, outer: usize, axis: usize, inner: usize): void {
  rows(logSoftmaxRun, logSoftmaxSeal, 3, x, x, out, outer, axis, inner, 0);
}

export function logSoftmaxPart(
  k: i32,
  x: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): void {
  part(logSoftmaxRun, logSoftmaxSeal, k, x, b, out, n, columns, stride, edge, 0);
}

export function logSoftmaxGrad(dy: usize, y: usize, dx: usize, outer: usize, axis: usize, inner: usize): void {
  rows(logSoftmaxGradRun, unsealed, 2 | PAIRS, dy, y, dx, outer, axis, inner, 0);
}

export function logSoftmaxGradPart(
  k: i32,
  dy: usize,
  y: usize,
  dx: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): void {
  part(logSoftmaxGradRun, unsealed, k, dy, y, dx, n, columns, stride, edge, 0);
}
