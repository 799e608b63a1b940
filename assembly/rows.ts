/**
 * Ops along an axis: passes over the rows of an array, with a record of each row that stays in memory in between.
 *
 * An array is [outer][axis][inner]; a row is what one pair of outer and inner index sees along the axis. Rows can be fed in pieces: as
 * many columns, and as long a stretch of the axis, at a time as there is room for.
 *
 * inner > 1  rows lie side by side: a panel of columns.
 * inner = 1  a row is four columns, every fourth element each, with their own maximum and sum, which are merged at the end of a pass. A
 *            piece is a multiple of 4 elements, but for the last one.
 * short      many short rows are transposed into a panel of columns, and back. Their sums are made of four too, so that a row is the same
 *            by itself.
 */
import { select, splat } from "./math/lanes";
import { adjust, adjustSlabs, hasSinks, setRow, sinkOf, takeOptions } from "./options";
import {
  COLUMNS,
  COUNT,
  FIRST,
  LAST,
  LAST_A,
  LAST_B,
  Pass,
  PEAK,
  READS_A,
  READS_B,
  READS_OUT,
  RECORD,
  STATE,
  SUM_HIGH,
  SUM_LOW,
  setFlip,
  signed,
  sweep,
  WRITES,
} from "./panel";
import { Back, There, transpose } from "./transpose";

/** Rows shorter than this are transposed: FEW or more of them where inner = 1, all where 1 < inner < NARROW. */
const SHORT: usize = 64;
const FEW: usize = 4;
const NARROW: usize = 16;
/** Room for transposed rows, of two inputs. */
const SCRATCH_BYTES: usize = 16384;
const SCRATCH_A = memory.data(16384, 16);
const SCRATCH_B = memory.data(16384, 16);
/** Elements that are adjusted at a time, and room for them and the few that are read beyond. */
const PIECE: usize = 4096;
const SCRATCH_C = memory.data(16448, 16);

/** Steps after which the next columns have their turn. Of wide steps fewer than a cache has ways: they may be a large power of two. */
const BLOCK: usize = 16;
const WIDE_BLOCK: usize = 8;
const WIDE: usize = 1024;

/** Three lanes set, four not: a mask of the first n lanes starts 3 - n lanes in. */
const MASKS = memory.data<i32>([-1, -1, -1, 0, 0, 0, 0]);

/** Some pass of an op reads b. */
const PAIRS = 0x222;

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

type Run = (
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
type Seal = (k: i32, record: usize, n: usize) => void;

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
 * All rows of [outer][axis][inner]: see allRows(). `b` is a second input, or has one value per row; an op that reduces writes one
 * value per row.
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
  setFlip(signOf<Op>());
  takeOptions(!!options, b, isDefined(changetype<Op>(0).reduces));
  if (options && !(traffic & PAIRS)) adjustedRows(runOf<Op>(), sealOf<Op>(), traffic, a, out, outer, axis, inner);
  else allRows(runOf<Op>(), sealOf<Op>(), traffic, a, b, out, outer, axis, inner, 0);
}

/**
 * Pass k over a piece: see piece(). Where it has options and reads a, the adjusted elements are written to `out` first, those of
 * the whole piece, also where the op gives one value per row.
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
  const traffic = passes<Op>(options);
  setFlip(signOf<Op>());
  takeOptions(!!options, b, isDefined(changetype<Op>(0).reduces));
  if (options && !(traffic & PAIRS)) {
    if ((traffic >> (k << 2)) & READS_A) {
      const along = stride === 0;
      adjust(a, out, along ? 1 : n, along ? n : columns, stride << 2, stride << 2, along, 0, 0);
    }
    a = out;
  }
  piece(runOf<Op>(), sealOf<Op>(), traffic, k, a, b, out, n, columns, stride, edge);
}

/** What the passes read and write: with options the first one writes the adjusted elements, which the others read. */
export function passes<Op extends RowOp>(options: i32): i32 {
  const traffic = changetype<Op>(0).traffic();
  return options ? adjustedTraffic(traffic) : traffic;
}

