/**
 * The loops over rows: sums and maxima along an axis, and what follows from them.
 *
 * An array is [outer][axis][inner]; a row is what one pair of outer and inner index sees along the axis. An op is a few passes over
 * its rows with a state per column that stays in memory, so that rows can be fed in pieces, as many columns and as long a stretch of
 * the axis at a time as there is room for. The state depends on the order of the elements only, not on the pieces: the same bits
 * come out.
 *
 * inner > 1  four columns to a vector, one step of the axis after the other.
 * inner = 1  a row is four columns, every fourth element each, with their own maximum and sum, which are merged at the end of a pass. A
 *            piece is a multiple of 4 elements, but for the last one.
 * small      many short rows are transposed into a panel of columns, and back. Their sums are made of four too, so that a row is the same
 *            by itself.
 */
import { storeTail } from "./loops";
import { select, splat } from "./math/lanes";

/**
 * The state of four columns, 160 bytes: a float32 each (a maximum), a float64 each in two vectors (a sum, later what is made of it), 32
 * bits each (a count), four float32 each (what exponentials.ts makes of the maximum), and a float64 each (a sum of sums).
 */
const RECORD: usize = 160;
export const SUM_LOW: usize = 16;
export const SUM_HIGH: usize = 32;
export const COUNT: usize = 48;
export const BASE: usize = 64;
export const CENTRE: usize = 80;
export const DELTA: usize = 96;
export const LEAST: usize = 112;
const TOTAL_LOW: usize = 128;
const TOTAL_HIGH: usize = 144;

/** Columns that have room at a time. */
const COLUMNS: usize = 512;
export const STATE = memory.data(20480, 16);

/** Columns of a row: the lanes of a vector. */
const WIDTH: usize = 4;

/** Rows shorter than this are transposed: FEW or more of them where inner = 1, all where 1 < inner < NARROW. */
const SHORT: usize = 64;
const FEW: usize = 4;
const NARROW: usize = 16;
/** Room for transposed rows, of two inputs. */
const SCRATCH_BYTES: usize = 16384;
const SCRATCH_A = memory.data(16384, 16);
const SCRATCH_B = memory.data(16384, 16);

/** Bits of `edge`: the piece holds the first, the last elements of its rows, in the last pass only the first. */
const FIRST = 1;
const LAST = 2;

/** Three lanes set, four not: a mask of the first n lanes starts 3 - n lanes in. */
const MASKS = memory.data<i32>([-1, -1, -1, 0, 0, 0, 0]);

/** What kind of op: its number of passes, and */
const PASSES = 3;
/** whether it has two inputs, */
export const PAIRS = 4;
/** whether it gives one value per row, in the last pass. */
export const REDUCES = 8;

export abstract class Pass {
  /** Four elements of the one or two inputs and the state of their columns; the result, if the pass `writes`. */
  abstract visit(a: v128, b: v128, state: usize, flip: v128): v128;
}

/** Runs pass k over a panel. */
type Run = (k: i32, a: usize, b: usize, out: usize, steps: usize, columns: usize, stride: usize, flip: i32) => void;

/** Makes of the state, all elements seen, what the pass after k needs: for the first n (1 to 4) columns of a record. */
type Seal = (k: i32, state: usize, n: usize) => void;

/** An op that keeps the state as it is. */
export function unsealed(_k: i32, _state: usize, _n: usize): void {}

/** The first n (1 to 3) elements at p; the other lanes are 0. Like loops.ts it reads up to 12 bytes more. */
export function loadTail(p: usize, n: usize): v128 {
  return v128.and(v128.load(p), v128.load(MASKS + ((3 - n) << 2)));
}

/** The same, the other lanes an element that changes no sum and no maximum. */
function padded<P extends Pass>(p: usize, n: usize, flip: v128): v128 {
  if (isDefined(changetype<P>(0).pad)) {
    return select(v128.load(MASKS + ((3 - n) << 2)), v128.load(p), changetype<P>(0).pad(flip));
  }
  return loadTail(p, n);
}

/**
 * A pass over `steps` times `columns` elements, `stride` bytes from one step to the next. Stride 0 stands for a row: one step, whose
 * vectors share one record.
 */
