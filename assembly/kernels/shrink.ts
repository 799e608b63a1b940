/**
 * shrink(x) = x < -lambda ? x + bias : x > lambda ? x - bias : 0.
 *
 * Special  ±0 -> 0 (as every x between), ±Infinity -> ±Infinity, NaN -> NaN.
 * Kink     f'(±lambda) = 0, where lambda is not negative.
 * Error    0.5 ULP (the one sum), slope exact.
 */
import { Activation } from "../activation";
import { map } from "../loops";
import { keepNaN, only, parameter, select } from "../math/lanes";
import { hardShrinkGrad } from "./hardShrink";

@final
class ShrinkByBias extends Activation {
  @inline value(x: v128, lambda: v128, bias: v128): v128 {
    const above = only(f32x4.gt(x, lambda), f32x4.sub(x, bias));
    return keepNaN(x, select(f32x4.lt(x, f32x4.neg(lambda)), f32x4.add(x, bias), above));
  }
}

export function shrink(x: usize, out: usize, n: usize, lambda: f32, bias: f32): void {
  map<ShrinkByBias>(x, out, n, parameter(lambda), parameter(bias));
}

export function shrinkGrad(dy: usize, x: usize, out: usize, n: usize, lambda: f32, _bias: f32): void {
  hardShrinkGrad(dy, x, out, n, lambda);
}
