/** Hardmax and sparsemax along one row. */
import type { FloatArray } from "../model/arrays.ts";
import type { RowFormula } from "../model/row.ts";
import { maximumOf } from "./rows.ts";

function fill(out: FloatArray, start: number, end: number, stride: number, value: number): void {
  for (let i = start; i < end; i += stride) out[i] = value;
}

/** 1 at the first maximum. */
export const hardmaxRow: RowFormula = (x, _, out, start, count, stride) => {
  const end = start + count * stride;
  const max = maximumOf(x, start, end, stride);
  if (!Number.isFinite(max)) {
    fill(out, start, end, stride, Number.NaN);
    return;
  }
  let first = start;
  while (x[first] !== max) first += stride;
  fill(out, start, end, stride, 0);
  out[first] = 1;
};

/** A sum, what it has lost, and how many terms it has. */
class Sum {
  #sum = 0;
  #lost = 0;
  #count = 0;

  /** Adds a number and what that has lost. */
  add(d: number, lost: number): void {
    const next = this.#sum + d;
    const part = next - this.#sum;
    this.#lost += this.#sum - (next - part) + (d - part) + lost;
    this.#sum = next;
    this.#count++;
  }

  /** (sum - from) / count, as a number and what that has lost. */
  quotient(from: number): [quotient: number, lost: number] {
    const all = this.#sum - from;
    const part = all - this.#sum;
    const lost = this.#sum - (all - part) + (-from - part) + this.#lost;
    const quotient = all / this.#count;
    // Of 26 bits: its product with the count is exact, and so is that of the rest.
    const wide = quotient * 134217729;
    const upper = wide - (wide - quotient);
    const rest = (all - upper * this.#count - (quotient - upper) * this.#count + lost) / this.#count;
    return [quotient, Number.isFinite(rest) ? rest : 0];
  }
}

/** What x - m loses in d. */
function lostIn(d: number, x: number, m: number): number {
  const part = d - x;
  return x - (d - part) + (-m - part);
}

/**
 * max(x - tau, 0), tau such that the sum is 1. Newton's steps for tau, relative to the maximum:
 * each from the sum over the support of the last one, beginning below the root. The support shrinks
 * until it stays.
 */
export const sparsemaxRow: RowFormula = (x, _, out, start, count, stride) => {
  const end = start + count * stride;
  const max = maximumOf(x, start, end, stride);
  if (!Number.isFinite(max)) {
    fill(out, start, end, stride, Number.NaN);
    return;
  }
  let before = Number.NEGATIVE_INFINITY;
  let tau = -1;
  let lost = 0;
  while (tau > before) {
    const sum = new Sum();
    for (let i = start; i < end; i += stride) {
      const xi = x[i] as number;
      const d = xi - max;
      if (d > tau) sum.add(d, lostIn(d, xi, max));
    }
    before = tau;
    [tau, lost] = sum.quotient(1);
  }
  for (let i = start; i < end; i += stride) {
    const xi = x[i] as number;
    const d = xi - max;
    out[i] = d >= tau ? Math.max(d - tau + (lostIn(d, xi, max) - lost), 0) : 0;
  }
};

/** dy less its mean over the support, 0 elsewhere. */
export const sparsemaxGradRow: RowFormula = (dy, y, dx, start, count, stride) => {
  const end = start + count * stride;
  const sum = new Sum();
  for (let i = start; i < end; i += stride) if (y[i] !== 0) sum.add(dy[i] as number, 0);
  const [mean, lost] = sum.quotient(0);
  for (let i = start; i < end; i += stride) {
    const yi = y[i] as number;
    dx[i] = yi === 0 ? 0 : Number.isNaN(yi) ? yi : (dy[i] as number) - mean - lost;
  }
};
