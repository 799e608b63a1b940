/**
 * exponential(x) = e^x, and its own slope.
 *
 * Special  -Infinity -> 0, ±0 -> 1, Infinity -> Infinity (as every x > 88.7228), NaN -> NaN.
 * Error    0.79 ULP (subnormal results; 0.69 elsewhere), slope alike.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { Exp, LIMIT } from "../math/exp";
import { NONE, parameter } from "../math/lanes";

@final
class Exponential extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return Exp.of(x);
  }
}

/** e^min(x, limit). */
@final
export class ExponentialSlope extends Activation {
  @inline slope(x: v128, limit: v128, _b: v128): v128 {
    return Exp.upTo(x, limit);
  }
}

export function exponential(x: usize, out: usize, n: usize): void {
  map<Exponential>(x, out, n, NONE, NONE);
}

export function exponentialGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<ExponentialSlope>(dy, x, out, n, parameter(LIMIT), NONE);
}
