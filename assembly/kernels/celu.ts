/**
 * celu(x) = x > 0 ? x : alpha (e^(x / alpha) - 1), celu'(x) = x > 0 ? 1 : e^(x / alpha).
 *
 * Method   alpha 1: elu, with its table. Other alpha: float64.
 * Special  -Infinity -> -alpha, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN (alpha > 0).
 * Kink     f'(0) = 1.
 * Error    0.59 ULP, slope 0.78 ULP; other alpha 0.51 ULP, slope 0.51 ULP.
 * Source   Barron 2017, Continuously differentiable exponential linear units.
 */
import { leftCurve } from "../curves";
import { mapGradWide, mapWide } from "../loops";
import { wideParameter } from "../math/lanes";
import { Expm1, eluGradTable, eluTable, WideElu } from "./elu";
import { ExponentialUpTo } from "./exponential";

/** The table of elu. */
export function celuTable(): void {
  eluTable();
}

export function celuGradTable(): void {
  eluGradTable();
}

export function celu(x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha === 1) leftCurve(x, out, n, Expm1.curve);
  else mapWide<WideElu>(x, out, n, wideParameter(<f64>alpha), wideParameter(1 / <f64>alpha));
}

export function celuGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f32): void {
  if (alpha === 1) ExponentialUpTo.grad(dy, x, out, n, ExponentialUpTo.zero);
  else mapGradWide<WideElu>(dy, x, out, n, wideParameter(1), wideParameter(1 / <f64>alpha));
}
