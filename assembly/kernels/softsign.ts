/**
 * softsign(x) = x / (1 + |x|), softsign'(x) = 1 / (1 + |x|)^2.
 *
 * Method   float64: in float32 the sum's rounding and the quotient's would add up to 1.5 ULP.
 * Special  ±0 -> ±0, ±Infinity -> ±1, NaN -> NaN.
 * Error    0.5 ULP, slope 0.5 ULP.
 * Source   Turian, Bergstra and Bengio 2009, Quadratic features and deep architectures for chunking.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { finite, NONE } from "../math/lanes";
import { high, low, narrow, WIDE_ONE } from "../math/wide";

@final
class Softsign extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const numerator = finite(x);
    return narrow(this.quotient(low(numerator)), this.quotient(high(numerator)));
  }

  @inline quotient(x: v128): v128 {
    return f64x2.div(x, f64x2.add(f64x2.abs(x), WIDE_ONE));
  }

  @inline gradient(dy: v128, x: v128, _a: v128, _b: v128): v128 {
    return narrow(this.overSquare(low(dy), low(x)), this.overSquare(high(dy), high(x)));
  }

  /** dy / (1 + |x|)^2 */
  @inline overSquare(dy: v128, x: v128): v128 {
    const sum = f64x2.add(f64x2.abs(x), WIDE_ONE);
    return f64x2.div(dy, f64x2.mul(sum, sum));
  }

  @inline rolled(): bool {
    return true;
  }
}

export function softsign(x: usize, out: usize, n: usize): void {
  map<Softsign>(x, out, n, NONE, NONE);
}

export function softsignGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<Softsign>(dy, x, out, n, NONE, NONE);
}
