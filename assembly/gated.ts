/**
 * gate(source) other, and its gradient. A block of gate values comes from the kernel of the
 * activation, then it is multiplied. Where a value is subnormal, or 0 for being small, it has lost
 * digits that the other factor would bring back into sight: such elements, rare ones, are computed
 * in float64 from the formula.
 */
import { formulaAt, ONES, SLOPE } from "./faint";
import { halves, halvesGrad, Slopes, Values } from "./halves";
import { storeTail } from "./loops";
import { size, splat } from "./math/lanes";
import { high, low, narrow } from "./math/wide";

const GATE = memory.data(4096, 16);
/** Four elements each: source, other, dy, and the two results. */
const LANES = memory.data(5 * 16, 16);

/** Where a value of the gate or its slope is too small for float32 to hold all of its digits. */
function isFaint(source: v128, value: v128, reach: v128): v128 {
  const within = v128.and(f32x4.lt(size(source), reach), f32x4.ne(source, splat(0)));
  return v128.and(within, f32x4.lt(size(value), splat(f32.MIN_NORMAL_VALUE)));
}

/** Every finite x may have a faint value, or without a curve none. */
function reachOf(curve: usize): f32 {
  return curve ? Infinity : 0;
}

/** Where marked, results once more: dOther = dy gate, dSource = dy other gate'. */
function repair(marks: i32, curve: usize, slope: usize): void {
  for (let i = 0; i < 4; i++) {
    if (!((marks >> i) & 1)) continue;
    const p = LANES + ((<usize>i) << 2);
    const x = <f64>load<f32>(p);
    const dy = <f64>load<f32>(p, 32);
    if (slope) store<f32>(p, <f32>(dy * <f64>load<f32>(p, 16) * formulaAt(slope, x)), 48);
    store<f32>(p, <f32>(dy * formulaAt(curve, x)), 64);
  }
}

/** gate(source) other of n elements, at most a block. */
function multiply(values: Values, curve: usize, source: usize, other: usize, out: usize, n: usize): void {
  const far = f32x4.splat(reachOf(curve));
  values(source, GATE, n, curve);
  for (let i: usize = 0; i < n; i += 4) {
    const at = i << 2;
    const value = v128.load(GATE + at);
    const x = v128.load(source + at);
    const factor = v128.load(other + at);
    let result = f32x4.mul(value, factor);
    const faint = isFaint(x, value, far);
    if (v128.any_true(faint)) {
      v128.store(LANES, x);
      v128.store(LANES, factor, 32);
      v128.store(LANES, result, 64);
      repair(i32x4.bitmask(faint), curve, 0);
      result = v128.load(LANES, 64);
    }
    if (n - i < 4) storeTail(out + at, result, n - i);
    else v128.store(out + at, result);
  }
}

/** Its gradient. */
function multiplyGrad(
  values: Values,
  slopes: Slopes,
  curve: usize,
  slopeCurve: usize,
  dy: usize,
  source: usize,
  other: usize,
  dSource: usize,
  dOther: usize,
  n: usize,
): void {
  const far = f32x4.splat(reachOf(curve));
  values(source, GATE, n, curve);
  slopes(ONES, source, SLOPE, n, slopeCurve);
  for (let i: usize = 0; i < n; i += 4) {
    const at = i << 2;
    const value = v128.load(GATE + at);
    const slope = v128.load(SLOPE + at);
    const above = v128.load(dy + at);
    const x = v128.load(source + at);
    const factor = v128.load(other + at);
    let first = narrow(
      f64x2.mul(f64x2.mul(low(above), low(factor)), low(slope)),
      f64x2.mul(f64x2.mul(high(above), high(factor)), high(slope)),
    );
    let second = f32x4.mul(above, value);
    const faint = v128.or(isFaint(x, value, far), isFaint(x, slope, far));
    if (v128.any_true(faint)) {
      v128.store(LANES, x);
      v128.store(LANES, factor, 16);
      v128.store(LANES, above, 32);
      v128.store(LANES, first, 48);
      v128.store(LANES, second, 64);
      repair(i32x4.bitmask(faint), curve, slopeCurve);
      first = v128.load(LANES, 48);
      second = v128.load(LANES, 64);
    }
    if (n - i < 4) {
      storeTail(dSource + at, first, n - i);
      storeTail(dOther + at, second, n - i);
    } else {
      v128.store(dSource + at, first);
      v128.store(dOther + at, second);
    }
  }
}

/**
 * out = gate(source) other for `outer` pairs of runs of n elements; from one pair to the next the
 * factors advance by 2 n. `curve` has the formula of the gate; without one it is exact.
 */
export function gated(
  values: Values,
  curve: usize,
  source: usize,
  other: usize,
  out: usize,
  n: usize,
  outer: usize,
): void {
  halves(multiply, values, curve, source, other, out, n, outer);
}

/**
 * dSource = dy other gate'(source), dOther = dy gate(source); from one pair of runs to the next all
 * but dy advance by 2 n.
 */
export function gatedGrad(
  values: Values,
  slopes: Slopes,
  curve: usize,
  slopeCurve: usize,
  dy: usize,
  source: usize,
  other: usize,
  dSource: usize,
  dOther: usize,
  n: usize,
  outer: usize,
): void {
  halvesGrad(multiplyGrad, values, slopes, curve, slopeCurve, dy, source, other, dSource, dOther, n, outer);
}
