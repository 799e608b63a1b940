/**
 * logSigmoid(x) = -ln(1 + e^-x) = -softplus(-x), logSigmoid'(x) = sigmoid(-x).
 *
 * Method   the tables of softplus and sigmoid.
 * Special  -Infinity -> -Infinity, Infinity -> -0, NaN -> NaN.
 * Error    0.8 ULP, slope 0.8 ULP.
 */
import { mirrorRampCurve, mirrorSlope } from "../curves";
import { curveGrad } from "../faint";
import { Sigmoid, sigmoidTable } from "./sigmoid";
import { Softplus, softplusTable } from "./softplus";

/** The table of softplus. */
export function logSigmoidTable(): void {
  softplusTable();
}

export function logSigmoid(x: usize, out: usize, n: usize): void {
  mirrorRampCurve(x, out, n, Softplus.curve);
}

/** The table of sigmoid. */
export function logSigmoidGradTable(): void {
  sigmoidTable();
}

export function logSigmoidGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(mirrorSlope, dy, x, out, n, Sigmoid.curve, true);
}