/** The last pass reads nothing. */
function reduces(traffic: i32): bool {
  return traffic >> ((31 - clz(traffic)) & ~3) === WRITES;
}

function adjustedTraffic(traffic: i32): i32 {
  if (traffic & PAIRS || reduces(traffic)) return traffic;
  const later = traffic & 0x11111110;
  return (traffic - later) | (later << 2) | WRITES;
}

/** The records of some columns, or of one row, before the first element. */
function reset(columns: usize, isRow: bool): void {
  const end: usize = STATE + ((columns + 3) >> 2) * RECORD;
  for (let record: usize = STATE; record < end; record += RECORD) {
    v128.store(record, splat(-Infinity), PEAK);
    v128.store(record, f64x2.splat(0), SUM_LOW);
    v128.store(record, f64x2.splat(0), SUM_HIGH);
    v128.store(record, f64x2.splat(0), COUNT);
  }
  if (!hasSinks()) return;
  for (let column: usize = 0; column < columns; column++) {
    store<f32>(STATE + (column >> 2) * RECORD + ((column & 3) << 2), sinkOf(isRow ? 0 : column), PEAK);
  }
}

/** Merges the four columns of a row: each becomes the whole. */
function merge(): void {
  let peak = v128.load(STATE, PEAK);
  peak = f32x4.pmax(peak, v128.shuffle<i64>(peak, peak, 1, 0));
  peak = f32x4.pmax(peak, v128.shuffle<i32>(peak, peak, 1, 0, 3, 2));
  let sum = load<f64>(STATE, SUM_LOW) + load<f64>(STATE, SUM_LOW + 8);
  sum += load<f64>(STATE, SUM_HIGH);
  sum += load<f64>(STATE, SUM_HIGH + 8);
  let count = v128.load(STATE, COUNT);
  count = i32x4.add(count, v128.shuffle<i64>(count, count, 1, 0));
  count = i32x4.add(count, v128.shuffle<i32>(count, count, 1, 0, 3, 2));
  v128.store(STATE, peak, PEAK);
  v128.store(STATE, f64x2.splat(sum), SUM_LOW);
  v128.store(STATE, f64x2.splat(sum), SUM_HIGH);
  v128.store(STATE, count, COUNT);
}

/** Gives all columns of a row what a seal has made of the first one; but the count, which is merged once more. */
function spread(): void {
  const sum = v128.load64_splat(STATE, SUM_LOW);
  v128.store(STATE, v128.load32_splat(STATE, PEAK), PEAK);
  v128.store(STATE, sum, SUM_LOW);
  v128.store(STATE, sum, SUM_HIGH);
  v128.store(STATE, v128.load32_zero(STATE, COUNT), COUNT);
}

