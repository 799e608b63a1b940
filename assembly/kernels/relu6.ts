/**
 * relu6(x) = min(max(x, 0), 6).
 *
 * Special  -0 -> +0, -Infinity -> 0, Infinity -> 6, NaN -> NaN.
 * Kink     f'(0) = 0, f'(6) = 0.
 * Error    exact.
 * Source   Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10.
 */
import { Activation } from "../activation";
import { map } from "../loops";
import { NONE, splat, ZERO } from "../math/lanes";
import { hardTanhGrad } from "./hardTanh";

@final
class Relu6 extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return f32x4.pmin(v128.andnot(x, f32x4.le(x, ZERO)), splat(6));
  }
}

export function relu6(x: usize, out: usize, n: usize): void {
  map<Relu6>(x, out, n, NONE, NONE);
}

export function relu6Grad(dy: usize, x: usize, out: usize, n: usize): void {
  hardTanhGrad(dy, x, out, n, 0, 6);
}
