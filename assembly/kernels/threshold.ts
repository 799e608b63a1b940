/**
 * threshold(x) = x > theta ? x : value.
 *
 * Special  -Infinity -> value, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(theta) = 0.
 * Error    exact.
 * Source   torch.nn.Threshold.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, NONE, ONE, only, parameter, select } from "../math/lanes";

@final
export class Threshold extends Activation {
  @inline value(x: v128, theta: v128, value: v128): v128 {
    return select(f32x4.le(x, theta), value, x);
  }

  @inline slope(x: v128, theta: v128, _b: v128): v128 {
    return keepNaN(x, only(f32x4.gt(x, theta), ONE));
  }
}

export function threshold(x: usize, out: usize, n: usize, theta: f32, value: f32): void {
  map<Threshold>(x, out, n, parameter(theta), parameter(value));
}

export function thresholdGrad(dy: usize, x: usize, out: usize, n: usize, theta: f32, _value: f32): void {
  mapGrad<Threshold>(dy, x, out, n, parameter(theta), NONE);
}
