/**
 * The options of ops along an axis: scale, bias, mask, sink, empty.
 *
 * What changes elements is done before the passes of an op, by adjust(): s = scale x, + bias, each
 * rounded to float32, then -Infinity where the mask is 0. What changes sums is asked for by the
 * seals.
 *
 * A host writes what it wants to the block at rowOptions(), and calls <op> or <op>Part with 1 as
 * the last argument; with 0, or nothing, the block is not looked at. Its fields, 4 bytes each:
 *
 *    0  scale, a float32
 *    4  address of the bias, 0 for none
 *    8  address of the mask, one byte per element, 0 for none
 *   12  address of the sinks, float32, 0 for none
 *   16  sum of: 1 the bias is one row's, 2 the mask is one row's, 4 the sink is one for all rows,
 *       8 a row without elements gives 0
 *   20  nothing: room for a sink for all rows
 */
import { storeTail } from "./loops";
import { splat } from "./math/lanes";
import { signed } from "./panel";

const BLOCK = memory.data(32, 16);
const SCALE: usize = 0;
const BIAS: usize = 4;
const MASK: usize = 8;
const SINK: usize = 12;
const KINDS: usize = 16;

const ROW_BIAS = 1;
const ROW_MASK = 2;
const ONE_SINK = 4;
const ZERO = 8;

/** Of the call in hand: the least maximum of a row, and what a gradient is multiplied by. */
const FLOOR = memory.data(16, 16);
const FACTOR = memory.data(16, 16);
let sinks: usize = 0;
let sinkStep: usize = 0;
/** The op's argument with one value per row. */
let values: usize = 0;
/** The row of the first column that has a record. */
let firstRow: usize = 0;

/** Address of the block. */
export function rowOptions(): usize {
  return BLOCK;
}

/**
 * Takes the options of a call; `given` is one value per row. An op that `reduces` has a value for a
 * row without elements anyway.
 */
export function takeOptions(has: bool, given: usize, reduces: bool): void {
  const kinds = has ? load<i32>(BLOCK, KINDS) : 0;
  sinks = has ? <usize>load<i32>(BLOCK, SINK) : 0;
  sinkStep = kinds & ONE_SINK ? 0 : 4;
  values = given;
  firstRow = 0;
  v128.store(FLOOR, splat(sinks || kinds & ZERO || reduces ? -f32.MAX_VALUE : -Infinity));
  v128.store(FACTOR, f64x2.splat(has ? <f64>load<f32>(BLOCK, SCALE) : 1));
}

/** The records are of this row on. */
export function setRow(row: usize): void {
  firstRow = row;
}

/**
 * The maxima of four columns; of a row without elements, where that has a result, the least number.
 */
export function floored(peak: v128): v128 {
  return f32x4.pmax(peak, v128.load(FLOOR));
}

/** What a gradient is multiplied by, in both lanes. */
export function factor(): v128 {
  return v128.load(FACTOR);
}

export function hasSinks(): bool {
  return sinks !== 0;
}

/** The sink of a column of the panel. */
export function sinkOf(column: usize): f32 {
  return load<f32>(sinks + (firstRow + column) * sinkStep);
}

/** The argument of a column of the panel. */
export function argumentOf(column: usize): f32 {
  return load<f32>(values + ((firstRow + column) << 2));
}

/** Whether one row's bias or mask serves all rows. */
function isShared(): bool {
  const kinds = load<i32>(BLOCK, KINDS);
  return (
    (load<i32>(BLOCK, BIAS) !== 0 && !!(kinds & ROW_BIAS)) || (load<i32>(BLOCK, MASK) !== 0 && !!(kinds & ROW_MASK))
  );
}

/** Four flags of all bits: where the four bytes at p are 0. */
function maskedFour(p: usize): v128 {
  const bytes = i8x16.eq(v128.load32_zero(p), i8x16.splat(0));
  return i32x4.extend_low_i16x8_s(i16x8.extend_low_i8x16_s(bytes));
}

/** s, or `nothing` where `masked` is set. */
function unless(masked: v128, s: v128, nothing: v128): v128 {
  return v128.or(v128.andnot(s, masked), v128.and(nothing, masked));
}

