/**
 * logSoftmax(x)_i = x_i - m - ln(1 + rest), rest = sum of e^(x_j - m) over all but one of the
 * maxima m of the row.
 *
 * Method   Three passes: m; rest, in float64, from exponentials in float32, as in softmax; the
 *          difference, in float64. Neither sum cancels, also where m dominates and the answer is
 *          near 0. dx = dy - e^y sum dy in float64, where it does cancel.
 * Special  -Infinity -> -Infinity; a row that is -Infinity throughout, or holds NaN or Infinity, is
 *          NaN throughout.
 * Error    1.5 ULP. dx: 0.5 ULP of what is computed in float64.
 */
import { Rest, restOf, splitMaximum, UNIT } from "../exponentials";
import { splat } from "../math/lanes";
import { high, low, narrow, Wide } from "../math/wide";
import { factor } from "../options";
import { Pass, PEAK, SUM_LOW } from "../panel";
import { Maximum, None, part, passes, Rows, rows } from "../rows";

/** x - m - ln(1 + rest) */
@final
class Difference extends Pass {
  unrolled: bool = true;
  writes: bool = true;

  @inline value(x: v128, _b: v128, peak: v128, lower: v128, upper: v128, _count: v128): v128 {
    const first = f64x2.sub(f64x2.sub(low(x), low(peak)), lower);
    const second = f64x2.sub(f64x2.sub(high(x), high(peak)), upper);
    return narrow(first, second);
  }
}

@final
class LogSoftmax extends Rows<Maximum, Rest, Difference, None> {
  @inline seal(k: i32, record: usize, n: usize): void {
    if (k === 0) {
      splitMaximum(record);
      return;
    }
    for (let i: usize = 0; i < n; i++) {
      const m = load<f32>(record + (i << 2), PEAK);
      const rest = restOf(record, i, UNIT);
      // Without elements -Infinity stays.
      const log = rest === -1 ? 0 : isFinite(m) ? NativeMath.log1p(rest) : NaN;
      store<f64>(record + (i << 3), log, SUM_LOW);
    }
  }
}

/** sum dy */
@final
class Sum extends Pass {
  constant: bool = true;
  sums: bool = true;

  @inline value(dy: v128, _y: v128, _k0: v128, _k1: v128, _k2: v128, _k3: v128): v128 {
    return dy;
  }
}

/** scale (dy - e^y sum) */
@final
class Remainder extends Pass {
  pairs: bool = true;
  writes: bool = true;

  @inline value(dy: v128, y: v128, _peak: v128, lower: v128, upper: v128, _count: v128): v128 {
    // e^300 is beyond float32 times any two float32 but 0, and yet no product of them is beyond
    // float64: times 0 it is 0.
    const z = f32x4.pmin(y, splat(300));
    const first = f64x2.sub(low(dy), f64x2.mul(Wide.fullExp(low(z)), lower));
    const second = f64x2.sub(high(dy), f64x2.mul(Wide.fullExp(high(z)), upper));
    return narrow(f64x2.mul(first, factor()), f64x2.mul(second, factor()));
  }
}

@final
class LogSoftmaxGrad extends Rows<Sum, Remainder, None, None> {}

export function logSoftmax(
  x: usize,
  b: usize,
  out: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  options: i32,
): void {
  rows<LogSoftmax>(x, b, out, outer, axis, inner, options);
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
  options: i32,
): void {
  part<LogSoftmax>(k, x, b, out, n, columns, stride, edge, options);
}

export function logSoftmaxPasses(options: i32): i32 {
  return passes<LogSoftmax>(options);
}

export function logSoftmaxGrad(
  dy: usize,
  y: usize,
  dx: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  options: i32,
): void {
  rows<LogSoftmaxGrad>(dy, y, dx, outer, axis, inner, options);
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
  options: i32,
): void {
  part<LogSoftmaxGrad>(k, dy, y, dx, n, columns, stride, edge, options);
}

export function logSoftmaxGradPasses(options: i32): i32 {
  return passes<LogSoftmaxGrad>(options);
}
