/**
 * celu(x) = x > 0 ? x : alpha (e^(x / alpha) - 1), celu'(x) = x > 0 ? 1 : e^(x / alpha).
 *
 * Method   alpha 1: elu, with its table. Other alpha: float64.
 * Special  -Infinity -> -alpha, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN (alpha > 0).
 * Kink     f'(0) = 1.
 * Error    0.59 ULP, slope 0.78 ULP; other alpha 0.51 ULP, slope 0.51 ULP.
 * Source   Barron 2017, Continuously differentiable exponential linear units.
 */
import { Activation } from "../activation";
import { leftCurve } from "../curves";
import { map, mapGrad } from "../loops";
import { NONE, select, wideParameter, ZERO } from "../math/lanes";
import { high, low, narrow } from "../math/wide";
import { Expm1, eluTable, WideElu } from "./elu";
import { ExponentialSlope } from "./exponential";

/** Any alpha but 0, as float64. */
@final
class WideCelu extends Activation {
  @inline value(x: v128, alpha: v128, rate: v128): v128 {
    const elu = changetype<WideElu>(0);
    return select(f32x4.ge(x, ZERO), x, narrow(elu.left(low(x), alpha, rate), elu.left(high(x), alpha, rate)));
  }

  @inline rolled(): bool {
    return true;
  }
}

/** The table of elu. */
export function celuTable(): void {
  eluTable();
}

export function celu(x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha === 1) leftCurve(x, out, n, Expm1.curve);
  else map<WideCelu>(x, out, n, wideParameter(<f64>alpha), wideParameter(1 / <f64>alpha));
}

export function celuGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha === 1) mapGrad<ExponentialSlope>(dy, x, out, n, ZERO, NONE);
  else mapGrad<WideElu>(dy, x, out, n, wideParameter(1), wideParameter(1 / <f64>alpha));
}
