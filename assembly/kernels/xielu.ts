/**
 * xielu(x) = x > 0 ? alphaP x^2 + beta x : alphaN (e^x - 1 - x) + beta x,
 * xielu'(x) = x > 0 ? 2 alphaP x + beta : alphaN (e^x - 1) + beta.
 *
 * Method   float64. Left of 0 the terms cancel beside a root: near 0 e^x - 1 - x is computed as a
 *          whole, elsewhere f = alphaN (e^x - 1) + (beta - alphaN) x, f' = alphaN e^x + (beta -
 *          alphaN).
 * Special  -Infinity -> the sign of (alphaN - beta), Infinity; Infinity -> Infinity (alphaP > 0),
 *          ±0 -> 0, NaN -> NaN.
 * Error    0.55 ULP, slope 0.51 ULP.
 * Source   Huang and Schlag 2024, Deriving activation functions using integration.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { select, wideParameter } from "../math/lanes";
import { WIDE_ONE, WIDE_ZERO, Wide } from "../math/wide";

/** The third parameter. */
const BETA = memory.data(8, 8);

@final
class Xielu extends WideActivation {
  /**
   * ±Infinity as a number whose product with a parameter of 0 is 0, with the least other Infinity
   * in float32.
   */
  @inline bounded(x: v128, least: f64): v128 {
    return f64x2.pmin(f64x2.pmax(x, f64x2.splat(least)), f64x2.splat(1e150));
  }

  /** beta near 0, beta - alphaN elsewhere. */
  @inline rest(near: v128, alphaN: v128): v128 {
    return f64x2.sub(v128.load64_splat(BETA), v128.andnot(alphaN, near));
  }

  @inline value(x: v128, alphaP: v128, alphaN: v128): v128 {
    const beta = v128.load64_splat(BETA);
    const z = this.bounded(x, -1e150);
    const right = f64x2.mul(f64x2.add(f64x2.mul(z, alphaP), beta), z);
    const near = f64x2.gt(z, f64x2.splat(-0.34));
    const beyond = Wide.fullBeyond(z, WIDE_ONE, v128.and(near, z));
    const rate = this.rest(near, alphaN);
    return select(f64x2.gt(z, WIDE_ZERO), right, f64x2.add(f64x2.mul(beyond, alphaN), f64x2.mul(z, rate)));
  }

  @inline gradient(dy: v128, x: v128, alphaP: v128, alphaN: v128): v128 {
    // e^-340 is nothing beside any beta, and with any alphaN still a number, which has a sign.
    const z = this.bounded(x, -340);
    const right = f64x2.mul(f64x2.add(z, z), alphaP);
    const near = f64x2.gt(z, f64x2.splat(-0.34));
    const left = f64x2.mul(Wide.fullBeyond(z, v128.and(near, WIDE_ONE), WIDE_ZERO), alphaN);
    const curved = select(f64x2.gt(z, WIDE_ZERO), right, left);
    const slope = f64x2.add(curved, this.rest(near, alphaN));
    // Infinity again, which times a dy of 0 is NaN: by 2^692 and back.
    const limited = f64x2.mul(
      f64x2.mul(slope, f64x2.splat(2.0547405865423334e208)),
      f64x2.splat(4.866794409715609e-209),
    );
    return f64x2.mul(dy, limited);
  }
}

export function xielu(x: usize, out: usize, n: usize, alphaP: f32, alphaN: f32, beta: f32): void {
  store<f64>(BETA, <f64>beta);
  mapWide<Xielu>(x, out, n, wideParameter(<f64>alphaP), wideParameter(<f64>alphaN));
}

export function xieluGrad(dy: usize, x: usize, out: usize, n: usize, alphaP: f32, alphaN: f32, beta: f32): void {
  store<f64>(BETA, <f64>beta);
  mapGradWide<Xielu>(dy, x, out, n, wideParameter(<f64>alphaP), wideParameter(<f64>alphaN));
}
