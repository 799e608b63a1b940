/**
 * sparseSigmoid(x) = clip((x + 1) / 2, 0, 1).
 *
 * Special  -Infinity -> 0, Infinity -> 1, NaN -> NaN.
 * Kink     f'(±1) = 0.
 * Error    0.5 ULP (the one sum), slope exact.
 * Source   jax.nn.sparse_sigmoid.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { keepNaN, NONE, ONE, only, splat } from "../math/lanes";

@final
export class SparseSigmoid extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const inside = f32x4.pmin(f32x4.pmax(x, splat(-1)), ONE);
    return f32x4.mul(f32x4.add(inside, ONE), splat(0.5));
  }

  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    return keepNaN(x, only(f32x4.lt(f32x4.abs(x), ONE), splat(0.5)));
  }
}

export function sparseSigmoid(x: usize, out: usize, n: usize): void {
  map<SparseSigmoid>(x, out, n, NONE, NONE);
}

export function sparseSigmoidGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<SparseSigmoid>(dy, x, out, n, NONE, NONE);
}
