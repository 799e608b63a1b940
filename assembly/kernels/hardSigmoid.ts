/**
 * hardSigmoid(x) = clip(alpha x + beta, 0, 1).
 *
 * Method   float64, where alpha and beta are taken as they are: the sum cancels. See affine in
 *          math/wide.ts. The default alpha is 1/6 itself, with the default beta alone.
 * Special  -Infinity -> 0, Infinity -> 1 (alpha > 0); alpha 0: clip(beta, 0, 1) everywhere; NaN ->
 *          NaN.
 * Kink     f' = 0 at both bends.
 * Error    0.5 ULP, slope exact.
 * Source   Courbariaux, Bengio and David 2015, BinaryConnect; alpha 1/6 after Howard et al. 2019.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { finite, keepNaN, NONE, ONE, parameter, wideParameter, ZERO } from "../math/lanes";
import { affine, affineParameter, high, low, narrow, sixthParameter } from "../math/wide";
import { Constant } from "./linear";

const SLOPE = memory.data(8, 8);
/** beta - 1, and what its rounding lost. */
const BELOW = memory.data(8, 8);
const LOST = memory.data(8, 8);

@final
class HardSigmoid extends Activation {
  @inline value(x: v128, alpha: v128, beta: v128): v128 {
    const bounded = finite(x);
    const y = narrow(affine(low(x), low(bounded), alpha, beta), affine(high(x), high(bounded), alpha, beta));
    return f32x4.pmin(v128.andnot(y, f32x4.le(y, ZERO)), ONE);
  }

  @inline gradient(dy: v128, x: v128, alpha: v128, beta: v128): v128 {
    const bounded = finite(x);
    const first = this.product(low(dy), low(x), low(bounded), alpha, beta);
    const second = this.product(high(dy), high(x), high(bounded), alpha, beta);
    return keepNaN(x, narrow(first, second));
  }

  /**
   * dy alpha, alpha as it is, between the bends. A sum just below 1 may round to it: what decides
   * is the sign of the sum with beta - 1.
   */
  @inline product(dy: v128, x: v128, bounded: v128, alpha: v128, beta: v128): v128 {
    const toZero = affine(x, bounded, alpha, beta);
    const toOne = f64x2.add(affine(x, bounded, alpha, v128.load64_splat(BELOW)), v128.load64_splat(LOST));
    const zero = f64x2.splat(0);
    const inside = v128.and(f64x2.gt(toZero, zero), f64x2.lt(toOne, zero));
    return f64x2.mul(dy, v128.and(inside, v128.load64_splat(SLOPE)));
  }

  @inline rolled(): bool {
    return true;
  }
}

function slopeParameter(alpha: f64, beta: f64): v128 {
  return alpha === 1.0 / 6 && beta === 0.5 ? sixthParameter() : affineParameter(alpha);
}

export function hardSigmoid(x: usize, out: usize, n: usize, alpha: f64, beta: f64): void {
  if (alpha === 0) map<Constant>(x, out, n, ZERO, parameter(<f32>min(max(beta, 0), 1)));
  else map<HardSigmoid>(x, out, n, slopeParameter(alpha, beta), wideParameter(beta));
}

export function hardSigmoidGrad(dy: usize, x: usize, out: usize, n: usize, alpha: f64, beta: f64): void {
  store<f64>(SLOPE, alpha);
  const less = beta - 1;
  store<f64>(BELOW, less);
  const added = less - beta;
  store<f64>(LOST, beta - (less - added) + (-1 - added));
  // -0 is a slope too.
  if (alpha === 0) mapGrad<Constant>(dy, x, out, n, parameter(beta > 0 && beta < 1 ? <f32>alpha : 0), NONE);
  else mapGrad<HardSigmoid>(dy, x, out, n, slopeParameter(alpha, beta), wideParameter(beta));
}
