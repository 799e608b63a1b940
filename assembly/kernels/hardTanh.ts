/**
 * hardTanh(x) = clip(x, min, max): clamp, but for the slope at the bounds.
 *
 * Special  -Infinity -> min, Infinity -> max, NaN -> NaN.
 * Kink     f'(min) = 0, f'(max) = 0; at a bound of ±Infinity the limit, 1.
 * Error    exact.
 * Source   Collobert 2004, Large scale machine learning.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, ONE, parameter } from "../math/lanes";

@final
class Clamp extends Activation {
  @inline value(x: v128, min: v128, max: v128): v128 {
    return f32x4.pmin(f32x4.pmax(x, min), max);
  }
}

/** Slope 1 between min and max, without them; a bound that is NaN bounds nothing. */
@final
export class Inside extends Activation {
  @inline slope(x: v128, min: v128, max: v128): v128 {
    return keepNaN(x, v128.andnot(ONE, v128.or(f32x4.le(x, min), f32x4.ge(x, max))));
  }
}

export function hardTanh(x: usize, out: usize, n: usize, min: f32, max: f32): void {
  map<Clamp>(x, out, n, parameter(min), parameter(max));
}

export function hardTanhGrad(dy: usize, x: usize, out: usize, n: usize, min: f32, max: f32): void {
  mapGrad<Inside>(dy, x, out, n, parameter(min === -Infinity ? NaN : min), parameter(max === Infinity ? NaN : max));
}
