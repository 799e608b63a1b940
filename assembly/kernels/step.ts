/**
 * step(x) = x > theta ? 1 : 0.
 *
 * Special  -Infinity -> 0, Infinity -> 1, NaN -> NaN.
 * Kink     f' = 0 everywhere, also at theta.
 * Error    exact.
 * Source   McCulloch and Pitts 1943, A logical calculus of the ideas immanent in nervous activity.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, NONE, ONE, only, parameter, ZERO } from "../math/lanes";
import { Constant } from "./linear";

@final
class Step extends Activation {
  @inline value(x: v128, theta: v128, _b: v128): v128 {
    return keepNaN(x, only(f32x4.gt(x, theta), ONE));
  }
}

export function step(x: usize, out: usize, n: usize, theta: f32): void {
  map<Step>(x, out, n, parameter(theta), NONE);
}

export function stepGrad(dy: usize, x: usize, out: usize, n: usize, _theta: f32): void {
  mapGrad<Constant>(dy, x, out, n, ZERO, NONE);
}
