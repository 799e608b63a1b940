/**
 * The loop of all ops along an axis, over a panel of columns with a record per four of them.
 *
 * A panel is so many steps of so many columns. Four columns are handled at a time, step after step,
 * with their record in registers. What a pass leaves in the record depends on the order of the
 * elements only, not on how the steps are cut: the same bits come out.
 */
import { storeTail } from "./loops";
import { NONE, select, splat } from "./math/lanes";
import { high, low } from "./math/wide";

/**
 * The record of four columns, 128 bytes: a float32 each (a maximum), a float64 each in two vectors
 * (a sum, later what a seal makes of it), 32 bits each (a count), and four float32 each (what a
 * seal makes of the maximum).
 */
export const RECORD: usize = 128;
export const PEAK: usize = 0;
export const SUM_LOW: usize = 16;
export const SUM_HIGH: usize = 32;
export const COUNT: usize = 48;
export const BASE: usize = 64;
export const CENTRE: usize = 80;
export const DELTA: usize = 96;
export const LEAST: usize = 112;

/** Columns that have a record at a time. */
export const COLUMNS: usize = 512;
export const STATE = memory.data(16384, 16);

/** What every element is read with by xor: the sign bit for softmin. */
const FLIP = memory.data(16, 16);

/** Sums of every fourth step of four columns; 0 in between. */
const PARTIAL = memory.data(128, 16);

/** A last vector of a row, of both inputs, filled up with what changes no sum and no maximum. */
export const LAST_A = memory.data(16, 16);
export const LAST_B = memory.data(16, 16);

/**
 * One pass of an op. Which of the methods of optional.d.ts it has says what it reads, keeps and
 * writes.
 */
export abstract class Pass {
  /** What becomes of four elements of the one or two inputs. */
  abstract value(a: v128, b: v128, k0: v128, k1: v128, k2: v128, k3: v128): v128;
}

/** The number of the first column of a record. */
export function columnOf(record: usize): usize {
  return ((record - STATE) / RECORD) << 2;
}

export function setFlip(bits: i32): void {
  v128.store(FLIP, i32x4.splat(bits));
}

/** The sign of what an op with a flip gives. */
export function signed(y: v128): v128 {
  return v128.xor(y, v128.load(FLIP));
}

/** The element as the op means it. */
function read<P extends Pass>(p: usize): v128 {
  const x = v128.load(p);
  return isDefined(changetype<P>(0).flips) ? v128.xor(x, v128.load(FLIP)) : x;
}

/** Adds to the i-th partial sum of four columns. */
function addTo(i: usize, lower: v128, upper: v128): void {
  const at = PARTIAL + (i << 5);
  v128.store(at, f64x2.add(v128.load(at), lower));
  v128.store(at, f64x2.add(v128.load(at, 16), upper), 16);
}

/** The maximum gives way to what changes no sum. */
function below<P extends Pass>(x: v128, top: v128): v128 {
  return isDefined(changetype<P>(0).excludes) ? select(top, splat(-Infinity), x) : x;
}

/**
 * A pass over a panel, `stride` bytes from one step to the next. Where it is `split` every fourth
 * step is summed by itself, and the four sums are added: as along a row. Of a row with a `tail` of
 * 1 to 3 elements that stands at LAST_A and LAST_B.
 */
