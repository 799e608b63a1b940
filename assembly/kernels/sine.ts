/**
 * sine(x) = sin(omega x), sine'(x) = omega cos(omega x).
 *
 * Method   float64, in which omega x is exact: math/sine.ts.
 * Special  ±Infinity -> NaN, ±0 -> ±0 (omega > 0), NaN -> NaN; omega 0: 0 everywhere.
 * Error    0.51 ULP, slope 0.51 ULP.
 * Source   Sitzmann et al. 2020, Implicit neural representations with periodic activation
 *          functions.
 */
import { WideActivation } from "../activation";
import { map, mapGrad, mapGradWide, mapWide } from "../loops";
import { NONE, parameter, wideParameter } from "../math/lanes";
import { Sine } from "../math/sine";
import { Constant } from "./linear";

@final
class SineOf extends WideActivation {
  @inline value(x: v128, omega: v128, _b: v128): v128 {
    return Sine.sin(f64x2.mul(x, omega));
  }

  @inline gradient(dy: v128, x: v128, omega: v128, _b: v128): v128 {
    return f64x2.mul(dy, f64x2.mul(Sine.cos(f64x2.mul(x, omega)), omega));
  }
}

export function sine(x: usize, out: usize, n: usize, omega: f32): void {
  if (omega === 0) map<Constant>(x, out, n, parameter(omega), parameter(-0.0));
  else mapWide<SineOf>(x, out, n, wideParameter(<f64>omega), NONE);
}

export function sineGrad(dy: usize, x: usize, out: usize, n: usize, omega: f32): void {
  if (omega === 0) mapGrad<Constant>(dy, x, out, n, parameter(omega), NONE);
  else mapGradWide<SineOf>(dy, x, out, n, wideParameter(<f64>omega), NONE);
}
