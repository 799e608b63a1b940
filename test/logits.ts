/**
 * What the tests of the options of logits share: the steps one after the other, and every
 * combination of them.
 */
import type { Layout, RowOptions } from "./row-module.ts";
import { random, randomArray } from "./shaped.ts";

/** The indices of the elements of each row, in the order of logSumExp's values. */
export function rowsOf({ outer, axis, inner }: Layout): number[][] {
  return Array.from({ length: outer * inner }, (_, row) => {
    const start = Math.floor(row / inner) * axis * inner + (row % inner);
    return Array.from({ length: axis }, (_, k) => start + k * inner);
  });
}

/** scale, bias and mask done one after the other. */
export function adjusted(x: Float32Array, layout: Layout, { scale = 1, bias, mask }: RowOptions): Float32Array {
  const s = new Float32Array(x.length);
  const at = (array: ArrayLike<number>, i: number, k: number) => array[array.length === x.length ? i : k] as number;
  for (const row of rowsOf(layout)) {
    row.forEach((i, k) => {
      const scaled = Math.fround(Math.fround(scale) * (x[i] as number));
      const shifted = bias ? Math.fround(scaled + at(bias, i, k)) : scaled;
      s[i] = mask && at(mask, i, k) === 0 ? -Infinity : shifted;
    });
  }
  return s;
}

/** A sum in float64 with the digits that it loses. */
export function sumOf(terms: readonly number[]): number {
  let sum = 0;
  let lost = 0;
  for (const term of terms) {
    const next = sum + term;
    lost += Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum;
    sum = next;
  }
  return sum + lost;
}

export const OPS = ["softmax", "logSoftmax", "logSumExp"] as const;

/** One row of s, whatever is to be left out at -Infinity. */
export function reference(
  op: (typeof OPS)[number],
  s: readonly number[],
  sink: number | undefined,
  zero: boolean,
): number[] {
  const all = sink === undefined ? s : [...s, sink];
  const max = all.reduce((most, v) => (Number.isNaN(v) ? v : Math.max(most, v)), -Infinity);
  const isEmpty = max === -Infinity;
  if (op === "logSumExp") {
    if (isEmpty || !Number.isFinite(max)) return [max];
    return [max + Math.log1p(sumOf(all.map((v) => Math.exp(v - max)).concat(-1)))];
  }
  if (isEmpty && (zero || sink !== undefined)) return s.map(() => (op === "softmax" ? 0 : -Infinity));
  if (!Number.isFinite(max)) return s.map(() => Number.NaN);
  const rest = sumOf([...all.map((v) => Math.exp(v - max)), -1]);
  return s.map((v) => (op === "softmax" ? Math.exp(v - max) / (1 + rest) : v - max - Math.log1p(rest)));
}

/** A mask that leaves out a third, and the whole of some rows. */
function maskOf(length: number, seed: number): Uint8Array {
  const next = random(seed);
  return Uint8Array.from({ length }, () => (next() < 0.35 ? 0 : 1 + Math.floor(next() * 255)));
}

/** Every combination of them, for one layout. */
export function combinations({ outer, axis, inner }: Layout): RowOptions[] {
  const n = outer * axis * inner;
  const all: RowOptions[] = [];
  for (const scale of [1, 0.37, -2]) {
    for (const bias of [undefined, randomArray(n, 9, 3), randomArray(axis, 9, 4)]) {
      for (const mask of [undefined, maskOf(n, 5), maskOf(axis, 6), new Uint8Array(axis)]) {
        for (const sink of [undefined, 0, randomArray(outer * inner, 12, 7)]) {
          for (const empty of ["nan", "zero"] as const) {
            all.push({
              scale,
              ...(bias && { bias }),
              ...(mask && { mask }),
              ...(sink !== undefined && { sink }),
              empty,
            });
          }
        }
      }
    }
  }
  return all;
}
