/**
 * logSumExp(x) = ln sum e^(x_i) = m + ln(1 + rest), rest = sum of e^(x_j - m) over all but one of the maxima m: one value per row.
 *
 * Method   Float64 throughout: m and the logarithm may cancel.
 * Special  a row that is -Infinity throughout, or empty, gives -Infinity, one that holds Infinity Infinity, NaN NaN.
 * Error    0.51 ULP where the result is above 1e-6.
 */
import { splat } from "../math/lanes";
import { high, low, Wide } from "../math/wide";
import { COUNT, Pass, PEAK, SUM_LOW } from "../panel";
import { Maximum, part, passes, Rows, rows } from "../rows";

/** The sum of e^(x - m) where x < m, and how often x = m. */
@final
class WideRest extends Pass {
  @inline value(x: v128, _b: v128, _k0: v128, _k1: v128, _k2: v128, _k3: v128): v128 {
    return x;
  }

  @inline flips(): bool {
    return true;
  }

  @inline counts(): bool {
    return true;
  }

  @inline sums(): bool {
    return true;
  }

  @inline lower(x: v128, _b: v128, peak: v128): v128 {
    return Wide.fullExp(f64x2.sub(low(x), low(f32x4.pmax(peak, splat(-f32.MAX_VALUE)))));
  }

  @inline upper(x: v128, _b: v128, peak: v128): v128 {
    return Wide.fullExp(f64x2.sub(high(x), high(f32x4.pmax(peak, splat(-f32.MAX_VALUE)))));
  }
}

/** What the record holds in the place of the maximum. */
@final
class Answer extends Pass {
  @inline value(peak: v128, _b: v128, _k0: v128, _k1: v128, _k2: v128, _k3: v128): v128 {
    return peak;
  }

  @inline idle(): bool {
    return true;
  }

  @inline writes(): bool {
    return true;
  }
}

@final
class LogSumExp extends Rows<Maximum, WideRest, Answer> {
  @inline seal(k: i32, record: usize, n: usize): void {
    if (k === 0) return;
    for (let i: usize = 0; i < n; i++) {
      const m = <f64>load<f32>(record + (i << 2), PEAK);
      const rest = load<f64>(record + (i << 3), SUM_LOW) + <f64>(load<i32>(record + (i << 2), COUNT) - 1);
      store<f32>(record + (i << 2), <f32>(m + NativeMath.log1p(rest)), PEAK);
    }
  }
}

export function logSumExp(x: usize, b: usize, out: usize, outer: usize, axis: usize, inner: usize): void {
  rows<LogSumExp>(x, b, out, outer, axis, inner);
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
): void {
  part<LogSumExp>(k, x, b, out, n, columns, stride, edge);
}

export function logSumExpPasses(): i32 {
  return passes<LogSumExp>();
}