export function panel<P extends Pass>(
  a: usize,
  b: usize,
  out: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  flipBits: i32,
): void {
  const f = changetype<P>(0);
  const flip = i32x4.splat(flipBits);
  const advance = stride ? RECORD : 0;
  const rest = columns & 3;
  const whole = (columns - rest) << 2;
  for (; steps > 0; steps--) {
    let state: usize = STATE;
    let p: usize = 0;
    if (isDefined(f.unrolled)) {
      for (; p + 48 < whole; p += 64) {
        const y0 = f.visit(v128.load(a + p), flip, state, flip);
        const y1 = f.visit(v128.load(a + p, 16), flip, state + advance, flip);
        const y2 = f.visit(v128.load(a + p, 32), flip, state + 2 * advance, flip);
        const y3 = f.visit(v128.load(a + p, 48), flip, state + 3 * advance, flip);
        v128.store(out + p, y0);
        v128.store(out + p, y1, 16);
        v128.store(out + p, y2, 32);
        v128.store(out + p, y3, 48);
        state += 4 * advance;
      }
    }
    if (!isDefined(f.rolled)) {
      for (; p < whole; p += 16) {
        const result = f.visit(v128.load(a + p), isDefined(f.pairs) ? v128.load(b + p) : flip, state, flip);
        if (isDefined(f.writes)) v128.store(out + p, result);
        state += advance;
      }
    }
    for (; p < columns << 2; p += 16) {
      const full = isDefined(f.rolled) ? p < whole : false;
      const first = full ? v128.load(a + p) : padded<P>(a + p, rest, flip);
      const second = !isDefined(f.pairs) ? flip : full ? v128.load(b + p) : loadTail(b + p, rest);
      const result = f.visit(first, second, state, flip);
      if (isDefined(f.writes)) {
        if (full) v128.store(out + p, result);
        else storeTail(out + p, result, rest);
      }
      state += advance;
    }
    a += stride;
    if (isDefined(f.pairs)) b += stride;
    if (isDefined(f.writes)) out += stride;
  }
}

/** Where the records of so many columns end. */
function recordsEnd(columns: usize): usize {
  return STATE + ((columns + 3) >> 2) * RECORD;
}

function reset(columns: usize): void {
  const end = recordsEnd(columns);
  for (let state: usize = STATE; state < end; state += RECORD) {
    v128.store(state, splat(-Infinity));
    v128.store(state, f64x2.splat(0), SUM_LOW);
    v128.store(state, f64x2.splat(0), SUM_HIGH);
    v128.store(state, f64x2.splat(0), COUNT);
    v128.store(state, f64x2.splat(0), TOTAL_LOW);
    v128.store(state, f64x2.splat(0), TOTAL_HIGH);
  }
}

/** Merges the four columns of a row: each becomes the whole. */
function merge(): void {
  let most = v128.load(STATE);
  most = f32x4.pmax(most, v128.shuffle<i64>(most, most, 1, 0));
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 1, 0, 3, 2));
  let sum = load<f64>(STATE, SUM_LOW) + load<f64>(STATE, SUM_LOW + 8);
  sum += load<f64>(STATE, SUM_HIGH);
  sum += load<f64>(STATE, SUM_HIGH + 8);
  let count = v128.load(STATE, COUNT);
  count = i32x4.add(count, v128.shuffle<i64>(count, count, 1, 0));
  count = i32x4.add(count, v128.shuffle<i32>(count, count, 1, 0, 3, 2));
  v128.store(STATE, most);
  v128.store(STATE, f64x2.splat(sum), SUM_LOW);
  v128.store(STATE, f64x2.splat(sum), SUM_HIGH);
  v128.store(STATE, count, COUNT);
}

/** Gives all columns of a row what a seal has made of the first one. */
function spread(): void {
  const sum = v128.load64_splat(STATE, SUM_LOW);
  v128.store(STATE, v128.load32_splat(STATE));
  v128.store(STATE, sum, SUM_LOW);
  v128.store(STATE, sum, SUM_HIGH);
}

/** Adds the sums to the totals and starts anew; the last time the totals become the sums. */
function addUp(columns: usize, last: bool): void {
  const end = recordsEnd(columns);
  for (let state: usize = STATE; state < end; state += RECORD) {
    const low = f64x2.add(v128.load(state, TOTAL_LOW), v128.load(state, SUM_LOW));
    const high = f64x2.add(v128.load(state, TOTAL_HIGH), v128.load(state, SUM_HIGH));
    v128.store(state, low, TOTAL_LOW);
    v128.store(state, high, TOTAL_HIGH);
    v128.store(state, last ? low : f64x2.splat(0), SUM_LOW);
    v128.store(state, last ? high : f64x2.splat(0), SUM_HIGH);
  }
}

function sealColumns(seal: Seal, k: i32, columns: usize): void {
  for (let column: usize = 0; column < columns; column += 4) {
    seal(k, STATE + (column >> 2) * RECORD, min(columns - column, 4));
  }
}

/**
 * Pass k over a piece: n steps of `columns` columns, `stride` elements from one step to the next. Stride 0 stands for inner = 1: n
 * elements of one row.
 */
