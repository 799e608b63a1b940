/**
 * gegluTanh(a, b) = geluTanh(a) b
 *
 * Error    1.6 ULP; da 1.7 ULP, db 1.5 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { gateCurve, gateSlope } from "../curves";
import { fillOnes } from "../faint";
import { gated, gatedGrad } from "../gated";
import { GeluTanh, geluTanhGradTable, geluTanhTable } from "./geluTanh";

export function gegluTanhTable(): void {
  geluTanhTable();
}

export function gegluTanh(gate: usize, other: usize, out: usize, n: usize, outer: usize): void {
  gated(gateCurve, GeluTanh.curve, gate, other, out, n, outer);
}

export function gegluTanhGradTable(): void {
  geluTanhTable();
  geluTanhGradTable();
  fillOnes();
}

export function gegluTanhGrad(
  dy: usize,
  gate: usize,
  other: usize,
  dGate: usize,
  dOther: usize,
  n: usize,
  outer: usize,
): void {
  gatedGrad(gateCurve, gateSlope, GeluTanh.curve, GeluTanh.slope, dy, gate, other, dGate, dOther, n, outer);
}
