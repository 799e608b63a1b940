/**
 * log1mexp(x) = ln(1 - e^x), x <= 0; log1mexp'(x) = -1 / (e^-x - 1).
 *
 * Method   float64. Below -ln 2 log1p(-e^x); above, v = 1 - e^x = -expm1(x) is 2^n m, 1 <= m < 2: n
 *          ln 2 + log1p(m - 1).
 * Special  -Infinity -> -0, ±0 -> -Infinity, x > 0 -> NaN, NaN -> NaN.
 * Kink     f'(0) = -Infinity, the limit.
 * Error    0.51 ULP, slope 0.51 ULP.
 * Source   Mächler 2012, Accurately computing log(1 - exp(-|a|)).
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { NONE, select } from "../math/lanes";
import { WIDE_ONE, WIDE_SIGN, WIDE_ZERO, Wide } from "../math/wide";

const LN2 = f64x2.splat(0.6931471805599453);

@final
class Log1mexp extends WideActivation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const t = Wide.bounded(x);
    const rounded = Wide.exponent(t);
    const power = i64x2.shl(rounded, 52);
    const grown = f64x2.mul(power, Wide.fraction(t, rounded));
    const e = f64x2.add(grown, power);
    const v = f64x2.neg(f64x2.add(grown, f64x2.sub(power, WIDE_ONE)));
    const near = f64x2.gt(x, f64x2.neg(LN2));
    // The exponent of v as the low bits of 2^52.
    const n = f64x2.sub(
      v128.or(i64x2.shr_u(v, 52), f64x2.splat(4503599627370496)),
      f64x2.splat(4503599627370496 + 1023),
    );
    const m = v128.or(v128.and(v, i64x2.splat(0xfffffffffffff)), WIDE_ONE);
    const y = f64x2.add(
      v128.and(near, f64x2.mul(n, LN2)),
      Wide.log1p(select(near, f64x2.sub(m, WIDE_ONE), f64x2.neg(e))),
    );
    const kept = select(f64x2.eq(x, WIDE_ZERO), f64x2.splat(-Infinity), y);
    return v128.or(kept, v128.or(f64x2.gt(x, WIDE_ZERO), f64x2.ne(x, x)));
  }

  @inline gradient(dy: v128, x: v128, _a: v128, _b: v128): v128 {
    const slope = f64x2.div(f64x2.splat(-1), Wide.expm1(Wide.bounded(f64x2.neg(x))));
    // The limit to the left, -0: times an infinite dy it is NaN.
    const limited = v128.andnot(slope, v128.andnot(f64x2.lt(x, f64x2.splat(-800)), WIDE_SIGN));
    return v128.or(f64x2.mul(dy, limited), f64x2.gt(x, WIDE_ZERO));
  }
}

export function log1mexp(x: usize, out: usize, n: usize): void {
  mapWide<Log1mexp>(x, out, n, NONE, NONE);
}

export function log1mexpGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGradWide<Log1mexp>(dy, x, out, n, NONE, NONE);
}
