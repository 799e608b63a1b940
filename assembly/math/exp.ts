/**
 * e^x in float32.
 *
 * Method   x = n ln 2 + r, |r| <= ln 2 / 2; e^x = 2^n (1 + r + r^2 p(r)). ln 2 is the sum of
 *          LN2_HIGH, 15 bits, so that n LN2_HIGH is exact, and LN2_LOW. What r and 1 + r lose in
 *          rounding is added to the small last term (Fast2Sum). 2^n is applied as 2^(n/2) twice:
 *          the first product is exact, the second rounds once where the result is subnormal.
 * Special  -Infinity -> 0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.79 ULP (subnormal results; 0.69 elsewhere).
 * Source   p: `npm run minimax`, "exp, float32", relative error 2^-28; reduction after Cody and
 *          Waite 1980.
 */
import { splat } from "./lanes";

const LOG2_E: f32 = 1.4426950408889634;
const LN2_HIGH: f32 = 0.693145751953125;
const LN2_LOW: f32 = 1.428606765330187e-6;
/** e^89 > 2^128. */
export const LIMIT: f32 = 89;
/**
 * Adding it rounds to an integer n, and leaves n + 254 in the low bits: twice the bias of a float32
 * exponent.
 */
const ROUND: f32 = 12582912 + 254;

/** The same for 2^(n + 64) at once: n + 64 + 127. */
const ROUND_SCALED: f32 = 12582912 + 191;

@final
export class Exp {
  /** p(r). */
  @inline static curved(r: v128): v128 {
    let p = f32x4.add(f32x4.mul(splat(0.001381453825160861), r), splat(0.00836874544620514));
    p = f32x4.add(f32x4.mul(p, r), splat(0.04166838899254799));
    p = f32x4.add(f32x4.mul(p, r), splat(0.1666652113199234));
    return f32x4.add(f32x4.mul(p, r), splat(0.4999999403953552));
  }

  /** e^x. */
  @inline static of(x: v128): v128 {
    return Exp.upTo(x, splat(LIMIT));
  }

  /** e^min(x, limit), limit at most LIMIT. */
  @inline static upTo(x: v128, limit: v128): v128 {
    // e^-104 < 2^-150 rounds to 0.
    const z = f32x4.pmin(f32x4.pmax(x, splat(-104)), limit);
    const rounded = f32x4.add(f32x4.mul(z, splat(LOG2_E)), splat(ROUND));
    const n = f32x4.sub(rounded, splat(ROUND));
    const high = f32x4.sub(z, f32x4.mul(n, splat(LN2_HIGH)));
    const low = f32x4.mul(n, splat(LN2_LOW));
    const r = f32x4.sub(high, low);
    const residue = f32x4.sub(f32x4.sub(high, r), low);

    const p = Exp.curved(r);
    const start = f32x4.add(splat(1), r);
    const lost = f32x4.sub(r, f32x4.sub(start, splat(1)));
    const y = f32x4.add(start, f32x4.add(f32x4.add(lost, residue), f32x4.mul(f32x4.mul(r, r), p)));

    const half = i32x4.shr_u(rounded, 1);
    const first = i32x4.shl(half, 23);
    const second = i32x4.shl(i32x4.sub(rounded, half), 23);
    return f32x4.mul(f32x4.mul(y, first), second);
  }

  /**
   * 2^64 e^(x - c - delta), c a multiple of 2^-16, delta below 2^-16, x from c - 132.375 to c + 1
   * (or NaN), both within ±256, but for an x of no account: no result is subnormal, that of c -
   * 132.375 is 0.
   *
   * Method   as above, but that t = c + n LN2_HIGH is taken from x at once. It is exact, having 24
   *          bits, and x - t rounds only where x is small, by 2^-26: hardly anything of x is lost,
   *          however far it is from c. 1 + r is rounded, for the sake of speed.
   * Error    0.9 ULP.
   */
  @inline static scaled(x: v128, c: v128, delta: v128): v128 {
    const rounded = f32x4.add(f32x4.mul(f32x4.sub(x, c), splat(LOG2_E)), splat(ROUND_SCALED));
    const n = f32x4.sub(rounded, splat(ROUND_SCALED));
    const t = f32x4.add(c, f32x4.mul(n, splat(LN2_HIGH)));
    const high = f32x4.sub(x, t);
    const low = f32x4.add(f32x4.mul(n, splat(LN2_LOW)), delta);
    const r = f32x4.sub(high, low);
    const curve = f32x4.mul(f32x4.mul(r, r), Exp.curved(r));
    const y = f32x4.add(f32x4.add(f32x4.sub(curve, low), high), splat(1));
    return f32x4.mul(y, i32x4.shl(rounded, 23));
  }
}