export function part(
  run: Run,
  seal: Seal,
  k: i32,
  a: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  flip: i32,
): void {
  if (k === 0 && edge & FIRST) reset(columns);
  if (stride) run(k, a, b, out, n, columns, stride << 2, flip);
  else run(k, a, b, out, 1, n, 0, flip);
  if (!(edge & LAST)) return;
  if (stride) {
    sealColumns(seal, k, columns);
    return;
  }
  merge();
  seal(k, STATE, 1);
  spread();
}

/** Where column number c of [outer][axis][inner] starts. */
function columnAt(base: usize, c: usize, axis: usize, inner: usize): usize {
  const slab = c / inner;
  return base + ((slab * axis * inner + (c - slab * inner)) << 2);
}

/** Which way transpose() copies: from the array to the panel, or back. */
export abstract class Way {}
@final
class There extends Way {}
@final
class Back extends Way {
  @inline back(): bool {
    return true;
  }
}

/**
 * Copies columns first to last - 1 of an array, short ones, side by side to a panel, [axis][width], or back. The last column fills what is
 * left of a vector.
 */
function transpose<W extends Way>(
  array: usize,
  panel: usize,
  first: usize,
  last: usize,
  axis: usize,
  inner: usize,
  width: usize,
): void {
  const back = isDefined(changetype<W>(0).back);
  const row = width << 2;
  for (let c = first; c < last; c += 4) {
    let p0 = columnAt(array, c, axis, inner);
    let p1 = columnAt(array, min(c + 1, last - 1), axis, inner);
    let p2 = columnAt(array, min(c + 2, last - 1), axis, inner);
    let p3 = columnAt(array, min(c + 3, last - 1), axis, inner);
    let q = panel + ((c - first) << 2);
    let step: usize = 0;
    if (inner === 1) {
      for (; step + 4 <= axis; step += 4) {
        const q1 = q + row;
        const q2 = q1 + row;
        const q3 = q2 + row;
        const v0 = v128.load(back ? q : p0);
        const v1 = v128.load(back ? q1 : p1);
        const v2 = v128.load(back ? q2 : p2);
        const v3 = v128.load(back ? q3 : p3);
        const low01 = v128.shuffle<i32>(v0, v1, 0, 4, 1, 5);
        const low23 = v128.shuffle<i32>(v2, v3, 0, 4, 1, 5);
        const high01 = v128.shuffle<i32>(v0, v1, 2, 6, 3, 7);
        const high23 = v128.shuffle<i32>(v2, v3, 2, 6, 3, 7);
        v128.store(back ? p0 : q, v128.shuffle<i64>(low01, low23, 0, 2));
        v128.store(back ? p1 : q1, v128.shuffle<i64>(low01, low23, 1, 3));
        v128.store(back ? p2 : q2, v128.shuffle<i64>(high01, high23, 0, 2));
        v128.store(back ? p3 : q3, v128.shuffle<i64>(high01, high23, 1, 3));
        p0 += 16;
        p1 += 16;
        p2 += 16;
        p3 += 16;
        q = q3 + row;
      }
    }
    for (; step < axis; step++) {
      if (back) {
        const v = v128.load(q);
        v128.store_lane<f32>(p0, v, 0);
        v128.store_lane<f32>(p1, v, 1);
        v128.store_lane<f32>(p2, v, 2);
        v128.store_lane<f32>(p3, v, 3);
      } else {
        let v = v128.load32_zero(p0);
        v = v128.load_lane<f32>(p1, v, 1);
        v = v128.load_lane<f32>(p2, v, 2);
        v = v128.load_lane<f32>(p3, v, 3);
        v128.store(q, v);
      }
      p0 += inner << 2;
      p1 += inner << 2;
      p2 += inner << 2;
      p3 += inner << 2;
      q += row;
    }
  }
}

/** Rows that are transposed: all rows at once, a scratch full at a time. */
function shortRows(
  run: Run,
  seal: Seal,
  kind: i32,
  a: usize,
  b: usize,
  out: usize,
  count: usize,
  axis: usize,
  inner: usize,
  flip: i32,
): void {
  const passes = kind & PASSES;
  const room = min(COLUMNS, (SCRATCH_BYTES / 4 / axis) & ~3);
  const parts = min(axis, WIDTH);
  for (let first: usize = 0; first < count; first += room) {
    const last = min(first + room, count);
    const width = (last - first + 3) & ~3;
    const step = width << 2;
    transpose<There>(a, SCRATCH_A, first, last, axis, inner, width);
    if (kind & PAIRS) transpose<There>(b, SCRATCH_B, first, last, axis, inner, width);
    reset(width);
    for (let k = 0; k < passes; k++) {
      if (k + 2 === passes) {
        for (let i: usize = 0; i < parts; i++) {
          const at = i * step;
          const steps = (axis - i + WIDTH - 1) / WIDTH;
          run(k, SCRATCH_A + at, SCRATCH_B + at, SCRATCH_A + at, steps, width, WIDTH * step, flip);
          addUp(width, i + 1 === parts);
        }
      } else if (kind & REDUCES && k + 1 === passes) {
        run(k, SCRATCH_A, SCRATCH_B, out + (first << 2), 1, last - first, step, flip);
      } else {
        run(k, SCRATCH_A, SCRATCH_B, SCRATCH_A, axis, width, step, flip);
      }
      if (k + 1 < passes) sealColumns(seal, k, width);
    }
    if (!(kind & REDUCES)) transpose<Back>(out, SCRATCH_A, first, last, axis, inner, width);
  }
}

