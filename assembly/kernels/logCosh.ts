/**
 * logCosh(x) = ln cosh x, logCosh'(x) = tanh x.
 *
 * Method   float64, q = e^-|x|, h = q - 1. |x| < 1.3: log1p(cosh x - 1), cosh x - 1 = h^2 / (2 q),
 *          at most 1; beyond,
 *          |x| - ln 2 + log1p(q^2).
 * Special  ±Infinity -> Infinity, ±0 -> 0, NaN -> NaN.
 * Error    0.51 ULP, slope 0.51 ULP.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { NONE, select } from "../math/lanes";
import { WIDE_ONE, Wide } from "../math/wide";

@final
class LogCosh extends WideActivation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const size = f64x2.abs(x);
    const h = Wide.expm1(Wide.bounded(f64x2.neg(size)));
    const q = f64x2.add(h, WIDE_ONE);
    const near = f64x2.lt(size, f64x2.splat(1.3));
    const e = select(near, f64x2.div(f64x2.mul(h, h), f64x2.add(q, q)), f64x2.mul(q, q));
    return f64x2.add(v128.andnot(f64x2.sub(size, f64x2.splat(0.6931471805599453)), near), Wide.log1p(e));
  }

  @inline gradient(dy: v128, x: v128, _a: v128, _b: v128): v128 {
    return f64x2.mul(dy, Wide.tanh(x));
  }
}

export function logCosh(x: usize, out: usize, n: usize): void {
  mapWide<LogCosh>(x, out, n, NONE, NONE);
}

export function logCoshGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGradWide<LogCosh>(dy, x, out, n, NONE, NONE);
}
