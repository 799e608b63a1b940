/**
 * relu(x) = max(x, 0).
 *
 * Method   x & ~(x <= 0): a maximum with 0 would keep the sign of -0, or lose NaN.
 * Special  -0 -> +0, -Infinity -> 0, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(0) = 0.
 * Error    exact.
 * Source   Fukushima 1969, Visual feature extraction by a multilayered network of analog threshold
 *          elements; Nair and Hinton 2010.
 */
import { Activation } from "../activation";
import { map } from "../loops";
import { NONE, ZERO } from "../math/lanes";
import { thresholdGrad } from "./threshold";

@final
class Relu extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return v128.andnot(x, f32x4.le(x, ZERO));
  }
}

export function relu(x: usize, out: usize, n: usize): void {
  map<Relu>(x, out, n, NONE, NONE);
}

export function reluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  thresholdGrad(dy, x, out, n, 0, 0);
}
