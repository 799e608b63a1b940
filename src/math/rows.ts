/** Softmax and its kin along one row, in float64. */
import type { FloatArray } from "../model/arrays.ts";
import type { RowFormula, RowTerms } from "../model/row.ts";

/** A call without options. */
const NO_TERMS: RowTerms = { scale: 1, sink: undefined, zero: false };

/**
 * Exponentials of a row of up to this length are kept for the division; of a longer one they are
 * computed again.
 */
const KEPT = 65536;
let kept: Float64Array | undefined;

/** Whether a row of this maximum has no elements, and a result all the same. */
function isBlank(max: number, { sink, zero }: RowTerms): boolean {
  return max === -Infinity && (zero || sink !== undefined);
}

/** The maximum of sign x and of a sink; NaN where the row holds NaN. */
export function maximumOf(
  x: FloatArray,
  start: number,
  end: number,
  stride: number,
  sink = -Infinity,
  sign: 1 | -1 = 1,
): number {
  let max = sink;
  for (let i = start; i < end; i += stride) max = Math.max(max, sign * (x[i] as number));
  return max;
}

/** softmax of sign x, times `factor`. */
function spread(
  x: FloatArray,
  out: FloatArray,
  start: number,
  count: number,
  stride: number,
  terms: RowTerms,
  sign: 1 | -1,
  factor: number,
): void {
  const { sink } = terms;
  const end = start + count * stride;
  const max = maximumOf(x, start, end, stride, sink, sign);
  if (isBlank(max, terms)) {
    for (let i = start; i < end; i += stride) out[i] = 0 * factor;
    return;
  }
  let sum = sink === undefined ? 0 : Math.exp(sink - max);
  if (count > KEPT) {
    for (let i = start; i < end; i += stride) sum += Math.exp(sign * (x[i] as number) - max);
    for (let i = start; i < end; i += stride) out[i] = (factor * Math.exp(sign * (x[i] as number) - max)) / sum;
    return;
  }
  kept ??= new Float64Array(KEPT);
  for (let i = start, k = 0; i < end; i += stride, k++) {
    const term = Math.exp(sign * (x[i] as number) - max);
    kept[k] = term;
    sum += term;
  }
  for (let i = start, k = 0; i < end; i += stride, k++) out[i] = (factor * (kept[k] as number)) / sum;
}

/** softmax of sign x. */
function soft(sign: 1 | -1): RowFormula {
  return (x, _, out, start, count, stride, _at, terms = NO_TERMS) =>
    spread(x, out, start, count, stride, terms, sign, 1);
}

export const softmaxRow: RowFormula = /* @__PURE__ */ soft(1);
export const softminRow: RowFormula = /* @__PURE__ */ soft(-1);

/**
 * The maximum of a row and its sink, and the sum of e^(x - max) over all but one of those that
 * reach it.
 */
function peakOf(
  x: FloatArray,
  start: number,
  end: number,
  stride: number,
  { sink }: RowTerms,
): { max: number; rest: number } {
  const max = maximumOf(x, start, end, stride, sink);
  let rest = 0;
  let peaks = 0;
  if (sink === max) peaks++;
  else if (sink !== undefined) rest += Math.exp(sink - max);
  for (let i = start; i < end; i += stride) {
    const xi = x[i] as number;
    if (xi === max) peaks++;
    else rest += Math.exp(xi - max);
  }
  return { max, rest: rest + (peaks - 1) };
}

export const logSoftmaxRow: RowFormula = (x, _, out, start, count, stride, _at, terms = NO_TERMS) => {
  const end = start + count * stride;
  const { max, rest } = peakOf(x, start, end, stride, terms);
  if (isBlank(max, terms)) {
    for (let i = start; i < end; i += stride) out[i] = -Infinity;
    return;
  }
  // Infinity less itself is NaN, for the whole row.
  const log = Math.log1p(rest) + (max - max);
  for (let i = start; i < end; i += stride) out[i] = (x[i] as number) - max - log;
};

export const logSumExpRow: RowFormula = (x, _, out, start, count, stride, at, terms = NO_TERMS) => {
  const { max, rest } = peakOf(x, start, start + count * stride, stride, terms);
  out[at] = max + Math.log1p(rest);
};

/** scale dy softmax(x), dy of one value per row. */
export const logSumExpGradRow: RowFormula = (x, dy, dx, start, count, stride, at, terms = NO_TERMS) =>
  spread(x, dx, start, count, stride, terms, 1, terms.scale * (dy[at] as number));

/** sign scale y (dy - sum dy y) */
function softGrad(sign: 1 | -1): RowFormula {
  return (dy, y, dx, start, count, stride, _at, { scale } = NO_TERMS) => {
    const end = start + count * stride;
    const factor = sign * scale;
    let sum = 0;
    for (let i = start; i < end; i += stride) sum += (dy[i] as number) * (y[i] as number);
    for (let i = start; i < end; i += stride) dx[i] = factor * (y[i] as number) * ((dy[i] as number) - sum);
  };
}

export const softmaxGradRow: RowFormula = /* @__PURE__ */ softGrad(1);
export const softminGradRow: RowFormula = /* @__PURE__ */ softGrad(-1);

/**
 * e^300 is beyond float32 times any two float32 but 0, and yet no product of them is beyond
 * float64: times 0 it is 0.
 */
const BEYOND = 300;

/** scale (dy - e^y sum dy) */
export const logSoftmaxGradRow: RowFormula = (dy, y, dx, start, count, stride, _at, { scale } = NO_TERMS) => {
  const end = start + count * stride;
  let sum = 0;
  for (let i = start; i < end; i += stride) sum += dy[i] as number;
  for (let i = start; i < end; i += stride) {
    dx[i] = scale * ((dy[i] as number) - Math.exp(Math.min(y[i] as number, BEYOND)) * sum);
  }
};
