/**
 * logSumExp(x) = ln sum e^(x_i) = m + ln(1 + rest), rest = sum of e^(x_j - m) over all but one of the maxima m: one value per row.
 *
 * Method   Float64 throughout: m and the logarithm may cancel.
 * Special  a row that is -Infinity throughout, or empty, gives -Infinity, one that holds Infinity Infinity, NaN NaN.
 * Error    0.51 ULP where the result is above 1e-6.
 */
import { splat } from "../math/lanes";
import { high, low, Wide } from "../math/wide";
import { COUNT, maximum, Pass, panel, part, REDUCES, rows, SUM_HIGH, SUM_LOW } from "../rows";

/** The sum of e^(x - m) where x < m, and how often x = m. */
@final
class WideRest extends Pass {
  @inline visit(x: v128, _b: v128, state: usize, _flip: v128): v128 {
    const m = v128.load(state);
    const top = f32x4.eq(x, m);
    const lower = v128.andnot(Wide.fullExp(f64x2.sub(low(x), low(m))), v128.shuffle<i32>(top, top, 0, 0, 1, 1));
    const upper = v128.andnot(Wide.fullExp(f64x2.sub(high(x), high(m))), v128.shuffle<i32>(top, top, 2, 2, 3, 3));
    v128.store(state, f64x2.add(v128.load(state, SUM_LOW), lower), SUM_LOW);
    v128.store(state, f64x2.add(v128.load(state, SUM_HIGH), upper), SUM_HIGH);
    v128.store(state, i32x4.sub(v128.load(state, COUNT), top), COUNT);
    return x;
  }

  @inline pad(_flip: v128): v128 {
    return splat(-Infinity);
  }

  @inline rolled(): bool {
    return true;
  }
}

/** What the state holds in the place of the maximum. */
@final
class Answer extends Pass {
  @inline visit(_a: v128, _b: v128, state: usize, _flip: v128): v128 {
    return v128.load(state);
  }

  @inline writes(): bool {
    return true;
  }
}

function logSumExpRun(
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
  else if (k === 1) panel<WideRest>(x, 0, 0, steps, columns, stride, 0);
  else panel<Answer>(out, 0, out, steps, columns, stride, 0);
}

function logSumExpSeal(k: i32, state: usize, n: usize): void {
  if (k === 0) return;
  for (let i: usize = 0; i < n; i++) {
    const m = <f64>load<f32>(state + (i << 2));
    const rest = load<f64>(state + (i << 3), SUM_LOW) + <f64>(load<i32>(state + (i << 2), COUNT) - 1);
    store<f32>(state + (i << 2), <f32>(m + NativeMath.log1p(rest)));
  }
}

export function logSumExp(x: usize, _b: usize, out: usize, outer: usize, axis: usize, inner: usize): void {
  rows(logSumExpRun, logSumExpSeal, 3 | REDUCES, x, x, out, outer, axis, inner, 0);
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
  part(logSumExpRun, logSumExpSeal, k, x, b, out, n, columns, stride, edge, 0);
}
