/**
 * elu(x) = x > 0 ? x : alpha (e^x - 1), elu'(x) = x > 0 ? 1 : alpha e^x.
 *
 * Method   alpha 1: a table of e^x - 1 (math/curve.ts), which is -1 below -17.273; the slope by math/exp.ts. Other alpha: float64, since
 *          a product would round a second time, and e^x may be far below the range of float32 with alpha e^x in it.
 * Special  -Infinity -> -alpha, ±0 -> alpha ±0, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(0) = alpha.
 * Error    0.59 ULP, slope 0.78 ULP; other alpha 0.51 ULP, slope 0.51 ULP.
 * Source   Clevert, Unterthiner and Hochreiter 2015, Fast and accurate deep network learning by exponential linear units (ELUs).
 */
import { Activation } from "../activation";
import { leftCurve } from "../curves";
import { map, mapGrad } from "../loops";
import { curve, ENTRY, fillCurve, flatStart, HEAD, subtracted, throughZero } from "../math/curve";
import { select, wideParameter, ZERO } from "../math/lanes";
import { high, low, narrow, WIDE_SIGN, Wide } from "../math/wide";
import { ExponentialUpTo } from "./exponential";

/** e^x - 1 for x <= 0. */
export class Expm1 {
  static readonly curve: usize = memory.data(HEAD + 2048 * ENTRY, 16);

  static formula(x: f64): f64 {
    return NativeMath.expm1(x);
  }
}

/** x > 0 ? x : factor (e^(rate x) - 1), its slope x > 0 ? 1 : factor e^(rate x), the parameters in float64. */
@final
export class WideElu extends Activation {
  @inline value(x: v128, factor: v128, rate: v128): v128 {
    return select(f32x4.gt(x, ZERO), x, narrow(this.left(low(x), factor, rate), this.left(high(x), factor, rate)));
  }

  @inline left(x: v128, factor: v128, rate: v128): v128 {
    const t = f64x2.mul(x, rate);
    // e^-0 - 1 comes out as +0.
    const grown = v128.or(Wide.expm1(Wide.bounded(t)), v128.and(t, WIDE_SIGN));
    return f64x2.mul(grown, factor);
  }

  @inline gradient(dy: v128, x: v128, factor: v128, rate: v128): v128 {
    const first = this.scaled(low(dy), low(x), factor, rate);
    const second = this.scaled(high(dy), high(x), factor, rate);
    return select(f32x4.gt(x, ZERO), dy, narrow(first, second));
  }

  @inline scaled(dy: v128, x: v128, factor: v128, rate: v128): v128 {
    return f64x2.mul(dy, f64x2.mul(Wide.limitedExp(f64x2.mul(x, rate)), factor));
  }

  @inline rolled(): bool {
    return true;
  }
}

export function eluTable(): void {
  if (curve(Expm1.curve, 2048, Expm1.formula, -17.28125, 0, 6)) {
    // -1 up to half a step beyond lo, -17.273: a little after -17.329, where it is as near as the number above.
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
  else map<WideElu>(x, out, n, wideParameter(<f64>alpha), wideParameter(1));
}

export function eluGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha === 1) ExponentialUpTo.grad(dy, x, out, n, ExponentialUpTo.zero);
  else mapGrad<WideElu>(dy, x, out, n, wideParameter(<f64>alpha), wideParameter(1));
}
