/**
 * exponential(x) = e^x, and its own slope.
 *
 * Special  -Infinity -> 0, ±0 -> 1, Infinity -> Infinity (as every x > 88.7228), NaN -> NaN.
 * Error    0.79 ULP (subnormal results; 0.69 elsewhere), slope alike.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { Exp } from "../math/exp";
import { NONE } from "../math/lanes";

@final
export class Exponential extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return Exp.of(x);
  }

  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    return Exp.of(x);
  }
}

export function exponential(x: usize, out: usize, n: usize): void {
  map<Exponential>(x, out, n, NONE, NONE);
}

export function exponentialGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<Exponential>(dy, x, out, n, NONE, NONE);
}
