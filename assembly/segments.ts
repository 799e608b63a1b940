/**
 * The loops over curves of pieces, which a host makes of any function that it samples: out = f(x),
 * or out = dy f'(x).
 *
 * The line of numbers is cut by the upper bits of x: so many pieces to each power of two, on either
 * side of 0. A piece has a row, which says how x is rounded to the grid of the piece, what is
 * subtracted from x before (a root, so that it is the centre of an entry: then the relative error
 * is bounded beside it), and how many steps make 1: the entries are in steps of their grid, so that
 * none of their numbers is out of float32, however wide the piece. Near 0 and at both ends f is a
 * line.
 *
 * The words of the descriptor are those of math/curve.ts, and these.
 */
import { storeShared } from "./loops";
import { Cubic } from "./math/cubic";
import { FOLD, HI, LEFT_END, LO, MASK, RIGHT_END, TABLE, UNSCALE } from "./math/curve";
import { only, select, size, ZERO } from "./math/lanes";

/** The number of the piece of x: its bits without the sign, shifted by SHIFT, less FIRST; i32. */
const SHIFT: usize = 8;
const FIRST: usize = 12;
/** The bits of such a number, and what is added to it where x < 0; i32. The rows are at TABLE. */
const NUMBERS: usize = 16;
const SIDE: usize = 20;
/** The lines near 0, for x < 0 and the rest: how near, then as at the ends. */
const NEAR: usize = 96;
const NEAR_RIGHT: usize = 112;

/** The line of an end where it has taken over, a constant if it has no slope, else y. */
function beyond(isBeyond: v128, x: v128, y: v128, end: usize): v128 {
  const slope = v128.load32_splat(end, 4);
  const offset = v128.load32_splat(end, 12);
  const line = f32x4.add(f32x4.mul(x, slope), f32x4.add(f32x4.mul(x, v128.load32_splat(end, 8)), offset));
  return select(isBeyond, select(f32x4.eq(slope, ZERO), offset, line), y);
}

function run(isSlope: bool, dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  const lo = v128.load32_splat(curve, LO);
  const hi = v128.load32_splat(curve, HI);
  const shift = load<i32>(curve, SHIFT);
  const first = v128.load32_splat(curve, FIRST);
  const numbers = v128.load32_splat(curve, NUMBERS);
  const side = v128.load32_splat(curve, SIDE);
  const unscale = v128.load32_splat(curve, UNSCALE);
  const table = v128.load32_splat(curve, TABLE);
  const mask = v128.load32_splat(curve, MASK);
  const fold = v128.load32_splat(curve, FOLD);
  const left = v128.load32_splat(curve, LEFT_END);
  const right = v128.load32_splat(curve, RIGHT_END);
  const near = v128.load32_splat(curve, NEAR);

  let result: v128 = ZERO;
  for (; n > 0; n -= 4) {
    const at = v128.or(v128.load(x), fold);
    let z = f32x4.pmin(f32x4.pmax(at, lo), hi);
    const number = i32x4.sub(i32x4.shr_u(size(z), shift), first);
    let row = v128.and(i32x4.max_s(number, ZERO), numbers);
    row = v128.or(row, only(i32x4.shr_s(z, 31), side));
    row = i32x4.add(i32x4.shl(row, 4), table);
    const row01 = i64x2.extract_lane(row, 0);
    const row23 = i64x2.extract_lane(row, 1);
    const r0 = v128.load(<usize>(<u32>row01));
    const r1 = v128.load(<usize>(row01 >>> 32));
    const r2 = v128.load(<usize>(<u32>row23));
    const r3 = v128.load(<usize>(row23 >>> 32));
    const low01 = v128.shuffle<i32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<i32>(r2, r3, 0, 4, 1, 5);
    const m = v128.shuffle<i64>(low01, low23, 0, 2);
    const steps = v128.shuffle<i64>(v128.shuffle<i32>(r0, r1, 2, 6, 2, 6), v128.shuffle<i32>(r2, r3, 2, 6, 2, 6), 0, 2);
    z = f32x4.sub(z, v128.shuffle<i64>(low01, low23, 1, 3));
    const rounded = f32x4.add(z, m);
    const d = f32x4.mul(f32x4.sub(z, f32x4.sub(rounded, m)), steps);
    let y = Cubic.at(v128.and(i32x4.shl(rounded, 4), mask), d, false);
    if (!isSlope) y = f32x4.mul(y, unscale);
    const isLeft = f32x4.lt(at, left);
    const isRight = f32x4.ge(at, right);
    const isNear = f32x4.lt(size(at), near);
    // Seldom, and worth no registers.
    if (v128.any_true(v128.or(isNear, v128.or(isLeft, isRight)))) {
      y = beyond(isNear, at, y, curve + NEAR_RIGHT);
      y = beyond(v128.and(isNear, f32x4.lt(at, ZERO)), at, y, curve + NEAR);
      y = beyond(isLeft, at, beyond(isRight, at, y, curve + RIGHT_END), curve + LEFT_END);
    }
    if (isSlope) {
      // Last of all: dy may bring back into sight what would be lost.
      y = f32x4.mul(f32x4.mul(v128.load(dy), y), unscale);
      dy += 16;
    }
    result = y;
    if (n < 4) break;
    v128.store(out, result);
    x += 16;
    out += 16;
  }
  if (n > 0) storeShared(out, result, n);
}

export function piecesCurve(x: usize, out: usize, n: usize, curve: usize): void {
  run(false, 0, x, out, n, curve);
}

export function piecesSlope(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
  run(true, dy, x, out, n, curve);
}
