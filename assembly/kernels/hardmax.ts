/**
 * hardmax(x)_i = 1 where x_i is the first maximum of the row, 0 elsewhere.
 *
 * Method   Two passes: the maximum and its index; the result.
 * Special  A row that is -Infinity throughout, or holds NaN or Infinity, is NaN throughout.
 * Error    0.
 */
import { splat } from "../math/lanes";
import { Scan, scanPart, scanRows } from "../scans";
import { READS_A, WRITES } from "../traffic";

/** The state of a column: the maximum, its index, and that of the element to come. */
const PEAK: usize = 0;
const INDEX: usize = 4;
const NEXT: usize = 8;

@final
class Hardmax extends Scan {
  @inline traffic(): i32 {
    return READS_A | ((READS_A | WRITES) << 4);
  }

  @inline start(state: usize): void {
    store<f32>(state, -Infinity, PEAK);
    store<i32>(state, -1, INDEX);
    store<i32>(state, 0, NEXT);
  }

  @inline value(k: i32, state: usize, x: f32, _b: f32): f32 {
    const next = load<i32>(state, NEXT);
    const peak = load<f32>(state, PEAK);
    store<i32>(state, next + 1, NEXT);
    if (k === 0) {
      // NaN is above all, and stays.
      if (!(x <= peak) && !Number.isNaN(peak)) {
        store<f32>(state, x, PEAK);
        store<i32>(state, next, INDEX);
      }
      return 0;
    }
    return isFinite(peak) ? (next === load<i32>(state, INDEX) ? 1 : 0) : NaN;
  }

  @inline skips(k: i32, state: usize, x: v128): bool {
    const next = load<i32>(state, NEXT);
    const peak = load<f32>(state, PEAK);
    const skips =
      k === 0
        ? v128.all_true<i32>(f32x4.le(x, splat(peak)))
        : isFinite(peak) && <u32>(load<i32>(state, INDEX) - next) >= 4;
    if (skips) store<i32>(state, next + 4, NEXT);
    return skips;
  }

  @inline seal(_k: i32, state: usize): bool {
    store<i32>(state, 0, NEXT);
    return false;
  }
}

export function hardmax(x: usize, b: usize, out: usize, outer: usize, axis: usize, inner: usize): void {
  scanRows<Hardmax>(x, b, out, outer, axis, inner);
}

export function hardmaxPart(
  k: i32,
  x: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): bool {
  return scanPart<Hardmax>(k, x, b, out, n, columns, stride, edge);
}

export function hardmaxPasses(): i32 {
  return changetype<Hardmax>(0).traffic();
}
