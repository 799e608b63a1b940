/**
 * elu(x) = x > 0 ? x : alpha (e^x - 1), elu'(x) = x > 0 ? 1 : alpha e^x.
 *
 * Method   alpha 1: a table of e^x - 1 (math/curve.ts), which is -1 below -17.273; the slope by
 *          math/exp.ts. Other alpha: float64, since a product would round a second time, and e^x
 *          may be far below the range of float32 with alpha e^x in it.
 * Special  -Infinity -> -alpha, ±0 -> alpha ±0, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(0) = alpha.
 * Error    0.59 ULP, slope 0.78 ULP; other alpha 0.51 ULP, slope 0.51 ULP.
 * Source   Clevert, Unterthiner and Hochreiter 2015, Fast and accurate deep network learning by
 *          exponential linear units (ELUs).
 */
import { WideActivation } from "../activation";
import { leftCurve } from "../curves";
import { mapGradWide, mapWide } from "../loops";
import { curve, ENTRY, fillCurve, flatStart, HEAD, subtracted, throughZero } from "../math/curve";
import { select, wideParameter } from "../math/lanes";
import { WIDE_ONE, WIDE_SIGN, WIDE_ZERO, Wide } from "../math/wide";
import { ExponentialUpTo } from "./exponential";

/** e^x - 1 for x <= 0. */
export class Expm1 {
  static readonly curve: usize = memory.data(HEAD + 2048 * ENTRY, 16);

  static formula(x: f64): f64 {
    return NativeMath.expm1(x);
  }
}

/** factor (e^(rate x) - 1) and factor e^(rate x), the parameters in float64. */
@final
export class ExponentialLeft {
  @inline static value(x: v128, factor: v128, rate: v128): v128 {
    const t = f64x2.mul(x, rate);
    // e^-0 - 1 comes out as +0.
    const grown = v128.or(Wide.expm1(Wide.bounded(t)), v128.and(t, WIDE_SIGN));
    return f64x2.mul(grown, factor);
  }

  @inline static slope(x: v128, factor: v128, rate: v128): v128 {
    return f64x2.mul(Wide.limitedExp(f64x2.mul(x, rate)), factor);
  }
}

/** x > 0 ? x : factor (e^(rate x) - 1), its slope x > 0 ? 1 : factor e^(rate x). */
@final
export class WideElu extends WideActivation {
  @inline value(x: v128, factor: v128, rate: v128): v128 {
    return select(f64x2.gt(x, WIDE_ZERO), x, ExponentialLeft.value(x, factor, rate));
  }

  @inline gradient(dy: v128, x: v128, factor: v128, rate: v128): v128 {
    return f64x2.mul(dy, select(f64x2.gt(x, WIDE_ZERO), WIDE_ONE, ExponentialLeft.slope(x, factor, rate)));
  }
}

export function eluTable(): void {
  if (curve(Expm1.curve, 2048, Expm1.formula, -17.28125, 0, 6)) {
    // -1 up to half a step beyond lo, -17.273: a little after -17.329, where it is as near as the
    // number above.
    flatStart();
    throughZero(1);
    subtracted();
    fillCurve();
  }
}

export function eluGradTable(): void {
  ExponentialUpTo.prepare(ExponentialUpTo.zero, 0);
}

export function elu(x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha === 1) leftCurve(x, out, n, Expm1.curve);
  else mapWide<WideElu>(x, out, n, wideParameter(<f64>alpha), wideParameter(1));
}

export function eluGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha === 1) ExponentialUpTo.grad(dy, x, out, n, ExponentialUpTo.zero);
  else mapGradWide<WideElu>(dy, x, out, n, wideParameter(<f64>alpha), wideParameter(1));
}
