/**
 * relu(x) = max(x, 0)
 *
 * Special  -0 -> +0, -Infinity -> 0, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(0) = 0.
 * Error    exact.
 * Source   Fukushima 1969; Nair and Hinton 2010.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { NONE, ONE, only, ZERO } from "../math/lanes";

@final export class Relu extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return f32x4.pmax(x, ZERO);
  }

  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    return f32x4.gt(x, ZERO);
  }
}

export function relu(x: usize, out: usize, n: usize): void {
  map<Relu>(x, out, n, NONE, NONE);
}

export function reluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<Relu>(dy, x, out, n, NONE, NONE);
}
