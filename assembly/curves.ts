/**
 * The loops over curves: out = f(x), or out = dy f(x), f a curve of math/curve.ts. One loop for
 * each shape of curve and direction; all that is a number is loaded from the curve's descriptor,
 * once, at the loop's entry.
 *
 * A host can write a descriptor and entries of its own into the memory, and hand their address to
 * these functions.
 */
import { storeShared } from "./loops";
import { Cubic } from "./math/cubic";
import {
  HI,
  LEFT_END,
  LO,
  MAGIC,
  MASK,
  RIGHT,
  RIGHT_END,
  ROOT,
  SLOPE,
  SPLIT,
  TABLE,
  TO_ROOT,
  TO_TAIL,
  UNSCALE,
  WIDTH,
} from "./math/curve";
import { copySign, ONE, only, SIGN, select, size, splat, ZERO } from "./math/lanes";

/** What its curves have, known at compile time: see optional.d.ts. */
export abstract class Shape {}

/**
 * x where the line of an end has taken over, else y. The border, slope, rest and offset of the end
 * are words at `end`.
 */
function beyond(isBeyond: v128, x: v128, y: v128, end: usize): v128 {
  const small = f32x4.add(f32x4.mul(x, v128.load32_splat(end, 8)), v128.load32_splat(end, 12));
  return select(isBeyond, f32x4.add(f32x4.mul(x, v128.load32_splat(end, 4)), small), y);
}

