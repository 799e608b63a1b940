/**
 * softShrink(x) = sign(x) max(|x| - lambda, 0).
 *
 * Special  ±0 -> ±0 (as every x of |x| <= lambda), ±Infinity -> ±Infinity, NaN -> NaN.
 * Kink     f'(±lambda) = 0.
 * Error    0.5 ULP (the one difference), slope exact.
 * Source   Donoho 1995, De-noising by soft-thresholding.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { copySign, keepNaN, NONE, ONE, only, parameter, ZERO } from "../math/lanes";

@final
export class SoftShrink extends Activation {
  @inline value(x: v128, lambda: v128, _b: v128): v128 {
    return copySign(f32x4.pmax(f32x4.sub(f32x4.abs(x), lambda), ZERO), x);
  }

  @inline slope(x: v128, lambda: v128, _b: v128): v128 {
    return keepNaN(x, only(v128.or(f32x4.lt(x, f32x4.neg(lambda)), f32x4.gt(x, lambda)), ONE));
  }
}

export function softShrink(x: usize, out: usize, n: usize, lambda: f32): void {
  map<SoftShrink>(x, out, n, parameter(lambda), NONE);
}

export function softShrinkGrad(dy: usize, x: usize, out: usize, n: usize, lambda: f32): void {
  mapGrad<SoftShrink>(dy, x, out, n, parameter(lambda), NONE);
}
