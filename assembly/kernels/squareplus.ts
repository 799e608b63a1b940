/**
 * squareplus(x) = (x + sqrt(x^2 + b)) / 2, squareplus'(x) = (1 + x / sqrt(x^2 + b)) / 2.
 *
 * Method   float64, with r = sqrt(x^2 + b), s = |x| + r: x < 0 cancels, so there f = b / (2 s), f'
 *          = b / (2 r s); elsewhere f = s / 2, f' = s^2 / (2 r s). b is raised by 2^-1000: nothing,
 *          unless b = 0, where it makes f'(0) = 1/2 and not 0 / 0.
 * Special  -Infinity -> 0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.5 ULP, slope 0.5 ULP.
 * Source   Barron 2021, Squareplus: a softplus-like algebraic rectifier.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { NONE, select, wideParameter } from "../math/lanes";
import { WIDE_ZERO } from "../math/wide";

const HALF = f64x2.splat(0.5);

@final
class Squareplus extends WideActivation {
  @inline value(x: v128, b: v128, _b: v128): v128 {
    const s = f64x2.add(f64x2.abs(x), f64x2.sqrt(f64x2.add(f64x2.mul(x, x), b)));
    return f64x2.mul(HALF, select(f64x2.lt(x, WIDE_ZERO), f64x2.div(b, s), s));
  }

  @inline gradient(dy: v128, x: v128, b: v128, _b: v128): v128 {
    // Infinity / Infinity; at -Infinity b / Infinity is right.
    const bounded = f64x2.pmin(x, f64x2.splat(f32.MAX_VALUE));
    const r = f64x2.sqrt(f64x2.add(f64x2.mul(bounded, bounded), b));
    const s = f64x2.add(f64x2.abs(bounded), r);
    const numerator = select(f64x2.lt(bounded, WIDE_ZERO), b, f64x2.mul(s, s));
    return f64x2.mul(f64x2.mul(dy, HALF), f64x2.div(numerator, f64x2.mul(r, s)));
  }
}

function raised(b: f32): v128 {
  return wideParameter(<f64>b + 9.332636185032189e-302);
}

export function squareplus(x: usize, out: usize, n: usize, b: f32): void {
  mapWide<Squareplus>(x, out, n, raised(b), NONE);
}

export function squareplusGrad(dy: usize, x: usize, out: usize, n: usize, b: f32): void {
  mapGradWide<Squareplus>(dy, x, out, n, raised(b), NONE);
}
