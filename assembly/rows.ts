/**
 * The loops over rows: sums and maxima along an axis, and what follows from them.
 *
 * An array is [outer][axis][inner]; a row is what one pair of outer and inner index sees along the axis. An op is a few passes over
 * its rows with a state per column that stays in memory, so that rows can be fed in pieces, as many columns and as long a stretch of
 * the axis at a time as there is room for. The state depends on the order of the elements only, not on the pieces: the same bits
 * come out.
 *
 * inner > 1  four columns to a vector, one step of the axis after the other.
 * inner = 1  a row is laid out as steps of 16 elements: it has 16 columns, each with its own maximum and sum, which are merged at the
 *            end of a pass. A piece is a multiple of 16 elements, but for the last one.
 * small      where axis and inner are both small many rows are transposed into a panel of columns, and back.
 */
import { storeTail } from "./loops";
import { select, splat } from "./math/lanes";

/**
 * The state of four columns, 96 bytes: a float32 each (a maximum), a float64 each in two vectors (a sum, later what is made of it), 32
 * bits each (a count), and two float32 each (the maximum as exponentials.ts splits it).
 */
const RECORD: usize = 96;
export const SUM_LOW: usize = 16;
export const SUM_HIGH: usize = 32;
export const COUNT: usize = 48;
export const BASE: usize = 64;
export const CENTRE: usize = 80;

/** Columns that have room at a time. */
const COLUMNS: usize = 512;
export const STATE = memory.data(12288, 16);

/** Elements of a step where inner = 1. */
const WIDTH: usize = 16;

/** Rows shorter than this, with less than WIDTH others beside them, are transposed. */
const SHORT: usize = 32;
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
 * A pass over `steps` times `columns` elements, `stride` bytes from one step to the next; stride 0 stands for a row, whose columns are one
 * in the end.
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
  if (stride === 0) stride = WIDTH << 2;
  if (isDefined(f.unrolled)) {
    if (columns === WIDTH) {
      for (; steps > 0; steps--) {
        const y0 = f.visit(v128.load(a), flip, STATE, flip);
        const y1 = f.visit(v128.load(a, 16), flip, STATE + RECORD, flip);
        const y2 = f.visit(v128.load(a, 32), flip, STATE + 2 * RECORD, flip);
        const y3 = f.visit(v128.load(a, 48), flip, STATE + 3 * RECORD, flip);
        v128.store(out, y0);
        v128.store(out, y1, 16);
        v128.store(out, y2, 32);
        v128.store(out, y3, 48);
        a += stride;
        out += stride;
      }
      return;
    }
  }
  const rest = columns & 3;
  const whole = (columns - rest) << 2;
  for (; steps > 0; steps--) {
    let state: usize = STATE;
    let p: usize = 0;
    if (!isDefined(f.rolled)) {
      for (; p < whole; p += 16) {
        const result = f.visit(v128.load(a + p), isDefined(f.pairs) ? v128.load(b + p) : flip, state, flip);
        if (isDefined(f.writes)) v128.store(out + p, result);
        state += RECORD;
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
      state += RECORD;
    }
    a += stride;
    if (isDefined(f.pairs)) b += stride;
    if (isDefined(f.writes)) out += stride;
  }
}

function reset(columns: usize): void {
  const end = STATE + ((columns + 3) >> 2) * RECORD;
  for (let state: usize = STATE; state < end; state += RECORD) {
    v128.store(state, splat(-Infinity));
    v128.store(state, f64x2.splat(0), SUM_LOW);
    v128.store(state, f64x2.splat(0), SUM_HIGH);
    v128.store(state, f64x2.splat(0), COUNT);
  }
}

/** Merges all columns of a row into the first one. */
function merge(): void {
  let most = v128.load(STATE);
  let low = v128.load(STATE, SUM_LOW);
  let high = v128.load(STATE, SUM_HIGH);
  let count = v128.load(STATE, COUNT);
  for (let i: usize = 1; i < WIDTH / 4; i++) {
    const state = STATE + i * RECORD;
    most = f32x4.pmax(most, v128.load(state));
    low = f64x2.add(low, v128.load(state, SUM_LOW));
    high = f64x2.add(high, v128.load(state, SUM_HIGH));
    count = i32x4.add(count, v128.load(state, COUNT));
  }
  most = f32x4.pmax(most, v128.shuffle<i64>(most, most, 1, 1));
  most = f32x4.pmax(most, v128.shuffle<i32>(most, most, 1, 1, 1, 1));
  low = f64x2.add(low, high);
  low = f64x2.add(low, v128.shuffle<i64>(low, low, 1, 1));
  count = i32x4.add(count, v128.shuffle<i64>(count, count, 1, 1));
  count = i32x4.add(count, v128.shuffle<i32>(count, count, 1, 1, 1, 1));
  v128.store(STATE, most);
  v128.store(STATE, low, SUM_LOW);
  v128.store(STATE, low, SUM_HIGH);
  v128.store(STATE, count, COUNT);
}

