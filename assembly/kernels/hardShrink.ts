/**
 * hardShrink(x) = |x| > lambda ? x : 0.
 *
 * Special  ±0 -> +0, ±Infinity -> ±Infinity, NaN -> NaN.
 * Kink     f'(±lambda) = 0.
 * Error    exact.
 * Source   Donoho and Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { NONE, parameter } from "../math/lanes";
import { SoftShrink } from "./softShrink";

@final
export class HardShrink extends Activation {
  @inline value(x: v128, lambda: v128, _b: v128): v128 {
    return v128.andnot(x, f32x4.le(f32x4.abs(x), lambda));
  }
}

export function hardShrink(x: usize, out: usize, n: usize, lambda: f32): void {
  map<HardShrink>(x, out, n, parameter(lambda), NONE);
}

/** The slope of softShrink. */
export function hardShrinkGrad(dy: usize, x: usize, out: usize, n: usize, lambda: f32): void {
  mapGrad<SoftShrink>(dy, x, out, n, parameter(lambda), NONE);
}
