/**
 * The records of a panel between the passes: before the first element, and of a row as the merged
 * records of its four columns.
 */
import { splat } from "./math/lanes";
import { hasSinks, sinkOf } from "./options";
import { COUNT, PEAK, RECORD, STATE, SUM_HIGH, SUM_LOW } from "./panel";

/** The records of some columns, or of one row, before the first element. */
export function reset(columns: usize, isRow: bool): void {
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
export function merge(): void {
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

/**
 * Gives all columns of a row what a seal has made of the first one; but the count, which is merged
 * once more.
 */
export function spread(): void {
  const sum = v128.load64_splat(STATE, SUM_LOW);
  v128.store(STATE, v128.load32_splat(STATE, PEAK), PEAK);
  v128.store(STATE, sum, SUM_LOW);
  v128.store(STATE, sum, SUM_HIGH);
  v128.store(STATE, v128.load32_zero(STATE, COUNT), COUNT);
}
