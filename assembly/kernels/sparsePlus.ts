/**
 * sparsePlus(x) = 0 for x <= -1, x for x >= 1, (x + 1)^2 / 4 between; sparsePlus' = sparseSigmoid.
 *
 * Method   float64, rounded once; x is bounded first.
 * Special  -Infinity -> 0, Infinity -> Infinity, NaN -> NaN.
 * Kink     none: f' is continuous.
 * Error    0.5 ULP, slope 0.5 ULP.
 * Source   jax.nn.sparse_plus.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { NONE, ONE, select, splat } from "../math/lanes";
import { high, low, narrow } from "../math/wide";
import { SparseSigmoid } from "./sparseSigmoid";

@final
export class SparsePlus extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const right = f32x4.pmax(x, splat(-1));
    const square = f32x4.mul(narrow(this.square(low(right)), this.square(high(right))), splat(0.25));
    return select(f32x4.ge(x, ONE), x, square);
  }

  /** (x + 1)^2 */
  @inline square(x: v128): v128 {
    const sum = f64x2.add(x, f64x2.splat(1));
    return f64x2.mul(sum, sum);
  }

  @inline slope(x: v128, a: v128, b: v128): v128 {
    return changetype<SparseSigmoid>(0).value(x, a, b);
  }
}

export function sparsePlus(x: usize, out: usize, n: usize): void {
  map<SparsePlus>(x, out, n, NONE, NONE);
}

export function sparsePlusGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<SparsePlus>(dy, x, out, n, NONE, NONE);
}