function sealColumns(seal: Seal, k: i32, columns: usize): void {
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

/** Pass k over n elements of one row. The last vector is filled up with what changes no sum and no maximum. */
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
 * Pass k over a piece: n steps of `columns` columns, `stride` elements from one step to the next. Stride 0 stands for inner = 1: n
 * elements of one row.
 */
function piece(
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

/** Rows that are transposed: all rows at once, a scratch full at a time. */
function shortRows(
  run: Run,
  seal: Seal,
  traffic: i32,
  a: usize,
  b: usize,
  out: usize,
  count: usize,
  axis: usize,
  inner: usize,
  row: usize,
): void {
  const room = min(COLUMNS, (SCRATCH_BYTES / 4 / axis) & ~3);
  const gathers = reduces(traffic);
  for (let first: usize = 0; first < count; first += room) {
    const last = min(first + room, count);
    const width = (last - first + 3) & ~3;
    const step = width << 2;
    transpose<There>(a, SCRATCH_A, first, last, axis, inner, width);
    if (traffic & PAIRS) transpose<There>(b, SCRATCH_B, first, last, axis, inner, width);
    setRow(row + first);
    reset(last - first, false);
    for (let k = 0, rest = traffic; rest; k++, rest >>= 4) {
      if (rest === WRITES) run(k, 0, 0, out + (first << 2), 1, last - first, step, false, 0);
      else run(k, SCRATCH_A, SCRATCH_B, SCRATCH_A, axis, width, step, true, 0);
      if (rest >> 4) sealColumns(seal, k, last - first);
    }
    if (!gathers) transpose<Back>(out, SCRATCH_A, first, last, axis, inner, width);
  }
}

/** All rows of [outer][axis][inner], of which the first is number `row`. Of two inputs b is the second. */
function allRows(
  run: Run,
  seal: Seal,
  traffic: i32,
  a: usize,
  b: usize,
  out: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  row: usize,
): void {
  if (axis < SHORT && (inner === 1 ? outer >= FEW : inner < NARROW)) {
    shortRows(run, seal, traffic, a, b, out, outer * inner, axis, inner, row);
    return;
  }
  const slab = (axis * inner) << 2;
  const outSlab = reduces(traffic) ? inner << 2 : slab;
  const stride: usize = inner === 1 ? 0 : inner;
  for (; outer > 0; outer--) {
    for (let column: usize = 0; column < inner; column += COLUMNS) {
      const at = column << 2;
      const columns = min(inner - column, COLUMNS);
      setRow(row + column);
      for (let k = 0, rest = traffic; rest; k++, rest >>= 4) {
        const edge = rest >> 4 ? FIRST | LAST : FIRST;
        piece(run, seal, traffic, k, a + at, b + at, out + at, rest === WRITES ? 1 : axis, columns, stride, edge);
      }
    }
    a += slab;
    b += slab;
    out += outSlab;
    row += inner;
  }
}

/**
 * The same of adjusted elements: as many slabs at a time as stay in a cache, a larger one in pieces. They are written to `out`, or, of an
 * op that reduces, to a scratch, anew in each pass.
 */
function adjustedRows(
  run: Run,
  seal: Seal,
  traffic: i32,
  x: usize,
  out: usize,
  outer: usize,
  axis: usize,
  inner: usize,
): void {
  const gathers = reduces(traffic);
  const slab = axis * inner;
  if (slab <= PIECE) {
    const most = max<usize>(1, PIECE / slab);
    for (let o: usize = 0; o < outer; o += most) {
      const n = min(most, outer - o);
      const target = gathers ? SCRATCH_C : out + ((o * slab) << 2);
      adjustSlabs(x + ((o * slab) << 2), target, o, n, axis, inner);
      const result = gathers ? out + ((o * inner) << 2) : target;
      allRows(run, seal, traffic, target, target, result, n, axis, inner, o * inner);
    }
    return;
  }
  const adjusted = adjustedTraffic(traffic);
  const along = inner === 1;
  for (let o: usize = 0; o < outer; o++) {
    for (let column: usize = 0; column < inner; column += COLUMNS) {
      const columns = min(inner - column, COLUMNS);
      const stride = gathers ? columns : inner;
      const most = PIECE / columns;
      setRow(o * inner + column);
      for (let k = 0, rest = adjusted; rest; k++, rest >>= 4) {
        if (rest === WRITES) {
          piece(
            run,
            seal,
            adjusted,
            k,
            0,
            0,
            out + ((o * inner + column) << 2),
            1,
            columns,
            along ? 0 : columns,
            FIRST,
          );
          continue;
        }
        for (let step: usize = 0; step < axis; step += most) {
          const n = min(most, axis - step);
          const at = (o * axis + step) * inner + column;
          const target = gathers ? SCRATCH_C : out + (at << 2);
          if (rest & READS_A) {
            const from = x + (at << 2);
            if (along) adjust(from, target, 1, n, 0, 0, true, at, step);
            else adjust(from, target, n, columns, inner << 2, stride << 2, false, at, step);
          }
          const edge = (step ? 0 : FIRST) | (step + n < axis || !(rest >> 4) ? 0 : LAST);
          piece(run, seal, adjusted, k, target, target, target, n, columns, along ? 0 : stride, edge);
        }
      }
    }
  }
}
