/**
 * hardSigmoid(x) = clip(alpha x + beta, 0, 1).
 *
 * Method   float64, where alpha and beta are taken as they are: the sum cancels. See affine in math/wide.ts.
 * Special  -Infinity -> 0, Infinity -> 1 (alpha > 0); alpha 0: clip(beta, 0, 1) everywhere; NaN -> NaN.
 * Kink     f' = 0 at both bends.
 * Error    0.5 ULP, slope exact (alpha rounded to float32).
 * Source   Courbariaux, Bengio and David 2015, BinaryConnect; alpha 1/6 after Howard et al. 2019.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { finite, keepNaN, NONE, ONE, only, parameter, wideParameter, ZERO } from "../math/lanes";
import { affine, affineParameter, high, low, narrow } from "../math/wide";
import { Constant } from "./linear";

@final
class HardSigmoid extends Activation {
  @inline value(x: v128, alpha: v128, beta: v128): v128 {
    const bounded = finite(x);
    const y = narrow(affine(low(x), low(bounded), alpha, beta), affine(high(x), high(bounded), alpha, beta));
    return f32x4.pmin(f32x4.pmax(y, ZERO), ONE);
  }

  @inline slope(x: v128, alpha: v128, beta: v128): v128 {
    const bounded = finite(x);
    const first = inside(affine(low(x), low(bounded), alpha, beta));
    const second = inside(affine(high(x), high(bounded), alpha, beta));
    // The upper part of alpha rounds to float32 as alpha does only with the rest: so alpha comes by itself.
    return keepNaN(x, only(v128.shuffle<i32>(first, second, 0, 2, 4, 6), v128.load32_splat(SLOPE)));
  }

  @inline rolled(): bool {
    return true;
  }
}

const SLOPE = memory.data(4, 4);

/** Between the bends, decided before the rounding to float32, which may give 0 or 1. */
function inside(y: v128): v128 {
  return v128.and(f64x2.gt(y, f64x2.splat(0)), f64x2.lt(y, f64x2.splat(1)));
}

export function hardSigmoid(x: usize, out: usize, n: usize, alpha: f64, beta: f64): void {
  if (alpha === 0) map<Constant>(x, out, n, parameter(<f32>min(max(beta, 0), 1)), NONE);
  else map<HardSigmoid>(x, out, n, affineParameter(alpha), wideParameter(beta));
}

export function hardSigmoidGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f64, beta: f64): void {
  store<f32>(SLOPE, <f32>alpha);
  if (alpha === 0) mapGrad<Constant>(dy, x, out, n, ZERO, NONE);
  else mapGrad<HardSigmoid>(dy, x, out, n, affineParameter(alpha), wideParameter(beta));
}
