/**
 * geglu(a, b) = gelu(a) b
 *
 * Error    1.6 ULP; da 1.7 ULP, db 1.5 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { gateCurve, gateSlope } from "../curves";
import { fillOnes } from "../faint";
import { gated, gatedGrad } from "../gated";
import { Gelu, geluGradTable, geluTable } from "./gelu";

export function gegluTable(): void {
  geluTable();
}

export function geglu(gate: usize, other: usize, out: usize, n: usize, outer: usize): void {
  gated(gateCurve, Gelu.curve, gate, other, out, n, outer);
}

export function gegluGradTable(): void {
  geluTable();
  geluGradTable();
  fillOnes();
}

export function gegluGrad(
  dy: usize,
  gate: usize,
  other: usize,
  dGate: usize,
  dOther: usize,
  n: usize,
  outer: usize,
): void {
  gatedGrad(gateCurve, gateSlope, Gelu.curve, Gelu.slope, dy, gate, other, dGate, dOther, n, outer);
}
