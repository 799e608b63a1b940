/** Softmax and its kin along one row, in float64. */
import type { RowFormula } from "../model/row.ts";
import { factorExp } from "./vanished.ts";

/** Exponentials of a row of up to this length are kept for the division; of a longer one they are computed again. */
const KEPT = 65536;
let kept: Float64Array | undefined;

/** softmax of sign x. */
function soft(sign: 1 | -1): RowFormula {
  return (x, _, out, start, count, stride) => {
    const end = start + count * stride;
    let max = -Infinity;
    for (let i = start; i < end; i += stride) max = Math.max(max, sign * (x[i] as number));
    let sum = 0;
    if (count > KEPT) {
      for (let i = start; i < end; i += stride) sum += Math.exp(sign * (x[i] as number) - max);
      for (let i = start; i < end; i += stride) out[i] = Math.exp(sign * (x[i] as number) - max) / sum;
      return;
    }
    kept ??= new Float64Array(KEPT);
    for (let i = start, k = 0; i < end; i += stride, k++) {
      const term = Math.exp(sign * (x[i] as number) - max);
      kept[k] = term;
      sum += term;
    }
    for (let i = start, k = 0; i < end; i += stride, k++) out[i] = (kept[k] as number) / sum;
  };
}

export const softmaxRow: RowFormula = /* @__PURE__ */ soft(1);
export const softminRow: RowFormula = /* @__PURE__ */ soft(-1);

/** The maximum of a row, and the sum of e^(x - max) over all elements but one of those that reach it. */
function peakOf(x: Float32Array, start: number, end: number, stride: number): { max: number; rest: number } {
  let max = -Infinity;
  for (let i = start; i < end; i += stride) max = Math.max(max, x[i] as number);
  let rest = 0;
  let peaks = 0;
  for (let i = start; i < end; i += stride) {
    const xi = x[i] as number;
    if (xi === max) peaks++;
    else rest += Math.exp(xi - max);
  }
  return { max, rest: rest + (peaks - 1) };
}

export const logSoftmaxRow: RowFormula = (x, _, out, start, count, stride) => {
  const end = start + count * stride;
  const { max, rest } = peakOf(x, start, end, stride);
  // Infinity less itself is NaN, for the whole row.
  const log = Math.log1p(rest) + (max - max);
  for (let i = start; i < end; i += stride) out[i] = (x[i] as number) - max - log;
};

export const logSumExpRow: RowFormula = (x, _, out, start, count, stride, at) => {
  const { max, rest } = peakOf(x, start, start + count * stride, stride);
  out[at] = max + Math.log1p(rest);
};

/** sign y (dy - sum dy y) */
function softGrad(sign: 1 | -1): RowFormula {
  return (dy, y, dx, start, count, stride) => {
    const end = start + count * stride;
    let sum = 0;
    for (let i = start; i < end; i += stride) sum += (dy[i] as number) * (y[i] as number);
    for (let i = start; i < end; i += stride) dx[i] = sign * (y[i] as number) * ((dy[i] as number) - sum);
  };
}

export const softmaxGradRow: RowFormula = /* @__PURE__ */ softGrad(1);
export const softminGradRow: RowFormula = /* @__PURE__ */ softGrad(-1);

export const logSoftmaxGradRow: RowFormula = (dy, y, dx, start, count, stride) => {
  const end = start + count * stride;
  let sum = 0;
  for (let i = start; i < end; i += stride) sum += dy[i] as number;
  for (let i = start; i < end; i += stride) dx[i] = (dy[i] as number) - factorExp(y[i] as number) * sum;
};
