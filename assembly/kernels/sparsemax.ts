/**
 * sparsemax(x)_i = max(x_i - tau, 0), tau such that the sum is 1: the point of the simplex that is
 * nearest to x.
 *
 * Method   Newton's steps for tau, relative to the maximum m: from tau = -1, below the root, the
 *          support of tau gives the next one, (sum (x - m) - 1) / count, which never passes the
 *          root; the support shrinks until it stays. Differences and sums carry what float64 loses,
 *          so that tau has about 100 bits: y may be far smaller than it. dx = dy - the mean of dy
 *          over the support, and 0 elsewhere.
 * Special  -Infinity -> 0; a row that is -Infinity throughout, or holds NaN or Infinity, is NaN
 *          throughout.
 * Error    0.5 ULP. dx: 0.5 ULP of what is computed in float64.
 * Source   Martins, Astudillo 2016, From softmax to sparsemax; Michelot 1986, A finite algorithm
 *          for finding the projection of a point onto the canonical simplex of R^n.
 */
import { splat } from "../math/lanes";
import { Scan, scanPart, scanRows } from "../scans";
import { READS_A, READS_B, WRITES } from "../traffic";

/**
 * The state of a column: the maximum, how many are in the support, tau (of the gradient the mean),
 * a sum and what it has lost.
 */
const PEAK: usize = 0;
const COUNT: usize = 4;
const TAU: usize = 8;
const SUM: usize = 16;
const LOST: usize = 24;
/** In the place of a count: tau is found, though that of another column may not be. */
const DONE = -1;

/** Adds a number and what it has lost itself. */
function add(state: usize, d: f64, lost: f64): void {
  const sum = load<f64>(state, SUM);
  const next = sum + d;
  const part = next - sum;
  store<f64>(state, next, SUM);
  store<f64>(state, load<f64>(state, LOST) + (sum - (next - part) + (d - part) + lost), LOST);
  store<i32>(state, load<i32>(state, COUNT) + 1, COUNT);
}

/**
 * The sum, less `from`, divided by the count: the quotient goes to TAU, what that has lost to LOST.
 */
function divide(state: usize, from: f64): void {
  const count = <f64>load<i32>(state, COUNT);
  const sum = load<f64>(state, SUM);
  const all = sum - from;
  const part = all - sum;
  const lost = sum - (all - part) + (-from - part) + load<f64>(state, LOST);
  const tau = all / count;
  // Both products with the count are exact.
  const upper = reinterpret<f64>(reinterpret<u64>(tau) & ~0x7ffffff);
  store<f64>(state, tau, TAU);
  store<f64>(state, (all - upper * count - (tau - upper) * count + lost) / count, LOST);
}

@final
class Sparsemax extends Scan {
  @inline traffic(): i32 {
    return READS_A | (READS_A << 4) | ((READS_A | WRITES) << 8);
  }

  @inline start(state: usize): void {
    store<f32>(state, -Infinity, PEAK);
    store<f64>(state, -1, TAU);
    this.clear(state);
  }

  @inline clear(state: usize): void {
    store<i32>(state, 0, COUNT);
    store<f64>(state, 0, SUM);
    store<f64>(state, 0, LOST);
  }

  @inline value(k: i32, state: usize, x: f32, _b: f32): f32 {
    const peak = load<f32>(state, PEAK);
    if (k === 0) {
      // NaN is above all, and stays.
      if (!(x <= peak) && !Number.isNaN(peak)) store<f32>(state, x, PEAK);
      return 0;
    }
    if (!isFinite(peak)) return NaN;
    const m = <f64>peak;
    const d = <f64>x - m;
    const tau = load<f64>(state, TAU);
    if (!(d >= tau)) return 0;
    const part = d - <f64>x;
    const lost = <f64>x - (d - part) + (-m - part);
    if (k === 1) {
      if (d > tau && load<i32>(state, COUNT) !== DONE) add(state, d, lost);
      return 0;
    }
    return <f32>max<f64>(d - tau + (lost - load<f64>(state, LOST)), 0);
  }

  /** Rounding keeps the order: what is above m + tau is not below its rounded value. */
  @inline skips(k: i32, state: usize, x: v128): bool {
    const peak = load<f32>(state, PEAK);
    if (k === 0) return v128.all_true<i32>(f32x4.le(x, splat(peak)));
    if (!isFinite(peak)) return false;
    const least = <f32>(<f64>peak + load<f64>(state, TAU));
    return !v128.any_true(f32x4.ge(x, splat(least)));
  }

  @inline seal(k: i32, state: usize): bool {
    if (k !== 1 || !isFinite(load<f32>(state, PEAK)) || load<i32>(state, COUNT) === DONE) return false;
    const before = load<f64>(state, TAU);
    divide(state, 1);
    if (load<f64>(state, TAU) > before) {
      this.clear(state);
      return true;
    }
    store<i32>(state, DONE, COUNT);
    return false;
  }
}

@final
class SparsemaxGrad extends Scan {
  @inline traffic(): i32 {
    return READS_A | READS_B | ((READS_A | READS_B | WRITES) << 4);
  }

  @inline start(state: usize): void {
    store<i32>(state, 0, COUNT);
    store<f64>(state, 0, SUM);
    store<f64>(state, 0, LOST);
  }

  @inline value(k: i32, state: usize, dy: f32, y: f32): f32 {
    if (y === 0) return 0;
    if (k === 0) {
      add(state, <f64>dy, 0);
      return 0;
    }
    return Number.isNaN(y) ? NaN : <f32>(<f64>dy - load<f64>(state, TAU) - load<f64>(state, LOST));
  }

  @inline skips(_k: i32, _state: usize, _dy: v128): bool {
    return false;
  }

  @inline seal(k: i32, state: usize): bool {
    if (k === 0) {
      divide(state, 0);
      // Of sums that are not finite nothing is lost.
      if (!isFinite(load<f64>(state, LOST))) store<f64>(state, 0, LOST);
    }
    return false;
  }
}

export function sparsemax(x: usize, b: usize, out: usize, outer: usize, axis: usize, inner: usize): void {
  scanRows<Sparsemax>(x, b, out, outer, axis, inner);
}

export function sparsemaxPart(
  k: i32,
  x: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): bool {
  return scanPart<Sparsemax>(k, x, b, out, n, columns, stride, edge);
}

export function sparsemaxPasses(): i32 {
  return changetype<Sparsemax>(0).traffic();
}

export function sparsemaxGrad(dy: usize, y: usize, dx: usize, outer: usize, axis: usize, inner: usize): void {
  scanRows<SparsemaxGrad>(dy, y, dx, outer, axis, inner);
}

export function sparsemaxGradPart(
  k: i32,
  dy: usize,
  y: usize,
  dx: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
): bool {
  return scanPart<SparsemaxGrad>(k, dy, y, dx, n, columns, stride, edge);
}

export function sparsemaxGradPasses(): i32 {
  return changetype<SparsemaxGrad>(0).traffic();
}
