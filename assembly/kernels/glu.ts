/**
 * glu(a, b) = a sigmoid(b)
 *
 * Error    1.6 ULP; da 1.6 ULP, db 1.6 ULP.
 * Source   Dauphin, Fan, Auli and Grangier 2016, Language modeling with gated convolutional
 *          networks.
 */
import { evenSlope, flatCurve } from "../curves";
import { fillOnes } from "../faint";
import { gated, gatedGrad } from "../gated";
import { Sigmoid, sigmoidGradTable, sigmoidTable } from "./sigmoid";

export function gluTable(): void {
  sigmoidTable();
}

export function glu(gate: usize, other: usize, out: usize, n: usize, outer: usize): void {
  gated(flatCurve, Sigmoid.curve, gate, other, out, n, outer);
}

export function gluGradTable(): void {
  sigmoidTable();
  sigmoidGradTable();
  fillOnes();
}

export function gluGrad(
  dy: usize,
  gate: usize,
  other: usize,
  dGate: usize,
  dOther: usize,
  n: usize,
  outer: usize,
): void {
  gatedGrad(flatCurve, evenSlope, Sigmoid.curve, Sigmoid.slope, dy, gate, other, dGate, dOther, n, outer);
}
