/**
 * clamp(x) = clip(x, min, max).
 *
 * Special  ±Infinity -> the bound there, NaN -> NaN.
 * Kink     f'(min) = 1, f'(max) = 1.
 * Error    exact.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, ONE, only, parameter } from "../math/lanes";

@final
export class Clamp extends Activation {
  @inline value(x: v128, min: v128, max: v128): v128 {
    return f32x4.pmin(f32x4.pmax(x, min), max);
  }

  @inline slope(x: v128, min: v128, max: v128): v128 {
    return keepNaN(x, only(v128.and(f32x4.ge(x, min), f32x4.le(x, max)), ONE));
  }
}

export function clamp(x: usize, out: usize, n: usize, min: f32, max: f32): void {
  map<Clamp>(x, out, n, parameter(min), parameter(max));
}

export function clampGrad(dy: usize, x: usize, out: usize, n: usize, min: f32, max: f32): void {
  mapGrad<Clamp>(dy, x, out, n, parameter(min), parameter(max));
}
