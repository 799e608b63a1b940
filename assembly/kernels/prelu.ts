/**
 * prelu(x) = x > 0 ? x : slope x, a slope per channel of [outer][channels][inner].
 *
 * Special  ±0 -> slope ±0, NaN -> NaN; slope 0: -Infinity -> -0.
 * Kink     f'(0) = slope.
 * Error    0.5 ULP (the one product); dslope: 0.5 ULP of a sum in float64.
 * Source   He, Zhang, Ren and Sun 2015, Delving deep into rectifiers.
 */
import { storeTail } from "../loops";
import { keepNaN, ONE, select, splat, ZERO } from "../math/lanes";
import { high, low } from "../math/wide";
import { loadTail } from "../pieces";
import { FIRST, LAST } from "../traffic";
import { leakyRelu } from "./leakyRelu";

/**
 * Room for 512 channels: a sum each, or where channels have runs four of them, by the index in the
 * run modulo 4.
 */
const SUMS = memory.data(512 * 32, 16);

/** For 512 slopes and as many results, where the host's do not lie in this memory. */
const ROOM = memory.data(2 * 512 * 4, 16);

@final
class Leak {
  /** A slope of 0 is multiplied with a finite number: 0 times -Infinity would be NaN. */
  @inline static value(x: v128, slope: v128): v128 {
    const least = select(f32x4.eq(slope, ZERO), splat(-f32.MAX_VALUE), splat(-Infinity));
    return select(f32x4.gt(x, ZERO), x, f32x4.mul(f32x4.pmax(x, least), slope));
  }

  @inline static slope(dy: v128, x: v128, slope: v128): v128 {
    return f32x4.mul(dy, keepNaN(x, select(f32x4.gt(x, ZERO), ONE, slope)));
  }
}

/** n elements, each with its slope. */
function leak(x: usize, slope: usize, out: usize, n: usize): void {
  for (; n >= 4; n -= 4) {
    v128.store(out, Leak.value(v128.load(x), v128.load(slope)));
    x += 16;
    slope += 16;
    out += 16;
  }
  if (n) storeTail(out, Leak.value(v128.load(x), v128.load(slope)), n);
}

export function preluRoom(): usize {
  return ROOM;
}

export function prelu(x: usize, slope: usize, out: usize, outer: usize, channels: usize, inner: usize): void {
  for (; outer > 0; outer--) {
    if (inner === 1) {
      leak(x, slope, out, channels);
      x += channels << 2;
      out += channels << 2;
    } else {
      for (let c: usize = 0; c < channels; c++) {
        leakyRelu(x, out, inner, load<f32>(slope + (c << 2)));
        x += inner << 2;
        out += inner << 2;
      }
    }
  }
}

/** dx of n elements of different channels, and what they add to their sums. */
function leakGrads(dy: usize, x: usize, slope: usize, dx: usize, n: usize): void {
  let sums: usize = SUMS;
  while (n > 0) {
    const whole = n >= 4;
    const above = whole ? v128.load(dy) : loadTail(dy, n);
    const from = whole ? v128.load(x) : loadTail(x, n);
    const s = whole ? v128.load(slope) : loadTail(slope, n);
    const part = v128.andnot(above, f32x4.gt(from, ZERO));
    const negative = v128.andnot(from, f32x4.gt(from, ZERO));
    v128.store(sums, f64x2.add(v128.load(sums), f64x2.mul(low(part), low(negative))));
    v128.store(sums, f64x2.add(v128.load(sums, 16), f64x2.mul(high(part), high(negative))), 16);
    const result = Leak.slope(above, from, s);
    if (!whole) {
      storeTail(dx, result, n);
      return;
    }
    v128.store(dx, result);
    dy += 16;
    x += 16;
    slope += 16;
    dx += 16;
    sums += 32;
    n -= 4;
  }
}

/** The same for a run of one channel. */
function leakGradRun(dy: usize, x: usize, slope: usize, dx: usize, n: usize, sums: usize): void {
  const s = v128.load32_splat(slope);
  let lower = v128.load(sums);
  let upper = v128.load(sums, 16);
  while (n > 0) {
    const whole = n >= 4;
    const above = whole ? v128.load(dy) : loadTail(dy, n);
    const from = whole ? v128.load(x) : loadTail(x, n);
    const part = v128.andnot(above, f32x4.gt(from, ZERO));
    const negative = v128.andnot(from, f32x4.gt(from, ZERO));
    lower = f64x2.add(lower, f64x2.mul(low(part), low(negative)));
    upper = f64x2.add(upper, f64x2.mul(high(part), high(negative)));
    const result = Leak.slope(above, from, s);
    if (!whole) {
      storeTail(dx, result, n);
      break;
    }
    v128.store(dx, result);
    dy += 16;
    x += 16;
    dx += 16;
    n -= 4;
  }
  v128.store(sums, lower);
  v128.store(sums, upper, 16);
}

/**
 * dx and dslope for up to 512 channels, `slab` elements from one of the `outer` to the next. The
 * sums stay from call to call: edge has bit 1 where they start, bit 2 where they end. `runs`:
 * channels have runs of `inner` elements, or parts of such, in multiples of 4 but for the last one.
 */
export function preluGrad(
  dy: usize,
  x: usize,
  slope: usize,
  dx: usize,
  dslope: usize,
  outer: usize,
  channels: usize,
  inner: usize,
  slab: usize,
  runs: bool,
  edge: i32,
): void {
  const size: usize = runs ? 32 : 8;
  if (edge & FIRST) {
    for (let p: usize = 0; p < channels * size; p += 16) v128.store(SUMS + p, f64x2.splat(0));
  }
  for (; outer > 0; outer--) {
    if (runs) {
      for (let c: usize = 0; c < channels; c++) {
        const at = (c * inner) << 2;
        leakGradRun(dy + at, x + at, slope + (c << 2), dx + at, inner, SUMS + c * size);
      }
    } else {
      leakGrads(dy, x, slope, dx, channels);
    }
    dy += slab << 2;
    x += slab << 2;
    dx += slab << 2;
  }
  if (edge & LAST) {
    for (let c: usize = 0; c < channels; c++) {
      const p = SUMS + c * size;
      let sum = load<f64>(p);
      if (runs) sum = sum + load<f64>(p, 8) + (load<f64>(p, 16) + load<f64>(p, 24));
      store<f32>(dslope + (c << 2), <f32>sum);
    }
  }
}