/** All rows of [outer][axis][inner] at once. Of two inputs b is the second; one that reduces writes one value per row. */
export function rows(
  run: Run,
  seal: Seal,
  kind: i32,
  a: usize,
  b: usize,
  out: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  flip: i32,
): void {
  const passes = kind & PASSES;
  if (axis < SHORT && (inner === 1 ? outer >= FEW : inner < NARROW)) {
    shortRows(run, seal, kind, a, b, out, outer * inner, axis, inner, flip);
    return;
  }
  const slab = (axis * inner) << 2;
  for (; outer > 0; outer--) {
    for (let column: usize = 0; column < inner; column += COLUMNS) {
      const at = column << 2;
      const columns = min(inner - column, COLUMNS);
      for (let k = 0; k < passes; k++) {
        const edge = k + 1 < passes ? FIRST | LAST : FIRST;
        const steps: usize = kind & REDUCES && k + 1 === passes ? 1 : axis;
        part(run, seal, k, a + at, b + at, out + at, steps, columns, inner === 1 ? 0 : inner, edge, flip);
      }
    }
    a += slab;
    b += slab;
    out += kind & REDUCES ? inner << 2 : slab;
  }
}

/** The maximum. NaN is passed over here: the sum will be NaN. */
@final
class Maximum extends Pass {
  @inline visit(x: v128, _b: v128, state: usize, flip: v128): v128 {
    v128.store(state, f32x4.pmax(v128.load(state), v128.xor(x, flip)));
    return x;
  }

  @inline pad(flip: v128): v128 {
    return v128.xor(splat(-Infinity), flip);
  }
}

/** The maximum per column; along a row with the state in registers, which halves the time. */
export function maximum(x: usize, steps: usize, columns: usize, stride: usize, flipBits: i32): void {
  if (stride === 0) {
    const flip = i32x4.splat(flipBits);
    let m0 = v128.load(STATE);
    let m1 = m0;
    let m2 = m0;
    let m3 = m0;
    for (; columns >= 16; columns -= 16) {
      m0 = f32x4.pmax(m0, v128.xor(v128.load(x), flip));
      m1 = f32x4.pmax(m1, v128.xor(v128.load(x, 16), flip));
      m2 = f32x4.pmax(m2, v128.xor(v128.load(x, 32), flip));
      m3 = f32x4.pmax(m3, v128.xor(v128.load(x, 48), flip));
      x += 64;
    }
    v128.store(STATE, f32x4.pmax(f32x4.pmax(m0, m1), f32x4.pmax(m2, m3)));
  }
  panel<Maximum>(x, 0, 0, steps, columns, stride, flipBits);
}

/** A pass that adds two float64 each to the sums. */
export abstract class Sums<Self extends Sums<Self>> extends Pass {
  abstract lower(a: v128, b: v128): v128;
  abstract upper(a: v128, b: v128): v128;

  @inline visit(a: v128, b: v128, state: usize, _flip: v128): v128 {
    const f = changetype<Self>(0);
    v128.store(state, f64x2.add(v128.load(state, SUM_LOW), f.lower(a, b)), SUM_LOW);
    v128.store(state, f64x2.add(v128.load(state, SUM_HIGH), f.upper(a, b)), SUM_HIGH);
    return a;
  }
}

/** The sums per column; along a row with the state in registers. */
export function sums<S extends Sums<S>>(a: usize, b: usize, steps: usize, columns: usize, stride: usize): void {
  if (stride === 0) {
    const f = changetype<S>(0);
    let lower = v128.load(STATE, SUM_LOW);
    let upper = v128.load(STATE, SUM_HIGH);
    for (; columns >= 4; columns -= 4) {
      const first = v128.load(a);
      const second = isDefined(f.pairs) ? v128.load(b) : first;
      lower = f64x2.add(lower, f.lower(first, second));
      upper = f64x2.add(upper, f.upper(first, second));
      a += 16;
      b += 16;
    }
    v128.store(STATE, lower, SUM_LOW);
    v128.store(STATE, upper, SUM_HIGH);
  }
  panel<S>(a, b, 0, steps, columns, stride, 0);
}