function run<S extends Shape>(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  const f = changetype<S>(0);
  const lo = v128.load32_splat(curve, LO);
  const hi = v128.load32_splat(curve, HI);
  const main = isDefined(f.octaves) ? ZERO : v128.load32_splat(curve, MAGIC);
  const split = isDefined(f.tail) ? v128.load32_splat(curve, SPLIT) : ZERO;
  const toTail = isDefined(f.tail) ? v128.load32_splat(curve, TO_TAIL) : ZERO;
  const root = isDefined(f.root) ? v128.load32_splat(curve, ROOT) : ZERO;
  const toRoot = isDefined(f.root) ? v128.load32_splat(curve, TO_ROOT) : ZERO;
  const lined = isDefined(f.root) || isDefined(f.zero);
  const width = lined ? v128.load32_splat(curve, WIDTH) : ZERO;
  const slope = lined ? v128.load32_splat(curve, SLOPE) : ZERO;
  const unscale = isDefined(f.scaled) ? v128.load32_splat(curve, UNSCALE) : ZERO;
  const right = isDefined(f.right) ? v128.load32_splat(curve, RIGHT) : ZERO;
  const mask = v128.load32_splat(curve, MASK);
  const table = isDefined(f.octaves) ? v128.load32_splat(curve, TABLE) : ZERO;
  const leftEnd = isDefined(f.ends) ? v128.load32_splat(curve, LEFT_END) : ZERO;
  const rightEnd = isDefined(f.ends) ? v128.load32_splat(curve, RIGHT_END) : ZERO;

  let result: v128 = ZERO;
  for (; n > 0; n -= 4) {
    const from = v128.load(x);
    let at = from;
    if (isDefined(f.mirror)) at = f32x4.neg(at);
    if (isDefined(f.even)) at = v128.or(at, SIGN);
    if (isDefined(f.odd)) at = v128.andnot(at, SIGN);
    // Also where x itself follows: some entry of the tail would be met there, whose terms may be
    // subnormal, which takes long.
    let z = f32x4.pmin(f32x4.pmax(at, lo), hi);

    // Of constants a xor chooses: one instruction less than a bitselect.
    let m = main;
    if (isDefined(f.tail)) m = v128.xor(m, only(f32x4.lt(at, split), toTail));
    let line: v128 = ZERO;
    if (isDefined(f.root)) {
      const distance = f32x4.sub(at, root);
      const beside = f32x4.lt(size(distance), width);
      line = only(beside, f32x4.mul(distance, slope));
      z = select(beside, distance, z);
      m = v128.xor(m, only(beside, toRoot));
    }

    let c: v128;
    let address: v128;
    if (isDefined(f.octaves)) {
      // 32 cells to the octave.
      c = v128.or(v128.and(z, i32x4.splat(-0x40000)), i32x4.splat(0x20000));
      address = i32x4.shr_u(z, 14);
    } else {
      const rounded = f32x4.add(z, m);
      c = f32x4.sub(rounded, m);
      address = i32x4.shl(rounded, 4);
    }
    const d = f32x4.sub(z, c);
    if (isDefined(f.zero)) {
      const beside = isDefined(f.odd)
        ? f32x4.lt(c, width)
        : isDefined(f.left)
          ? f32x4.gt(c, width)
          : f32x4.lt(size(c), width);
      line = only(beside, f32x4.mul(z, slope));
    }

    address = v128.and(address, mask);
    if (isDefined(f.octaves)) address = i32x4.add(address, table);
    let y: v128;
    if (isDefined(f.gradient)) {
      const beyond = isDefined(f.right) ? f32x4.gt(from, ZERO) : ZERO;
      const above = v128.load(dy);
      const far = isDefined(f.octaves);
      // Last of all: dy may bring back into sight what would be lost.
      y = f32x4.mul(Cubic.times(above, address, d, far, line, lined, beyond, isDefined(f.right), right), unscale);
      dy += 16;
    } else {
      y = Cubic.at(address, d, isDefined(f.octaves));
      if (isDefined(f.ends) || (isDefined(f.zero) && !isDefined(f.odd))) y = f32x4.sub(line, y);
      else if (lined) y = f32x4.add(line, y);
      if (isDefined(f.scaled)) y = f32x4.mul(y, unscale);
    }
    // As integers without a sign: x is the larger one from hi on, elsewhere 0 the smaller, also
    // than a negative y.
    if (isDefined(f.identity)) y = i32x4.max_u(y, only(f32x4.ge(at, hi), at));
    if (isDefined(f.ends)) {
      const isLeft = f32x4.lt(at, leftEnd);
      const isRight = f32x4.ge(at, rightEnd);
      // Seldom, and worth no registers.
      if (v128.any_true(v128.or(isLeft, isRight))) {
        y = beyond(isLeft, at, beyond(isRight, at, y, curve + RIGHT_END), curve + LEFT_END);
      }
    }
    if (isDefined(f.finish)) y = f.finish(from, y, hi, right);
    if (isDefined(f.mirror) && !isDefined(f.gradient)) y = f32x4.neg(y);
    result = y;
    if (n < 4) break;
    v128.store(out, result);
    x += 16;
    out += 16;
  }
  if (n > 0) storeShared(out, result, n);
}

/** Constant at both ends, as sigmoid is. */
@final
class Flat extends Shape {
  scaled: bool = true;
}

export function flatCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run<Flat>(0, x, out, n, curve);
}

@final
class FlatSlope extends Shape {
  scaled: bool = true;
  gradient: bool = true;
}

export function flatSlope(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  run<FlatSlope>(dy, x, out, n, curve);
}

/** The mirror image, f(-x). */
@final
class MirrorSlope extends Shape {
  mirror: bool = true;
  scaled: bool = true;
  gradient: bool = true;
}

export function mirrorSlope(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  run<MirrorSlope>(dy, x, out, n, curve);
}

/** Constant to the left, x to the right, as softplus is. */
@final
class Ramp extends Shape {
  scaled: bool = true;
  identity: bool = true;
}

export function rampCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run<Ramp>(0, x, out, n, curve);
}

/** Its mirror image, -f(-x). */
@final
class MirrorRamp extends Shape {
  mirror: bool = true;
  scaled: bool = true;
  identity: bool = true;
}

export function mirrorRampCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run<MirrorRamp>(0, x, out, n, curve);
}

