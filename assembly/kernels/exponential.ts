/**
 * exponential(x) = e^x, and its own slope.
 *
 * Special  -Infinity -> 0, ±0 -> 1, Infinity -> Infinity (as every x > 88.7228), NaN -> NaN.
 * Error    0.79 ULP (subnormal results; 0.69 elsewhere), slope alike.
 */
import { Activation } from "../activation";
import { wholeGrad } from "../faint";
import { map, mapGrad } from "../loops";
import { far, formulaOnly, HEAD, HI } from "../math/curve";
import { Exp, LIMIT } from "../math/exp";
import { NONE } from "../math/lanes";

/** Within it e^x is a normal number. */
const BOUND: f32 = 87;

@final
class Exponential extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return Exp.of(x);
  }
}

@final
class ExponentialSlope extends Activation {
  @inline slope(x: v128, limit: v128, _b: v128): v128 {
    return Exp.upTo(x, limit);
  }
}

/** e^min(x, limit) as a slope, where limit is 89, where e^x is Infinity, or less. */
export class ExponentialUpTo {
  static readonly zero: usize = memory.data(HEAD, 16);
  static readonly all: usize = memory.data(HEAD, 16);

  static prepare(curve: usize, limit: f32): void {
    const formula = (x: f64): f64 => NativeMath.exp(x);
    if (formulaOnly(curve, formula, limit)) far(300);
  }

  static grad(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
    wholeGrad(ExponentialUpTo.loop, dy, x, out, n, curve, x, BOUND, 1, false);
  }

  static loop(dy: usize, x: usize, out: usize, n: usize, curve: usize): void {
    mapGrad<ExponentialSlope>(dy, x, out, n, v128.load32_splat(curve, HI), NONE);
  }
}

export function exponential(x: usize, out: usize, n: usize): void {
  map<Exponential>(x, out, n, NONE, NONE);
}

export function exponentialGradTable(): void {
  ExponentialUpTo.prepare(ExponentialUpTo.all, LIMIT);
}

export function exponentialGrad(dy: usize, x: usize, out: usize, n: usize): void {
  ExponentialUpTo.grad(dy, x, out, n, ExponentialUpTo.all);
}
