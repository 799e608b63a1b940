/**
 * One pass of an op over a piece of rows: as many columns, and as long a stretch of the axis, as a
 * host has room for.
 */
import { select, splat } from "./math/lanes";
import { LAST_A, LAST_B, RECORD, STATE, signed } from "./panel";
import { merge, reset, spread } from "./records";
import { FIRST, LAST, PAIRS, READS_OUT } from "./traffic";

/**
 * Steps after which the next columns have their turn. Of wide steps fewer than a cache has ways:
 * they may be a large power of two.
 */
const BLOCK: usize = 16;
const WIDE_BLOCK: usize = 8;
const WIDE: usize = 1024;

/** Three lanes set, four not: a mask of the first n lanes starts 3 - n lanes in. */
const MASKS = memory.data<i32>([-1, -1, -1, 0, 0, 0, 0]);

export type Run = (
  k: i32,
  a: usize,
  b: usize,
  out: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  split: bool,
  tail: usize,
) => void;

/** Makes of the record of n columns (1 to 4), all elements seen, what the pass after k needs. */
export type Seal = (k: i32, record: usize, n: usize) => void;

export function sealColumns(seal: Seal, k: i32, columns: usize): void {
  for (let column: usize = 0; column < columns; column += 4) {
    seal(k, STATE + (column >> 2) * RECORD, min(columns - column, 4));
  }
}

/** The first n (1 to 3) elements at p; the other lanes are 0. */
export function loadTail(p: usize, n: usize): v128 {
  return filled(p, n, splat(0));
}

/** The first n (1 to 3) lanes, and `rest`. Like loops.ts it reads up to 12 bytes more. */
function filled(p: usize, n: usize, rest: v128): v128 {
  return select(v128.load(MASKS + ((3 - n) << 2)), v128.load(p), rest);
}

/**
 * Pass k over n elements of one row. The last vector is filled up with what changes no sum and no
 * maximum.
 */
function along(run: Run, traffic: i32, k: i32, a: usize, b: usize, out: usize, n: usize): void {
  const tail = n & 3;
  if (tail) {
    const at = (n - tail) << 2;
    const source = (traffic >> (k << 2)) & READS_OUT ? out : a;
    v128.store(LAST_A, filled(source + at, tail, traffic & PAIRS ? splat(0) : signed(splat(-Infinity))));
    if (traffic & PAIRS) v128.store(LAST_B, loadTail(b + at, tail));
  }
  run(k, a, b, out, n >> 2, 4, 16, false, tail);
}

/** The same over n steps of some columns. */
function across(run: Run, k: i32, a: usize, b: usize, out: usize, n: usize, columns: usize, stride: usize): void {
  for (; n > 0; ) {
    const steps = min(n, stride > WIDE ? WIDE_BLOCK : BLOCK);
    run(k, a, b, out, steps, columns, stride, false, 0);
    const bytes = steps * stride;
    n -= steps;
    a += bytes;
    b += bytes;
    out += bytes;
  }
}

/**
 * Pass k over a piece: n steps of `columns` columns, `stride` elements from one step to the next.
 * Stride 0 stands for inner = 1: n elements of one row.
 */
export function piece(
  run: Run,
  seal: Seal,
  traffic: i32,
  k: i32,
  a: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): void {
  if (k === 0 && edge & FIRST) reset(stride ? columns : 4, !stride);
  if (stride) across(run, k, a, b, out, n, columns, stride << 2);
  else along(run, traffic, k, a, b, out, n);
  if (!(edge & LAST)) return;
  if (stride) {
    sealColumns(seal, k, columns);
    return;
  }
  merge();
  seal(k, STATE, 1);
  spread();
}
