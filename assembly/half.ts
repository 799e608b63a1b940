/**
 * Float16 in memory: to float32 and back, and what a host needs to make a table of 65,536 results.
 *
 * WebAssembly has no float16. Eight numbers at a time are converted by operations on integers, with
 * one addition of float32 each, which keeps subnormal numbers of float16 away from subnormal
 * operands, slow in hardware.
 */
import { select, size, splat } from "./math/lanes";

const NONE = i16x8.splat(0);
const SIGN = i16x8.splat(<i16>0x8000);
/** The bits of Infinity, and of the least normal number. */
const INFINITE = i16x8.splat(0x7c00);
const NORMAL = i16x8.splat(0x400);
/** What the exponents of the two types differ by, in the upper half of a float32. */
const REBASE = i16x8.splat(112 << 7);
const ONE_HALF = i32x4.splat(0x3f000000);

/** Bytes of eight numbers. */
const HALVES: usize = 16;
const FLOATS: usize = 32;
const SCRATCH = memory.data(32, 16);

/** Eight numbers. */
@final
class Eight {
  /** From float16 at p to float32 at `to`; all is read before anything is written. */
  @inline static widen(p: usize, to: usize): void {
    const halves = v128.load(p);
    const magnitude = v128.andnot(halves, SIGN);
    const sign = v128.and(halves, SIGN);
    const small = i16x8.lt_s(magnitude, NORMAL);
    // Infinity and NaN are rebased twice; small numbers get an exponent, 2^-14, which is subtracted
    // again.
    const beyond = v128.and(i16x8.ge_s(magnitude, INFINITE), REBASE);
    const rebased = i16x8.add(i16x8.add(i16x8.shr_u(magnitude, 3), REBASE), beyond);
    const upper = i16x8.add(rebased, v128.and(small, i16x8.splat(1 << 7)));
    const lower = i16x8.shl(halves, 13);
    const excess = v128.and(small, i16x8.splat(113 << 7));
    const x0 = f32x4.sub(Eight.first(lower, upper), Eight.first(NONE, excess));
    const x1 = f32x4.sub(Eight.second(lower, upper), Eight.second(NONE, excess));
    v128.store(to, v128.or(x0, Eight.first(NONE, sign)));
    v128.store(to, v128.or(x1, Eight.second(NONE, sign)), 16);
  }

  /** The first four of eight numbers of 32 bits, of which the lower and the upper 16 are given. */
  @inline static first(lower: v128, upper: v128): v128 {
    return v128.shuffle<i16>(lower, upper, 0, 8, 1, 9, 2, 10, 3, 11);
  }

  @inline static second(lower: v128, upper: v128): v128 {
    return v128.shuffle<i16>(lower, upper, 4, 12, 5, 13, 6, 14, 7, 15);
  }

  /**
   * The bits of |x| in float16, to the nearest, ties to even, as if the exponent had no end on
   * either side.
   */
  @inline static round(x: v128): v128 {
    const odd = v128.and(i32x4.shr_u(x, 13), i32x4.splat(1));
    return i32x4.shr_s(i32x4.add(i32x4.add(x, odd), i32x4.splat(0xfff - (112 << 23))), 13);
  }

  /** |x| as a multiple of 2^-24, the least float16: of the last place of 0.5. */
  @inline static count(x: v128): v128 {
    return i32x4.sub(f32x4.add(x, ONE_HALF), ONE_HALF);
  }

  /** To float16, each rounded once. */
  @inline static narrow(x: v128, y: v128): v128 {
    const a = size(x);
    const b = size(y);
    // Below the least exponent this saturates to 0, above the largest it is cut off.
    const rounded = i16x8.narrow_i32x4_u(Eight.round(a), Eight.round(b));
    const counted = i16x8.narrow_i32x4_u(Eight.count(a), Eight.count(b));
    const finite = select(i16x8.lt_u(rounded, NORMAL), counted, i16x8.min_u(rounded, INFINITE));
    const nan = i16x8.narrow_i32x4_s(f32x4.ne(x, x), f32x4.ne(y, y));
    const magnitude = v128.or(finite, v128.and(nan, i16x8.splat(0x7e00)));
    return select(SIGN, v128.shuffle<i16>(x, y, 1, 3, 5, 7, 9, 11, 13, 15), magnitude);
  }
}

/** n float16 at x to float32 at `out`, which may begin where x does, or end where x does. */
export function widen(x: usize, out: usize, n: usize): void {
  for (; n >= 8; n -= 8) {
    Eight.widen(x, out);
    x += HALVES;
    out += FLOATS;
  }
  Eight.widen(x, SCRATCH);
  memory.copy(out, SCRATCH, n << 2);
}

/** n float32 at x to float16 at `out`, which may begin where x does. */
export function narrow(x: usize, out: usize, n: usize): void {
  for (; n >= 8; n -= 8) {
    v128.store(out, Eight.narrow(v128.load(x), v128.load(x, 16)));
    x += FLOATS;
    out += HALVES;
  }
  v128.store(SCRATCH, Eight.narrow(v128.load(x), v128.load(x, 16)));
  memory.copy(out, SCRATCH, n << 1);
}

/** All numbers of float16 as float32, in the order of their bits. */
export function everyHalf(out: usize): void {
  let bits = v128.load(ORDER);
  for (let i = 0; i < 0x10000; i += 8) {
    v128.store(SCRATCH, bits);
    Eight.widen(SCRATCH, out);
    bits = i16x8.add(bits, i16x8.splat(8));
    out += FLOATS;
  }
}

const ORDER = memory.data<u16>([0, 1, 2, 3, 4, 5, 6, 7]);

/**
 * The same as narrow() of a multiple of 8, of numbers that may be off by 2^-19 of their size: where
 * that leaves open to which float16 they round, their index is added to the list of i32 at
 * `doubts`. Returns how many there are.
 */
export function narrowSurely(x: usize, out: usize, n: usize, doubts: usize): usize {
  const least = splat(1 - 1.0 / 0x80000);
  const most = splat(1 + 1.0 / 0x80000);
  let end = doubts;
  for (let i: usize = 0; i < n; i += 8) {
    const a = v128.load(x + (i << 2));
    const b = v128.load(x + (i << 2), 16);
    const lower = Eight.narrow(f32x4.mul(a, least), f32x4.mul(b, least));
    const upper = Eight.narrow(f32x4.mul(a, most), f32x4.mul(b, most));
    v128.store(out + (i << 1), Eight.narrow(a, b));
    let open = i16x8.bitmask(i16x8.ne(lower, upper));
    for (; open !== 0; open &= open - 1) {
      store<u32>(end, <u32>i + ctz(open));
      end += 4;
    }
  }
  return (end - doubts) >> 2;
}