/** f(-x) = -f(x), a line at 0, as tanh. */
@final
class Odd extends Shape {
  odd: bool = true;
  zero: bool = true;

  @inline finish(x: v128, y: v128, _hi: v128, _right: v128): v128 {
    return v128.or(y, v128.and(x, SIGN));
  }
}

export function oddCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run<Odd>(0, x, out, n, curve);
}

/** x times something between 0 and 1, as silu. */
@final
class Gate extends Shape {
  tail: bool = true;
  zero: bool = true;
  scaled: bool = true;
  identity: bool = true;
}

export function gateCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run<Gate>(0, x, out, n, curve);
}

/** The slope of a gate: a root to the left of 0. */
@final
class GateSlope extends Shape {
  tail: bool = true;
  root: bool = true;
  scaled: bool = true;
  gradient: bool = true;
}

export function gateSlope(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  run<GateSlope>(dy, x, out, n, curve);
}

/** A curve that ends in 0 at 0, and x to the right of it. */
@final
class Left extends Shape {
  left: bool = true;
  zero: bool = true;

  @inline finish(x: v128, y: v128, _hi: v128, _right: v128): v128 {
    return f32x4.add(f32x4.pmax(splat(-0.0), x), y);
  }
}

export function leftCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run<Left>(0, x, out, n, curve);
}

/**
 * The same with x + right x to the right: one product with a rounded 1 + right would add up to 0.5
 * ULP.
 */
@final
class LeftOfLine extends Shape {
  left: bool = true;
  zero: bool = true;
  right: bool = true;

  @inline finish(x: v128, y: v128, _hi: v128, right: v128): v128 {
    const positive = f32x4.pmax(splat(-0.0), x);
    return f32x4.add(f32x4.add(positive, f32x4.mul(positive, right)), y);
  }
}

export function leftOfLineCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run<LeftOfLine>(0, x, out, n, curve);
}

/** A curve that ends at 0, and `right` beyond it. */
@final
class LeftSlope extends Shape {
  right: bool = true;
  scaled: bool = true;
  gradient: bool = true;
}

export function leftSlope(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  run<LeftSlope>(dy, x, out, n, curve);
}

/** f(-x) = f(x): the table covers x <= 0. */
@final
class EvenSlope extends Shape {
  even: bool = true;
  scaled: bool = true;
  gradient: bool = true;
}

export function evenSlope(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  run<EvenSlope>(dy, x, out, n, curve);
}

@final
class EvenTailSlope extends Shape {
  even: bool = true;
  tail: bool = true;
  scaled: bool = true;
  gradient: bool = true;
}

export function evenTailSlope(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  run<EvenTailSlope>(dy, x, out, n, curve);
}

/** f(-x) = -f(x), like a power of x near 0, |x| - 1 from hi on. */
@final
class Shrink extends Shape {
  odd: bool = true;
  octaves: bool = true;
  scaled: bool = true;

  @inline finish(x: v128, y: v128, hi: v128, _right: v128): v128 {
    const magnitude = size(x);
    return copySign(select(f32x4.ge(magnitude, hi), f32x4.sub(magnitude, ONE), y), x);
  }
}

export function shrinkCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run<Shrink>(0, x, out, n, curve);
}

@final
class ShrinkSlope extends Shape {
  odd: bool = true;
  octaves: bool = true;
  scaled: bool = true;
  gradient: bool = true;
}

export function shrinkSlope(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  run<ShrinkSlope>(dy, x, out, n, curve);
}

/**
 * What a host has made of a function that it samples, with two grids, and ends that may be lines:
 * one with a root at 0 or none, as most activations.
 */
@final
class SampledGate extends Shape {
  tail: bool = true;
  zero: bool = true;
  scaled: bool = true;
  ends: bool = true;
}

export function sampledGate(x: usize, out: usize, n: usize, curve: usize): void {
  run<SampledGate>(0, x, out, n, curve);
}
