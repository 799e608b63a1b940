/**
 * The elementwise loops. Every kernel of the module runs in one of these.
 *
 * Elements are handled four vectors at a time where the body is short, then one vector at a time.
 * What is left, the tail of 1 to 3 elements, is loaded as a whole vector too and stored lane by
 * lane: an element takes the same path through the same instructions wherever it stands. A vector
 * is read before it is written: `out` may be `x` or `dy` itself.
 *
 * Up to 12 bytes beyond the end of an input are read (never written), and must lie in the memory.
 */
import { Activation, WideActivation } from "./activation";
import { ZERO } from "./math/lanes";

const VECTOR: usize = 16;

/** Writes the first n (1 to 3) lanes to p. */
export function storeTail(p: usize, v: v128, n: usize): void {
  if (n === 1) {
    v128.store_lane<f32>(p, v, 0);
    return;
  }
  v128.store_lane<f64>(p, v, 0);
  if (n === 3) v128.store_lane<f32>(p, v, 2, 8);
}

/**
 * The same, for loops that take longer than the call: it calls itself, or the compiler would put it
 * into each of them.
 */
export function storeShared(p: usize, v: v128, n: usize): void {
  if (n === 1) {
    v128.store_lane<f32>(p, v, 0);
    return;
  }
  v128.store_lane<f64>(p, v, 0);
  if (n === 3) storeShared(p + 8, v128.shuffle<i64>(v, v, 1, 1), 1);
}

/** out[i] = f(x[i]) */
export function map<A extends Activation>(x: usize, out: usize, n: usize, a: v128, b: v128): void {
  const f = changetype<A>(0);
  if (!isDefined(f.rolled)) {
    for (; n >= 16; n -= 16) {
      const y0 = f.value(v128.load(x), a, b);
      const y1 = f.value(v128.load(x, VECTOR), a, b);
      const y2 = f.value(v128.load(x, 2 * VECTOR), a, b);
      const y3 = f.value(v128.load(x, 3 * VECTOR), a, b);
      v128.store(out, y0);
      v128.store(out, y1, VECTOR);
      v128.store(out, y2, 2 * VECTOR);
      v128.store(out, y3, 3 * VECTOR);
      x += 4 * VECTOR;
      out += 4 * VECTOR;
    }
  }
  let y: v128 = ZERO;
  for (; n > 0; n -= 4) {
    y = f.value(v128.load(x), a, b);
    if (n < 4) break;
    v128.store(out, y);
    x += VECTOR;
    out += VECTOR;
  }
  if (n === 0) return;
  if (isDefined(f.rolled)) storeShared(out, y, n);
  else storeTail(out, y, n);
}

class Product {
  /** dy f'(x) in four lanes. */
  @inline static of<A extends Activation>(dy: v128, x: v128, a: v128, b: v128): v128 {
    const f = changetype<A>(0);
    if (isDefined(f.gradient)) return f.gradient(dy, x, a, b);
    return f32x4.mul(dy, f.slope(x, a, b));
  }
}

/** out[i] = dy[i] * f'(x[i]) */
export function mapGrad<A extends Activation>(dy: usize, x: usize, out: usize, n: usize, a: v128, b: v128): void {
  const f = changetype<A>(0);
  if (!isDefined(f.rolled)) {
    for (; n >= 16; n -= 16) {
      const dx0 = Product.of<A>(v128.load(dy), v128.load(x), a, b);
      const dx1 = Product.of<A>(v128.load(dy, VECTOR), v128.load(x, VECTOR), a, b);
      const dx2 = Product.of<A>(v128.load(dy, 2 * VECTOR), v128.load(x, 2 * VECTOR), a, b);
      const dx3 = Product.of<A>(v128.load(dy, 3 * VECTOR), v128.load(x, 3 * VECTOR), a, b);
      v128.store(out, dx0);
      v128.store(out, dx1, VECTOR);
      v128.store(out, dx2, 2 * VECTOR);
      v128.store(out, dx3, 3 * VECTOR);
      dy += 4 * VECTOR;
      x += 4 * VECTOR;
      out += 4 * VECTOR;
    }
  }
  let dx: v128 = ZERO;
  for (; n > 0; n -= 4) {
    dx = Product.of<A>(v128.load(dy), v128.load(x), a, b);
    if (n < 4) break;
    v128.store(out, dx);
    dy += VECTOR;
    x += VECTOR;
    out += VECTOR;
  }
  if (n === 0) return;
  if (isDefined(f.rolled)) storeShared(out, dx, n);
  else storeTail(out, dx, n);
}

/** The next two of x in float64; of the last one, what follows it too. */
function widened(p: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(p));
}

/** Stores two values as float32, rounded once; of a last one, the first. */
function storeNarrow(p: usize, y: v128, n: usize): void {
  const rounded = f32x4.demote_f64x2_zero(y);
  if (n > 1) v128.store_lane<f64>(p, rounded, 0);
  else v128.store_lane<f32>(p, rounded, 0);
}

/** out[i] = f(x[i]), two at a time: a body in float64 stands once in the loop, not twice. */
export function mapWide<A extends WideActivation>(x: usize, out: usize, n: usize, a: v128, b: v128): void {
  for (let left = <isize>n; left > 0; left -= 2) {
    storeNarrow(out, changetype<A>(0).value(widened(x), a, b), left);
    x += 8;
    out += 8;
  }
}

/** out[i] = dy[i] f'(x[i]), likewise. */
export function mapGradWide<A extends WideActivation>(
  dy: usize,
  x: usize,
  out: usize,
  n: usize,
  a: v128,
  b: v128,
): void {
  for (let left = <isize>n; left > 0; left -= 2) {
    storeNarrow(out, changetype<A>(0).gradient(widened(dy), widened(x), a, b), left);
    dy += 8;
    x += 8;
    out += 8;
  }
}