/** Gives all columns of a row the state of the first one. */
function spread(): void {
  const most = v128.load32_splat(STATE);
  const sum = v128.load64_splat(STATE, SUM_LOW);
  const count = v128.load32_splat(STATE, COUNT);
  const base = v128.load32_splat(STATE, BASE);
  const centre = v128.load32_splat(STATE, CENTRE);
  for (let i: usize = 0; i < WIDTH / 4; i++) {
    const state = STATE + i * RECORD;
    v128.store(state, most);
    v128.store(state, sum, SUM_LOW);
    v128.store(state, sum, SUM_HIGH);
    v128.store(state, count, COUNT);
    v128.store(state, base, BASE);
    v128.store(state, centre, CENTRE);
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
  if (k === 0 && edge & FIRST) reset(stride ? columns : WIDTH);
  if (stride) {
    run(k, a, b, out, n, columns, stride << 2, flip);
    if (!(edge & LAST)) return;
    for (let column: usize = 0; column < columns; column += 4) {
      seal(k, STATE + (column >> 2) * RECORD, min(columns - column, 4));
    }
    return;
  }
  const rest = n & (WIDTH - 1);
  const done = n - rest;
  if (done) run(k, a, b, out, done / WIDTH, WIDTH, 0, flip);
  if (rest) run(k, a + (done << 2), b + (done << 2), out + (done << 2), 1, rest, 0, flip);
  if (edge & LAST) {
    merge();
    seal(k, STATE, 1);
    spread();
  }
}

/** Where column number c of [outer][axis][inner] starts. */
function columnAt(base: usize, c: usize, axis: usize, inner: usize): usize {
  const slab = c / inner;
  return base + ((slab * axis * inner + (c - slab * inner)) << 2);
}

/** Copies columns first to last - 1, short ones, side by side: [axis][width] at `to`. The last one fills what is left of a vector. */
function collect(from: usize, to: usize, first: usize, last: usize, axis: usize, inner: usize, width: usize): void {
  for (let c = first; c < last; c += 4) {
    let p0 = columnAt(from, c, axis, inner);
    let p1 = columnAt(from, min(c + 1, last - 1), axis, inner);
    let p2 = columnAt(from, min(c + 2, last - 1), axis, inner);
    let p3 = columnAt(from, min(c + 3, last - 1), axis, inner);
    let q = to + ((c - first) << 2);
    for (let step: usize = 0; step < axis; step++) {
      let v = v128.load32_zero(p0);
      v = v128.load_lane<f32>(p1, v, 1);
      v = v128.load_lane<f32>(p2, v, 2);
      v = v128.load_lane<f32>(p3, v, 3);
      v128.store(q, v);
      p0 += inner << 2;
      p1 += inner << 2;
      p2 += inner << 2;
      p3 += inner << 2;
      q += width << 2;
    }
  }
}

/** The way back. */
function distribute(from: usize, to: usize, first: usize, last: usize, axis: usize, inner: usize, width: usize): void {
  for (let c = first; c < last; c += 4) {
    let p0 = columnAt(to, c, axis, inner);
    let p1 = columnAt(to, min(c + 1, last - 1), axis, inner);
    let p2 = columnAt(to, min(c + 2, last - 1), axis, inner);
    let p3 = columnAt(to, min(c + 3, last - 1), axis, inner);
    let q = from + ((c - first) << 2);
    for (let step: usize = 0; step < axis; step++) {
      const v = v128.load(q);
      v128.store_lane<f32>(p0, v, 0);
      v128.store_lane<f32>(p1, v, 1);
      v128.store_lane<f32>(p2, v, 2);
      v128.store_lane<f32>(p3, v, 3);
      p0 += inner << 2;
      p1 += inner << 2;
      p2 += inner << 2;
      p3 += inner << 2;
      q += width << 2;
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
  const room = min(COLUMNS, (SCRATCH_BYTES / 4 / max(axis, 1)) & ~3);
  for (let first: usize = 0; first < count; first += room) {
    const last = min(first + room, count);
    const width = (last - first + 3) & ~3;
    collect(a, SCRATCH_A, first, last, axis, inner, width);
    if (kind & PAIRS) collect(b, SCRATCH_B, first, last, axis, inner, width);
    for (let k = 0; k < passes; k++) {
      const edge = k + 1 < passes ? FIRST | LAST : FIRST;
      if (kind & REDUCES && k + 1 === passes) {
        part(run, seal, k, SCRATCH_A, SCRATCH_B, out + (first << 2), 1, last - first, width, edge, flip);
      } else {
        part(run, seal, k, SCRATCH_A, SCRATCH_B, SCRATCH_A, axis, width, width, edge, flip);
      }
    }
    if (!(kind & REDUCES)) distribute(SCRATCH_A, out, first, last, axis, inner, width);
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
  if (axis < SHORT && inner < WIDTH) {
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

/** Whether a panel is a row in whole steps: see panel(). */
export function isRow(columns: usize, stride: usize): bool {
  return columns === WIDTH && stride === 0;
}

/** The maximum per column; along a row with the state in registers, which halves the time. */
export function maximum(x: usize, steps: usize, columns: usize, stride: usize, flipBits: i32): void {
  if (!isRow(columns, stride)) {
    panel<Maximum>(x, 0, 0, steps, columns, stride, flipBits);
    return;
  }
  const flip = i32x4.splat(flipBits);
  let m0 = v128.load(STATE);
  let m1 = v128.load(STATE + RECORD);
  let m2 = v128.load(STATE + 2 * RECORD);
  let m3 = v128.load(STATE + 3 * RECORD);
  for (; steps > 0; steps--) {
    m0 = f32x4.pmax(m0, v128.xor(v128.load(x), flip));
    m1 = f32x4.pmax(m1, v128.xor(v128.load(x, 16), flip));
    m2 = f32x4.pmax(m2, v128.xor(v128.load(x, 32), flip));
    m3 = f32x4.pmax(m3, v128.xor(v128.load(x, 48), flip));
    x += 64;
  }
  v128.store(STATE, m0);
  v128.store(STATE + RECORD, m1);
  v128.store(STATE + 2 * RECORD, m2);
  v128.store(STATE + 3 * RECORD, m3);
}
