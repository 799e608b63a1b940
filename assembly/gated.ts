/**
 * The loops of the gated ops: gate(source) * other, where source and other are the two halves of an axis, runs of n elements side by
 * side.
 *
 * A block of gate values comes from the kernel of the activation, then it is multiplied. Where the gate is subnormal or 0 for being small it has lost
 * digits that the other factor would bring back into sight: such elements, rare ones, are computed in float64 from the formula.
 */
import { BLOCK, formulaAt, ONES, SLOPE } from "./faint";
import { storeTail } from "./loops";
import { size, splat } from "./math/lanes";
import { high, low, narrow } from "./math/wide";

const GATE = memory.data(4096, 16);
/** Four elements each: source, other, dy, and the two results. */
const LANES = memory.data(5 * 16, 16);

/** Runs shorter than this are taken many at a time: the gate of what lies between is computed in vain. */
const SHORT: usize = 32;

/** The loop of an activation, or of its gradient with a dy of ones. */
type Values = (x: usize, out: usize, n: usize, curve: usize) => void;
type Slopes = (ones: usize, x: usize, out: usize, n: usize, curve: usize) => void;

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

/**
 * out = gate(source) other for `outer` pairs of runs of n; from one pair to the next the inputs advance by 2 n. `curve` has the
 * formula of the gate; without one it is exact.
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
  const far = f32x4.splat(reachOf(curve));
  const period = n << 3;
  const group: usize = n < SHORT ? BLOCK / (2 * max(n, 1)) : 1;
  while (outer > 0) {
    const runs = min(group, outer);
    const length = n * (2 * runs - 1);
    for (let at: usize = 0; at < length; at += BLOCK) {
      const m = min(BLOCK, length - at);
      values(source + (at << 2), GATE, m, curve);
      for (let i: usize = 0; i < runs; i++) {
        let gate = GATE + i * period;
        let p = (at << 2) + i * period;
        let q = out + (at << 2) + i * (n << 2);
        for (let left = <isize>min(m, n); left > 0; left -= 4) {
          const value = v128.load(gate);
          const x = v128.load(source + p);
          const factor = v128.load(other + p);
          let result = f32x4.mul(value, factor);
          const faint = isFaint(x, value, far);
          if (v128.any_true(faint)) {
            v128.store(LANES, x);
            v128.store(LANES, factor, 32);
            v128.store(LANES, result, 64);
            repair(i32x4.bitmask(faint), curve, 0);
            result = v128.load(LANES, 64);
          }
          if (left < 4) storeTail(q, result, left);
          else v128.store(q, result);
          gate += 16;
          p += 16;
          q += 16;
        }
      }
    }
    source += runs * period;
    other += runs * period;
    out += runs * (n << 2);
    outer -= runs;
  }
}

/** dSource = dy other gate'(source), dOther = dy gate(source); from one pair of runs to the next all but dy advance by 2 n. */
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
  const far = f32x4.splat(reachOf(curve));
  const period = n << 3;
  const group: usize = n < SHORT ? BLOCK / (2 * max(n, 1)) : 1;
  while (outer > 0) {
    const runs = min(group, outer);
    const length = n * (2 * runs - 1);
    for (let at: usize = 0; at < length; at += BLOCK) {
      const m = min(BLOCK, length - at);
      values(source + (at << 2), GATE, m, curve);
      slopes(ONES, source + (at << 2), SLOPE, m, slopeCurve);
      for (let i: usize = 0; i < runs; i++) {
        let local = i * period;
        let p = (at << 2) + local;
        let q = dy + (at << 2) + i * (n << 2);
        for (let left = <isize>min(m, n); left > 0; left -= 4) {
          const value = v128.load(GATE + local);
          const slope = v128.load(SLOPE + local);
          const above = v128.load(q);
          const x = v128.load(source + p);
          const factor = v128.load(other + p);
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
          if (left < 4) {
            storeTail(dSource + p, first, left);
            storeTail(dOther + p, second, left);
          } else {
            v128.store(dSource + p, first);
            v128.store(dOther + p, second);
          }
          local += 16;
          p += 16;
          q += 16;
        }
      }
    }
    dy += runs * (n << 2);
    source += runs * period;
    other += runs * period;
    dSource += runs * period;
    dOther += runs * period;
    outer -= runs;
  }
}
