/**
 * laplace(x) = (1 + erf v) / 2, v = (x - mu) / (sigma sqrt 2); laplace'(x) = e^(-v^2) / (sigma
 * sqrt(2 pi)).
 *
 * Method   float64. With u = |v| the smaller tail is e^(-u^2) w(u) / 2, w(u) = e^(u^2) erfc(u) =
 *          p(t) / (1 + 2 u), t = (u - 2) / (u + 2); the larger one is 1 less that.
 * Special  -Infinity -> 0, Infinity -> 1 (sigma > 0), NaN -> NaN.
 * Error    0.51 ULP, slope 0.51 ULP.
 * Source   Ma et al. 2022, Mega: moving average equipped gated attention. p: `npm run minimax`,
 *          "erfc".
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { select, wideParameter } from "../math/lanes";
import { WIDE_ONE, WIDE_ZERO, Wide } from "../math/wide";

const SQRT1_2: f64 = 0.7071067811865476;

@final
class Laplace extends WideActivation {
  /** (1 + 2 u) e^(u^2) erfc(u). */
  @inline flat(t: v128): v128 {
    let p = f64x2.add(f64x2.mul(f64x2.splat(-2.4029547222476987e-7), t), f64x2.splat(-1.8797008589969217e-5));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-1.9441709448401948e-5));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.00012446340572458184));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.0002204953350660552));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.00043429344400824877));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.0014633725884006228));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.0012632385214226527));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.008724378355743112));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.008032331088803942));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.05422023153998915));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(0.16405112539183853));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.16603038546800092));
    p = f64x2.add(f64x2.mul(p, t), f64x2.splat(-0.09276382247475824));
    return f64x2.add(f64x2.mul(p, t), f64x2.splat(1.2769783814434847));
  }

  @inline value(x: v128, mu: v128, rate: v128): v128 {
    const v = f64x2.mul(f64x2.sub(x, mu), rate);
    // e^-900 comes out as 0.
    const u = f64x2.pmin(f64x2.abs(v), f64x2.splat(30));
    const two = f64x2.splat(2);
    const p = this.flat(f64x2.div(f64x2.sub(u, two), f64x2.add(u, two)));
    const e = Wide.limitedExp(f64x2.neg(f64x2.mul(u, u)));
    const tail = f64x2.div(f64x2.mul(e, p), f64x2.add(f64x2.mul(u, f64x2.splat(4)), two));
    return select(f64x2.lt(v, WIDE_ZERO), tail, f64x2.sub(WIDE_ONE, tail));
  }

  @inline gradient(dy: v128, x: v128, mu: v128, rate: v128): v128 {
    const v = f64x2.mul(f64x2.sub(x, mu), rate);
    // Never 0 but at ±Infinity, for an infinite dy.
    const e = Wide.exp(f64x2.pmax(f64x2.neg(f64x2.mul(v, v)), f64x2.splat(-700)));
    const slope = f64x2.mul(f64x2.mul(rate, f64x2.splat(0.5641895835477563)), e);
    // All bits but the sign.
    const infinite = f64x2.abs(f64x2.eq(f64x2.abs(x), f64x2.splat(Infinity)));
    return f64x2.mul(dy, v128.andnot(slope, infinite));
  }
}

export function laplace(x: usize, out: usize, n: usize, mu: f32, sigma: f32): void {
  mapWide<Laplace>(x, out, n, wideParameter(<f64>mu), wideParameter(SQRT1_2 / <f64>sigma));
}

export function laplaceGrad(dy: usize, x: usize, out: usize, n: usize, mu: f32, sigma: f32): void {
  mapGradWide<Laplace>(dy, x, out, n, wideParameter(<f64>mu), wideParameter(SQRT1_2 / <f64>sigma));
}
