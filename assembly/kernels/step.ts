/**
 * step(x) = x > theta ? 1 : alpha.
 *
 * Special  -Infinity -> alpha, Infinity -> 1, NaN -> NaN.
 * Kink     f' = 0 everywhere, also at theta.
 * Error    exact.
 * Source   McCulloch and Pitts 1943, A logical calculus of the ideas immanent in nervous activity.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, NONE, ONE, parameter, select, ZERO } from "../math/lanes";
import { Constant } from "./linear";

@final
class Step extends Activation {
  @inline value(x: v128, theta: v128, alpha: v128): v128 {
    return keepNaN(x, select(f32x4.gt(x, theta), ONE, alpha));
  }
}

export function step(x: usize, out: usize, n: usize, theta: f32, alpha: f32): void {
  map<Step>(x, out, n, parameter(theta), parameter(alpha));
}

export function stepGrad(dy: usize, x: usize, out: usize, n: usize, _theta: f32, _alpha: f32): void {
  mapGrad<Constant>(dy, x, out, n, ZERO, NONE);
}