export function sweep<P extends Pass>(
  a: usize,
  b: usize,
  out: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  split: bool,
  tail: usize,
): void {
  const f = changetype<P>(0);
  let record: usize = STATE;
  for (let column: usize = 0; column < columns; column += 4, record += RECORD) {
    if (isDefined(f.asked) && !v128.any_true(v128.load(record, LEAST))) continue;
    let lanes = columns - column;
    const from = record + (isDefined(f.divided) ? BASE : PEAK);
    const k0 = isDefined(f.constant) ? NONE : v128.load(from);
    const k1 = isDefined(f.constant) ? NONE : v128.load(from, 16);
    const k2 = isDefined(f.constant) ? NONE : v128.load(from, 32);
    const k3 = isDefined(f.divided) ? v128.load(from, 48) : NONE;
    let peak = isDefined(f.peaks) || isDefined(f.excludes) || isDefined(f.idle) ? v128.load(record, PEAK) : NONE;
    let count = isDefined(f.counts) ? v128.load(record, COUNT) : NONE;
    let lows = isDefined(f.sums) ? v128.load(record, SUM_LOW) : NONE;
    let highs = isDefined(f.sums) ? v128.load(record, SUM_HIGH) : NONE;
    let p = a + (column << 2);
    let q = b + (column << 2);
    let r = out + (column << 2);
    let n = steps;
    if (isDefined(f.unrolled)) {
      for (; n >= 4 && lanes >= 4; n -= 4) {
        let x0 = read<P>(p);
        let x1 = read<P>(p + stride);
        let x2 = read<P>(p + 2 * stride);
        let x3 = read<P>(p + 3 * stride);
        p += 4 * stride;
        if (isDefined(f.excludes)) {
          const top0 = f32x4.eq(x0, peak);
          const top1 = f32x4.eq(x1, peak);
          const top2 = f32x4.eq(x2, peak);
          const top3 = f32x4.eq(x3, peak);
          if (isDefined(f.counts)) count = i32x4.sub(count, i32x4.add(i32x4.add(top0, top1), i32x4.add(top2, top3)));
          x0 = below<P>(x0, top0);
          x1 = below<P>(x1, top1);
          x2 = below<P>(x2, top2);
          x3 = below<P>(x3, top3);
        }
        const y0 = f.value(x0, x0, k0, k1, k2, k3);
        const y1 = f.value(x1, x1, k0, k1, k2, k3);
        const y2 = f.value(x2, x2, k0, k1, k2, k3);
        const y3 = f.value(x3, x3, k0, k1, k2, k3);
        if (isDefined(f.sums)) {
          const lower0 = low(y0);
          const lower1 = low(y1);
          const lower2 = low(y2);
          const lower3 = low(y3);
          const upper0 = high(y0);
          const upper1 = high(y1);
          const upper2 = high(y2);
          const upper3 = high(y3);
          if (split) {
            addTo(0, lower0, upper0);
            addTo(1, lower1, upper1);
            addTo(2, lower2, upper2);
            addTo(3, lower3, upper3);
          } else {
            lows = f64x2.add(f64x2.add(f64x2.add(f64x2.add(lows, lower0), lower1), lower2), lower3);
            highs = f64x2.add(f64x2.add(f64x2.add(f64x2.add(highs, upper0), upper1), upper2), upper3);
          }
        }
        if (isDefined(f.peaks)) peak = f32x4.pmax(peak, f32x4.pmax(f32x4.pmax(y0, y1), f32x4.pmax(y2, y3)));
        if (isDefined(f.writes)) {
          v128.store(r, y0);
          v128.store(r + stride, y1);
          v128.store(r + 2 * stride, y2);
          v128.store(r + 3 * stride, y3);
          r += 4 * stride;
        }
      }
    }
    for (;;) {
      for (; n > 0; n--) {
        let first = isDefined(f.idle) ? peak : read<P>(p);
        const second = isDefined(f.pairs) ? v128.load(q) : first;
        if (isDefined(f.excludes)) {
          const top = f32x4.eq(first, peak);
          if (isDefined(f.counts)) count = i32x4.sub(count, top);
          first = below<P>(first, top);
        }
        const y = f.value(first, second, k0, k1, k2, k3);
        if (isDefined(f.peaks)) peak = f32x4.pmax(peak, y);
        if (isDefined(f.sums)) {
          const lower = isDefined(f.lower) ? f.lower(first, second, k0) : low(y);
          const upper = isDefined(f.upper) ? f.upper(first, second, k0) : high(y);
          if (split) {
            addTo((steps - n) & 3, lower, upper);
          } else {
            lows = f64x2.add(lows, lower);
            highs = f64x2.add(highs, upper);
          }
        }
        if (isDefined(f.writes)) {
          if (lanes < 4) storeTail(r, y, lanes);
          else v128.store(r, y);
        }
        p += stride;
        if (isDefined(f.pairs)) q += stride;
        if (isDefined(f.writes)) r += stride;
      }
      if (!tail) break;
      p = LAST_A;
      q = LAST_B;
      lanes = tail;
      tail = 0;
      n = 1;
    }
    if (isDefined(f.peaks)) v128.store(record, peak, PEAK);
    if (isDefined(f.counts)) v128.store(record, count, COUNT);
    if (isDefined(f.sums)) {
      if (split) {
        for (let i: usize = 0; i < min<usize>(steps, 4) << 5; i += 32) {
          lows = f64x2.add(lows, v128.load(PARTIAL + i));
          highs = f64x2.add(highs, v128.load(PARTIAL + i, 16));
          v128.store(PARTIAL + i, f64x2.splat(0));
          v128.store(PARTIAL + i, f64x2.splat(0), 16);
        }
      }
      v128.store(record, lows, SUM_LOW);
      v128.store(record, highs, SUM_HIGH);
    }
  }
}
