/**
 * dy f'(x) where f'(x) by itself is no number of float32: so small, or so large, that its digits
 * are lost, though dy brings the product back into sight. Such elements, rare ones, are computed in
 * float64 from the formula.
 *
 * A block without any is left to its loop: it is told by the extremes of dy, or of x, for a few
 * hundredths of the time of the loop.
 */
import { claim } from "./built";
import { storeShared } from "./loops";
import { FAR, FORMULA, Formula, HEAD, UNSCALE } from "./math/curve";
import { finite, select, size, splat, ZERO } from "./math/lanes";

/** Elements at a time, where something is kept for each. */
export const BLOCK: usize = 1024;
/** Elements that are looked through at a time; they stay in the first-level cache. */
const STRETCH: usize = 4096;
/** A block of slopes. */
export const SLOPE = memory.data(4096, 16);
/** A block of dy with which a loop gives the slope itself. */
export const ONES = memory.data(4096, 16);
/** Four elements each: x, dy, slope, the product. */
const LANES = memory.data(4 * 16, 16);
/** The descriptor of a curve whose entries are taken as they are, scaled. */
const SCALED = memory.data(HEAD, 16);

/**
 * Up to this |dy| a loop over a curve is right by itself: below the table |f'| < 2^-150, and dy f'
 * is no normal number.
 */
const LOUD: f32 = 4096;

/** The loop of a gradient. */
type Loop = (dy: usize, x: usize, out: usize, n: usize, curve: usize) => void;

/** Fills the block of ones. */
export function fillOnes(): void {
  if (!claim(ONES, BLOCK * 4)) return;
  for (let p: usize = ONES; p < ONES + BLOCK * 4; p += 16) v128.store(p, splat(1));
}

/**
 * The formula of a curve at x, or so far out that what it gives, though not 0, is too small for any
 * product of two float32.
 */
export function formulaAt(curve: usize, x: f64): f64 {
  const far = <f64>load<f32>(curve, FAR);
  return changetype<Formula>(load<usize>(curve, FORMULA))(min(max(x, -far), far));
}

/** The larger sizes of four elements at p and p + 16. */
function larger(p: usize): v128 {
  return f32x4.pmax(size(v128.load(p)), size(v128.load(p, 16)));
}

/** Whether one of n elements is larger than `bound` in size; up to 12 bytes more count. */
function exceeds(p: usize, n: usize, bound: f32): bool {
  let most = ZERO;
  for (; n >= 32; n -= 32) {
    const first = f32x4.pmax(larger(p), larger(p + 32));
    const second = f32x4.pmax(larger(p + 64), larger(p + 96));
    most = f32x4.pmax(most, f32x4.pmax(first, second));
    p += 128;
  }
  for (let left = <isize>n; left > 0; left -= 4) {
    most = f32x4.pmax(most, size(v128.load(p)));
    p += 16;
  }
  return v128.any_true(f32x4.gt(most, f32x4.splat(bound)));
}

/** Where marked, dy f'(x) from the formula; where x is infinite f' is the limit. */
function repair(marks: i32, curve: usize, mirror: bool): void {
  for (let i = 0; i < 4; i++) {
    if (!((marks >> i) & 1)) continue;
    const p = LANES + ((<usize>i) << 2);
    const x = load<f32>(p);
    const slope = load<f32>(p, 32);
    const limit = abs(slope) === Infinity ? slope : 0 * slope;
    const exact = abs(x) === Infinity ? <f64>limit : formulaAt(curve, mirror ? -(<f64>x) : <f64>x);
    store<f32>(p, <f32>(<f64>load<f32>(p, 16) * exact), 48);
  }
}

/** What the loop of scaled slopes takes for dy: where it is large, a dy that undoes the scale. */
function subdue(dy: usize, n: usize, unscale: v128, loud: f32): void {
  for (let i: usize = 0; i < n; i += 4) {
    const above = v128.load(dy + (i << 2));
    const big = f32x4.gt(size(above), f32x4.splat(loud));
    v128.store(SLOPE + (i << 2), select(big, f32x4.mul(finite(above), unscale), above));
  }
}

/**
 * out = dy f'(x) from the products of the block, which are right up to a |dy| of `loud`: beyond,
 * those of faint slopes are computed anew, and those of infinite ones for a small dy.
 */
function products(loop: Loop, dy: usize, x: usize, out: usize, n: usize, curve: usize, loud: f32, mirror: bool): void {
  const unscale = v128.load32_splat(curve, UNSCALE);
  let block: usize = SLOPE;
  for (let left = <isize>n; left > 0; left -= 4) {
    const product = v128.load(block);
    const above = v128.load(dy);
    const big = f32x4.gt(size(above), f32x4.splat(loud));
    let dx = select(big, product, f32x4.mul(product, unscale));
    const endless = f32x4.eq(size(above), splat(Infinity));
    dx = select(endless, f32x4.mul(product, splat(Infinity)), dx);
    const least = f32x4.mul(size(finite(above)), splat(f32.MIN_NORMAL_VALUE));
    const faint = v128.and(big, f32x4.lt(size(product), least));
    const lost = v128.andnot(f32x4.lt(size(above), splat(1)), f32x4.lt(size(product), splat(Infinity)));
    const marked = v128.or(faint, lost);
    if (v128.any_true(marked)) {
      v128.store(LANES, v128.load(x));
      v128.store(LANES, above, 16);
      v128.store(LANES, dx, 48);
      loop(ONES, LANES, LANES + 32, 4, SCALED);
      repair(i32x4.bitmask(marked), curve, mirror);
      dx = v128.load(LANES, 48);
    }
    if (left < 4) storeShared(out, dx, left);
    else v128.store(out, dx);
    block += 16;
    dy += 16;
    x += 16;
    out += 16;
  }
}

/**
 * out = dy f'(x) by a loop that is right where none of the `watched`, which is dy or x, is larger
 * than `bound`. Elsewhere see products().
 */
export function wholeGrad(
  loop: Loop,
  dy: usize,
  x: usize,
  out: usize,
  n: usize,
  curve: usize,
  watched: usize,
  bound: f32,
  loud: f32,
  mirror: bool,
): void {
  while (n > 0) {
    let m = min(n, STRETCH);
    if (!exceeds(watched, m, bound)) loop(dy, x, out, m, curve);
    else {
      m = min(m, BLOCK);
      fillOnes();
      memory.copy(SCALED, curve, HEAD);
      store<f32>(SCALED, 1, UNSCALE);
      subdue(dy, m, v128.load32_splat(curve, UNSCALE), loud);
      loop(SLOPE, x, SLOPE, m, SCALED);
      products(loop, dy, x, out, m, curve, loud, mirror);
    }
    dy += m << 2;
    x += m << 2;
    out += m << 2;
    watched += m << 2;
    n -= m;
  }
}

/** out = dy f'(x), f' a curve, by its loop; with `mirror` f'(-x). */
export function curveGrad(
  loop: Loop,
  dy: usize,
  x: usize,
  out: usize,
  n: usize,
  curve: usize,
  mirror: bool = false,
): void {
  wholeGrad(loop, dy, x, out, n, curve, dy, LOUD, LOUD, mirror);
}
