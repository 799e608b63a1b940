/**
 * sqrtSoftplus(x) = sqrt(s), s = ln(1 + e^x); sqrtSoftplus'(x) = sigmoid(x) / (2 sqrt s).
 *
 * Method   float64: s = max(x, 0) + log1p(e), sigmoid(x) = 1 / (1 + e), or e / (1 + e) for x < 0, e
 *          = e^-|x|.
 * Special  -Infinity -> 0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.51 ULP, slope 0.51 ULP.
 */
import { WideActivation } from "../activation";
import { mapGradWide, mapWide } from "../loops";
import { NONE, select } from "../math/lanes";
import { WIDE_ONE, WIDE_ZERO, Wide } from "../math/wide";

@final
class SqrtSoftplus extends WideActivation {
  /** e^-|x|; never 0: of -Infinity, something so small that it does not count. */
  @inline exp(x: v128): v128 {
    return Wide.exp(f64x2.pmax(f64x2.neg(f64x2.abs(x)), f64x2.splat(-700)));
  }

  @inline root(x: v128, e: v128): v128 {
    return f64x2.sqrt(f64x2.add(f64x2.pmax(x, WIDE_ZERO), Wide.log1p(e)));
  }

  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return this.root(x, this.exp(x));
  }

  @inline gradient(dy: v128, x: v128, _a: v128, _b: v128): v128 {
    const e = this.exp(x);
    const root = this.root(x, e);
    const numerator = select(f64x2.lt(x, WIDE_ZERO), e, WIDE_ONE);
    return f64x2.mul(dy, f64x2.div(numerator, f64x2.mul(f64x2.add(root, root), f64x2.add(e, WIDE_ONE))));
  }
}

export function sqrtSoftplus(x: usize, out: usize, n: usize): void {
  mapWide<SqrtSoftplus>(x, out, n, NONE, NONE);
}

export function sqrtSoftplusGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGradWide<SqrtSoftplus>(dy, x, out, n, NONE, NONE);
}
