/**
 * hardSwish(x) = x relu6(x + 3) / 6.
 *
 * Method   x (x / 6 + 1 / 2) in float64, where the products with 1 / 6 and 1 / 3 are off by 2^-54:
 *          0 comes out exactly at -3 and -1.5. x is bounded first, since 0 * -Infinity is NaN.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Kink     f'(-3) = 0, f'(3) = 1.
 * Error    0.5 ULP, slope 0.5 ULP.
 * Source   Howard et al. 2019, Searching for MobileNetV3.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { NONE, ONE, select, splat } from "../math/lanes";
import { high, low, narrow } from "../math/wide";

const HALF = f64x2.splat(0.5);
const THIRD = f64x2.splat(1.0 / 3);
const SIXTH = f64x2.splat(1.0 / 6);

@final
export class HardSwish extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const right = f32x4.pmax(x, splat(-3));
    return narrow(this.gated(low(right)), this.gated(high(right)));
  }

  @inline gated(x: v128): v128 {
    const gate = f64x2.pmin(f64x2.add(f64x2.mul(x, SIXTH), HALF), f64x2.splat(1));
    return f64x2.mul(x, gate);
  }

  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    // Just right of -3 the slope is -0.5, at it 0.
    const inner = narrow(this.line(low(x)), this.line(high(x)));
    const outer = v128.andnot(inner, f32x4.le(x, splat(-3)));
    return select(f32x4.ge(x, splat(3)), ONE, outer);
  }

  /** x / 3 + 1 / 2; exactly 0 at -1.5. */
  @inline line(x: v128): v128 {
    return f64x2.add(f64x2.mul(x, THIRD), HALF);
  }

  @inline rolled(): bool {
    return true;
  }
}

export function hardSwish(x: usize, out: usize, n: usize): void {
  map<HardSwish>(x, out, n, NONE, NONE);
}

export function hardSwishGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<HardSwish>(dy, x, out, n, NONE, NONE);
}
