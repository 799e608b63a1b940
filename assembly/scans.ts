/**
 * Ops along an axis that look at one element after the other, with a state of 32 bytes for each
 * column.
 *
 * As in rows.ts an array is [outer][axis][inner] and can be fed in pieces. A pass may be asked for
 * again: its seal says so.
 */
import { NONE } from "./math/lanes";
import { COLUMNS, STATE } from "./panel";
import { FIRST, LAST, WRITES } from "./traffic";

const SIZE: usize = 32;

/** An op: its methods are given the number of the pass. */
export abstract class Scan {
  /** What its passes read and write. */
  abstract traffic(): i32;

  /** Makes the state of a column ready. */
  abstract start(state: usize): void;

  /** Looks at an element of a column; what it becomes counts in the last pass. */
  abstract value(k: i32, state: usize, a: f32, b: f32): f32;

  /**
   * True where four elements of a column change nothing, and become 0: then they count as looked
   * at.
   */
  abstract skips(k: i32, state: usize, a: v128): bool;

  /** Ends a pass of a column; true where it is to be done again. */
  abstract seal(k: i32, state: usize): bool;
}

/** Pass k over n elements of one row. */
function along<Op extends Scan>(k: i32, writes: bool, a: usize, b: usize, out: usize, n: usize): void {
  const op = changetype<Op>(0);
  const bytes = n << 2;
  for (let i: usize = 0; i < bytes; ) {
    if (i + 16 <= bytes && op.skips(k, STATE, v128.load(a + i))) {
      if (writes) v128.store(out + i, NONE);
      i += 16;
      continue;
    }
    const y = op.value(k, STATE, load<f32>(a + i), load<f32>(b + i));
    if (writes) store<f32>(out + i, y);
    i += 4;
  }
}

/** Pass k over n steps of some columns, `stride` bytes from one to the next. */
function across<Op extends Scan>(
  k: i32,
  writes: bool,
  a: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
): void {
  for (; n > 0; n--) {
    for (let column: usize = 0; column < columns; column++) {
      const i = column << 2;
      const y = changetype<Op>(0).value(k, STATE + column * SIZE, load<f32>(a + i), load<f32>(b + i));
      if (writes) store<f32>(out + i, y);
    }
    a += stride;
    b += stride;
    out += stride;
  }
}

/** Pass k over a piece, as part() of rows.ts; true where the pass is to be done again. */
export function scanPart<Op extends Scan>(
  k: i32,
  a: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): bool {
  const op = changetype<Op>(0);
  const count = stride ? columns : 1;
  const writes = !!((op.traffic() >> (k << 2)) & WRITES);
  if (k === 0 && edge & FIRST) {
    for (let column: usize = 0; column < count; column++) op.start(STATE + column * SIZE);
  }
  if (stride) across<Op>(k, writes, a, b, out, n, columns, stride << 2);
  else along<Op>(k, writes, a, b, out, n);
  let again = false;
  if (edge & LAST) {
    for (let column: usize = 0; column < count; column++) if (op.seal(k, STATE + column * SIZE)) again = true;
  }
  return again;
}

/** All rows of [outer][axis][inner]. */
export function scanRows<Op extends Scan>(
  a: usize,
  b: usize,
  out: usize,
  outer: usize,
  axis: usize,
  inner: usize,
): void {
  const traffic = changetype<Op>(0).traffic();
  const slab = (axis * inner) << 2;
  const stride: usize = inner === 1 ? 0 : inner;
  for (; outer > 0; outer--) {
    for (let column: usize = 0; column < inner; column += COLUMNS) {
      const at = column << 2;
      const columns = min(inner - column, COLUMNS);
      for (let k = 0; traffic >> (k << 2); k++) {
        while (scanPart<Op>(k, a + at, b + at, out + at, axis, columns, stride, FIRST | LAST)) {}
      }
    }
    a += slab;
    b += slab;
    out += slab;
  }
}
