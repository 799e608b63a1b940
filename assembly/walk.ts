/**
 * All passes of an op over all rows of an array: slab by slab, of short rows many at a time, of
 * adjusted elements a cache full at a time.
 */
import { adjust, adjustSlabs, setRow } from "./options";
import { COLUMNS } from "./panel";
import { piece, Run, Seal, sealColumns } from "./pieces";
import { reset } from "./records";
import { adjustedTraffic, FIRST, LAST, PAIRS, READS_A, reduces, WRITES } from "./traffic";
import { Back, There, transpose } from "./transpose";

/**
 * Rows shorter than this are transposed: FEW or more of them where inner = 1, all where 1 < inner <
 * NARROW.
 */
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

/**
 * All rows of [outer][axis][inner], of which the first is number `row`. Of two inputs b is the
 * second.
 */
export function allRows(
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
 * The same of adjusted elements: as many slabs at a time as stay in a cache, a larger one in
 * pieces. They are written to `out`, or, of an op that reduces, to a scratch, anew in each pass.
 */
export function adjustedRows(
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
