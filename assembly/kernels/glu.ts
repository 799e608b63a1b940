/**
 * glu(a, b) = a sigmoid(b)
 *
 * Error    1.6 ULP; da 1.6 ULP, db 1.6 ULP.
 * Source   Dauphin, Fan, Auli and Grangier 2016, Language modeling with gated convolutional networks.
 */
import { FAR, fillOnes, gated, gatedGrad } from "../gated";
import { Sigmoid, sigmoid, sigmoidGrad, sigmoidGradTable, sigmoidTable } from "./sigmoid";

export function gluTable(): void {
  sigmoidTable();
}

export function glu(a: usize, b: usize, out: usize, n: usize, outer: usize): void {
  gated(sigmoid, Sigmoid.formula, FAR, b, a, out, n, outer);
}

export function gluGradTable(): void {
  sigmoidTable();
  sigmoidGradTable();
  fillOnes();
}

export function gluGrad(dy: usize, a: usize, b: usize, da: usize, db: usize, n: usize, outer: usize): void {
  gatedGrad(sigmoid, sigmoidGrad, Sigmoid.formula, Sigmoid.derivative, FAR, dy, b, a, db, da, n, outer);
}
