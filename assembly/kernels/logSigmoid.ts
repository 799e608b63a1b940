/**
 * logSigmoid(x) = -ln(1 + e^-x) = -softplus(-x), logSigmoid'(x) = sigmoid(-x).
 *
 * Method   the tables of softplus.
 * Special  -Infinity -> -Infinity, Infinity -> -0, NaN -> NaN.
 * Error    0.8 ULP, slope 0.8 ULP.
 */
import { mirrorRampCurve, mirrorSlope } from "../curves";
import { curveGrad } from "../faint";
import { Softplus, softplusGradTable, softplusTable } from "./softplus";

/** The table of softplus. */
export function logSigmoidTable(): void {
  softplusTable();
}

export function logSigmoid(x: usize, out: usize, n: usize): void {
  mirrorRampCurve(x, out, n, Softplus.curve);
}

/** That of its slope. */
export function logSigmoidGradTable(): void {
  softplusGradTable();
}

export function logSigmoidGrad(dy: usize, x: usize, out: usize, n: usize): void {
  curveGrad(mirrorSlope, dy, x, out, n, Softplus.slope, true);
}