/**
 * Writes the adjusted elements of `steps` times `columns`, the strides in bytes, to `out`, which
 * may be x. The block says where the bias and the mask of the whole array are: that of this part
 * begins `at` elements into it. One row's are indexed by the step, or, `along` a row, by the
 * column, from `index` on.
 */
export function adjust(
  x: usize,
  out: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  outStride: usize,
  along: bool,
  at: usize,
  index: usize,
): void {
  const kinds = load<i32>(BLOCK, KINDS);
  const scale = v128.load32_splat(BLOCK, SCALE);
  const nothing = signed(splat(-Infinity));
  let bias = <usize>load<i32>(BLOCK, BIAS);
  let mask = <usize>load<i32>(BLOCK, MASK);
  const stepBias = bias !== 0 && !along && !!(kinds & ROW_BIAS);
  const stepMask = mask !== 0 && !along && !!(kinds & ROW_MASK);
  const eachBias = bias !== 0 && !stepBias;
  const eachMask = mask !== 0 && !stepMask;
  if (bias) bias += (kinds & ROW_BIAS ? index : at) << 2;
  if (mask) mask += kinds & ROW_MASK ? index : at;
  for (; steps > 0; steps--) {
    // -0 changes no number.
    const same = stepBias ? v128.load32_splat(bias) : splat(-0.0);
    const isMasked = stepMask && load<u8>(mask) === 0;
    let i: usize = 0;
    if (!isMasked) {
      for (; i + 16 <= columns; i += 16) {
        const p = x + (i << 2);
        let s0 = f32x4.mul(v128.load(p), scale);
        let s1 = f32x4.mul(v128.load(p, 16), scale);
        let s2 = f32x4.mul(v128.load(p, 32), scale);
        let s3 = f32x4.mul(v128.load(p, 48), scale);
        if (eachBias) {
          const q = bias + (i << 2);
          s0 = f32x4.add(s0, v128.load(q));
          s1 = f32x4.add(s1, v128.load(q, 16));
          s2 = f32x4.add(s2, v128.load(q, 32));
          s3 = f32x4.add(s3, v128.load(q, 48));
        } else {
          s0 = f32x4.add(s0, same);
          s1 = f32x4.add(s1, same);
          s2 = f32x4.add(s2, same);
          s3 = f32x4.add(s3, same);
        }
        if (eachMask) {
          const bytes = i8x16.eq(v128.load(mask + i), i8x16.splat(0));
          const low = i16x8.extend_low_i8x16_s(bytes);
          const high = i16x8.extend_high_i8x16_s(bytes);
          s0 = unless(i32x4.extend_low_i16x8_s(low), s0, nothing);
          s1 = unless(i32x4.extend_high_i16x8_s(low), s1, nothing);
          s2 = unless(i32x4.extend_low_i16x8_s(high), s2, nothing);
          s3 = unless(i32x4.extend_high_i16x8_s(high), s3, nothing);
        }
        const r = out + (i << 2);
        v128.store(r, s0);
        v128.store(r, s1, 16);
        v128.store(r, s2, 32);
        v128.store(r, s3, 48);
      }
    }
    for (; i < columns; i += 4) {
      let s = f32x4.mul(v128.load(x + (i << 2)), scale);
      s = f32x4.add(s, eachBias ? v128.load(bias + (i << 2)) : same);
      if (eachMask) s = unless(maskedFour(mask + i), s, nothing);
      if (isMasked) s = nothing;
      if (columns - i < 4) storeTail(out + (i << 2), s, columns - i);
      else v128.store(out + (i << 2), s);
    }
    x += stride;
    out += outStride;
    if (bias) bias += stepBias ? 4 : stride;
    if (mask) mask += stepMask ? 1 : stride >> 2;
  }
}

/** The same of n slabs from the o-th on; x is the first of them. */
export function adjustSlabs(x: usize, out: usize, o: usize, n: usize, axis: usize, inner: usize): void {
  const slab = axis * inner;
  if (!isShared()) {
    adjust(x, out, 1, n * slab, 0, 0, true, o * slab, 0);
    return;
  }
  const along = inner === 1;
  const stride = inner << 2;
  for (let i: usize = 0; i < n; i++) {
    const at = (i * slab) << 2;
    adjust(x + at, out + at, along ? 1 : axis, along ? axis : inner, stride, stride, along, (o + i) * slab, 0);
  }
}
