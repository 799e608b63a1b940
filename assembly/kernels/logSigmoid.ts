/**
 * logSigmoid(x) = -ln(1 + e^-x) = -softplus(-x), logSigmoid'(x) = sigmoid(-x).
 *
 * Method   the tables of softplus and sigmoid.
 * Special  -Infinity -> -Infinity, Infinity -> -0, NaN -> NaN.
 * Error    0.8 ULP, slope 0.8 ULP.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { build } from "../math/curve";
import { NONE } from "../math/lanes";
import { Sigmoid } from "./sigmoid";
import { Softplus } from "./softplus";

@final
export class LogSigmoid extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return f32x4.neg(changetype<Softplus>(0).at(f32x4.neg(x)));
  }

  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    return changetype<Sigmoid>(0).at(f32x4.neg(x));
  }

  @inline rolled(): bool {
    return true;
  }
}

/** The table of softplus. */
export function logSigmoidTable(): void {
  build<Softplus>();
}

export function logSigmoid(x: usize, out: usize, n: usize): void {
  map<LogSigmoid>(x, out, n, NONE, NONE);
}

/** The table of sigmoid. */
export function logSigmoidGradTable(): void {
  build<Sigmoid>();
}

export function logSigmoidGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<LogSigmoid>(dy, x, out, n, NONE, NONE);
}
