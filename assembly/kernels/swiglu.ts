/**
 * swiglu(a, b) = silu(a) b
 *
 * Error    1.6 ULP; da 1.7 ULP, db 1.5 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { gateCurve, gateSlope } from "../curves";
import { fillOnes } from "../faint";
import { gated, gatedGrad } from "../gated";
import { Silu, siluGradTable, siluTable } from "./silu";

export function swigluTable(): void {
  siluTable();
}

export function swiglu(gate: usize, other: usize, out: usize, n: usize, outer: usize): void {
  gated(gateCurve, Silu.curve, gate, other, out, n, outer);
}

export function swigluGradTable(): void {
  siluTable();
  siluGradTable();
  fillOnes();
}

export function swigluGrad(
  dy: usize,
  gate: usize,
  other: usize,
  dGate: usize,
  dOther: usize,
  n: usize,
  outer: usize,
): void {
  gatedGrad(gateCurve, gateSlope, Silu.curve, Silu.slope, dy, gate, other, dGate, dOther, n, outer);
}
