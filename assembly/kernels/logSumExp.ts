/**
 * logSumExp(x) = ln sum e^(x_i) = m + ln(1 + rest), rest = sum of e^(x_j - m) over all but one of
 * the maxima m: one value per row.
 *
 * Method   As logSoftmax, with exponentials in float32. Where m and the logarithm cancel, so that
 *          the result is below 2, the rest is summed once more in float64 throughout, in a pass
 *          over the rows that ask for it. dx = scale dy softmax(x) is softmax but for the last
 *          factor; dy has one value per row.
 * Special  a row that is -Infinity throughout, or empty, gives -Infinity, one that holds Infinity
 *          Infinity, NaN NaN.
 * Error    0.6 ULP (random rows) where the result is above 1e-6.
 */
import { invertSums, Rest, restOf, splitMaximum, UNIT } from "../exponentials";
import { NONE } from "../math/lanes";
import { high, low, Wide } from "../math/wide";
import { argumentOf, factor } from "../options";
import { columnOf, DELTA, LEAST, Pass, PEAK, SUM_LOW } from "../panel";
import { Maximum, None, part, passes, Rows, rows } from "../rows";
import { Kept, Scaling } from "./softmax";

/** The sum of e^(x - m) where x < m. */
@final
class WideRest extends Pass {
  flips: bool = true;
  excludes: bool = true;
  sums: bool = true;
  asked: bool = true;

  @inline value(x: v128, _b: v128, _k0: v128, _k1: v128, _k2: v128, _k3: v128): v128 {
    return x;
  }

  @inline lower(x: v128, _b: v128, peak: v128): v128 {
    return Wide.fullExp(f64x2.sub(low(x), low(peak)));
  }

  @inline upper(x: v128, _b: v128, peak: v128): v128 {
    return Wide.fullExp(f64x2.sub(high(x), high(peak)));
  }
}

/** What the record holds in the place of the maximum. */
@final
class Answer extends Pass {
  idle: bool = true;
  writes: bool = true;

  @inline value(peak: v128, _b: v128, _k0: v128, _k1: v128, _k2: v128, _k3: v128): v128 {
    return peak;
  }
}

@final
class LogSumExp extends Rows<Maximum, Rest, WideRest, Answer> {
  @inline seal(k: i32, record: usize, n: usize): void {
    if (k === 0) {
      splitMaximum(record);
      return;
    }
    if (k === 1) v128.store(record, NONE, LEAST);
    for (let i: usize = 0; i < n; i++) {
      const at = record + (i << 2);
      const m = <f64>load<f32>(at, PEAK);
      if (k === 1) {
        const y = m + NativeMath.log1p(restOf(record, i, UNIT));
        const isNear = abs(y) < 2;
        store<f32>(at, <f32>y, DELTA);
        store<i32>(at, i32(isNear), LEAST);
        store<f64>(record + (i << 3), 0, SUM_LOW);
      } else {
        const isNear = load<i32>(at, LEAST);
        store<f32>(at, isNear ? <f32>(m + NativeMath.log1p(restOf(record, i, 1))) : load<f32>(at, DELTA), PEAK);
      }
    }
  }
}

@final
class LogSumExpGrad extends Rows<Maximum, Kept, Scaling, None> {
  @inline seal(k: i32, record: usize, n: usize): void {
    if (k === 0) {
      splitMaximum(record);
      return;
    }
    invertSums(record, n);
    for (let i: usize = 0; i < n; i++) {
      const at = record + (i << 3);
      const dy = <f64>argumentOf(columnOf(record) + i);
      store<f64>(at, load<f64>(at, SUM_LOW) * dy * f64x2.extract_lane(factor(), 0), SUM_LOW);
    }
  }
}

export function logSumExp(x: usize, b: usize, out: usize, outer: usize, axis: usize, inner: usize, options: i32): void {
  rows<LogSumExp>(x, b, out, outer, axis, inner, options);
}

export function logSumExpPart(
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
  part<LogSumExp>(k, x, b, out, n, columns, stride, edge, options);
}

export function logSumExpPasses(options: i32): i32 {
  return passes<LogSumExp>(options);
}

export function logSumExpGrad(
  x: usize,
  dy: usize,
  dx: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  options: i32,
): void {
  rows<LogSumExpGrad>(x, dy, dx, outer, axis, inner, options);
}

export function logSumExpGradPart(
  k: i32,
  x: usize,
  dy: usize,
  dx: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  options: i32,
): void {
  part<LogSumExpGrad>(k, x, dy, dx, n, columns, stride, edge, options);
}

export function logSumExpGradPasses(options: i32): i32 {
  return passes<LogSumExpGrad>(options);
}
