/**
 * Ops along an axis: passes over the rows of an array, with a record of each row that stays in
 * memory in between.
 *
 * An array is [outer][axis][inner]; a row is what one pair of outer and inner index sees along the
 * axis. Rows can be fed in pieces: as many columns, and as long a stretch of the axis, at a time as
 * there is room for.
 *
 * inner > 1 rows lie side by side: a panel of columns. inner = 1 a row is four columns, every
 * fourth element each, with their own maximum and sum, which are merged at the end of a pass. A
 *            piece is a multiple of 4 elements, but for the last one.
 * short      many short rows are transposed into a panel of columns, and back. Their sums are made
 *            of four too, so that a row is the same by itself.
 */
import { adjust, takeOptions } from "./options";
import { Pass, setFlip, sweep } from "./panel";
import { piece, Run, Seal } from "./pieces";
import { adjustedTraffic, PAIRS, READS_A, READS_B, READS_OUT, reduces, WRITES } from "./traffic";
import { adjustedRows, allRows } from "./walk";

function traffic<P extends Pass>(): i32 {
  const f = changetype<P>(0);
  if (isDefined(f.none)) return 0;
  const source = isDefined(f.idle) ? 0 : isDefined(f.again) ? READS_OUT : READS_A;
  return source | (isDefined(f.pairs) ? READS_B : 0) | (isDefined(f.writes) ? WRITES : 0);
}

/** The maximum. NaN is passed over here: the sum will be NaN. */
@final
export class Maximum extends Pass {
  @inline value(x: v128, _b: v128, _k0: v128, _k1: v128, _k2: v128, _k3: v128): v128 {
    return x;
  }

  flips: bool = true;
  constant: bool = true;
  peaks: bool = true;
  unrolled: bool = true;
}

/** In the place of a third pass. */
@final
export class None extends Pass {
  none: bool = true;

  @inline value(a: v128, _b: v128, _k0: v128, _k1: v128, _k2: v128, _k3: v128): v128 {
    return a;
  }
}

/** An op, as the walk over rows sees it. */
export abstract class RowOp {
  /** What its passes read and write, as passes() tells it. */
  abstract traffic(): i32;

  /** Pass k over a panel: see sweep(). */
  abstract pass(
    k: i32,
    a: usize,
    b: usize,
    out: usize,
    steps: usize,
    columns: usize,
    stride: usize,
    split: bool,
    tail: usize,
  ): void;
}

/** An op that is made of two to four passes. */
export abstract class Rows<
  First extends Pass,
  Second extends Pass,
  Third extends Pass,
  Fourth extends Pass,
> extends RowOp {
  @inline traffic(): i32 {
    return traffic<First>() | (traffic<Second>() << 4) | (traffic<Third>() << 8) | (traffic<Fourth>() << 12);
  }

  @inline pass(
    k: i32,
    a: usize,
    b: usize,
    out: usize,
    steps: usize,
    columns: usize,
    stride: usize,
    split: bool,
    tail: usize,
  ): void {
    if (k === 0) one<First>(a, b, out, steps, columns, stride, split, tail);
    else if (k === 1) one<Second>(a, b, out, steps, columns, stride, split, tail);
    else if (k === 2) one<Third>(a, b, out, steps, columns, stride, split, tail);
    else one<Fourth>(a, b, out, steps, columns, stride, split, tail);
  }
}

function one<P extends Pass>(
  a: usize,
  b: usize,
  out: usize,
  steps: usize,
  columns: usize,
  stride: usize,
  split: bool,
  tail: usize,
): void {
  if (isDefined(changetype<P>(0).none)) return;
  sweep<P>(isDefined(changetype<P>(0).again) ? out : a, b, out, steps, columns, stride, split, tail);
}

/** Pass k of an op, as a function. */
function runOf<Op extends RowOp>(): Run {
  return (k, a, b, out, steps, columns, stride, split, tail) => {
    changetype<Op>(0).pass(k, a, b, out, steps, columns, stride, split, tail);
  };
}

function sealOf<Op extends RowOp>(): Seal {
  return (k, record, n) => {
    if (isDefined(changetype<Op>(0).seal)) changetype<Op>(0).seal(k, record, n);
  };
}

function signOf<Op extends RowOp>(): i32 {
  return isDefined(changetype<Op>(0).flip) ? <i32>0x80000000 : 0;
}

/**
 * Takes up a call; true where its elements are to be adjusted. `given` is one value per row, or a
 * second input.
 */
function begin(traffic: i32, sign: i32, given: usize, options: i32): bool {
  setFlip(sign);
  takeOptions(!!options, given, reduces(traffic));
  return !!options && !(traffic & PAIRS);
}

/** rows() and part() once, for all ops. */
function runRows(
  run: Run,
  seal: Seal,
  traffic: i32,
  sign: i32,
  a: usize,
  b: usize,
  out: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  options: i32,
): void {
  if (begin(traffic, sign, b, options)) adjustedRows(run, seal, traffic, a, out, outer, axis, inner);
  else allRows(run, seal, traffic, a, b, out, outer, axis, inner, 0);
}

function runPart(
  run: Run,
  seal: Seal,
  traffic: i32,
  sign: i32,
  k: i32,
  a: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  options: i32,
): void {
  let passes = traffic;
  if (begin(traffic, sign, b, options)) {
    passes = adjustedTraffic(traffic);
    if ((passes >> (k << 2)) & READS_A) {
      const along = stride === 0;
      adjust(a, out, along ? 1 : n, along ? n : columns, stride << 2, stride << 2, along, 0, 0);
    }
    a = out;
  }
  piece(run, seal, passes, k, a, b, out, n, columns, stride, edge);
}

/**
 * All rows of [outer][axis][inner]: see allRows(). `b` is a second input, or has one value per row;
 * an op that reduces writes one value per row.
 */
export function rows<Op extends RowOp>(
  a: usize,
  b: usize,
  out: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  options: i32,
): void {
  const traffic = changetype<Op>(0).traffic();
  runRows(runOf<Op>(), sealOf<Op>(), traffic, signOf<Op>(), a, b, out, outer, axis, inner, options);
}

/**
 * Pass k over a piece: see piece(). Where it has options and reads a, the adjusted elements are
 * written to `out` first, those of the whole piece, also where the op gives one value per row.
 */
export function part<Op extends RowOp>(
  k: i32,
  a: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  options: i32,
): void {
  const traffic = changetype<Op>(0).traffic();
  runPart(runOf<Op>(), sealOf<Op>(), traffic, signOf<Op>(), k, a, b, out, n, columns, stride, edge, options);
}

/**
 * What the passes read and write: with options the first one writes the adjusted elements, which
 * the others read.
 */
export function passes<Op extends RowOp>(options: i32): i32 {
  const traffic = changetype<Op>(0).traffic();
  return options ? adjustedTraffic(traffic) : traffic;
}
