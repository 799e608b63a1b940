/**
 * reluSquared(x) = max(x, 0)^2, reluSquared'(x) = 2 max(x, 0).
 *
 * Special  -Infinity -> 0, ±0 -> 0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.5 ULP (the one product), slope exact.
 * Source   So et al. 2021, Primer: searching for efficient transformers for language modeling.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { NONE, splat, ZERO } from "../math/lanes";

@final
class ReluSquared extends Activation {
  @inline positive(x: v128): v128 {
    return v128.andnot(x, f32x4.le(x, ZERO));
  }

  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const positive = this.positive(x);
    return f32x4.mul(positive, positive);
  }

  /** Doubled last: 2 x may be out of range where the product is not. */
  @inline gradient(dy: v128, x: v128, _a: v128, _b: v128): v128 {
    return f32x4.mul(f32x4.mul(dy, this.positive(x)), splat(2));
  }
}

export function reluSquared(x: usize, out: usize, n: usize): void {
  map<ReluSquared>(x, out, n, NONE, NONE);
}

export function reluSquaredGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<ReluSquared>(dy, x, out, n, NONE, NONE);
}
