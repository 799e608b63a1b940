/**
 * reglu(a, b) = relu(a) b
 *
 * Error    0.5 ULP; da, db 0.5 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { fillOnes } from "../faint";
import { gated, gatedGrad } from "../gated";
import { relu, reluGrad } from "./relu";

function values(x: usize, out: usize, n: usize, _curve: usize): void {
  relu(x, out, n);
}

function slopes(ones: usize, x: usize, out: usize, n: usize, _curve: usize): void {
  reluGrad(ones, x, out, n);
}

export function reglu(gate: usize, other: usize, out: usize, n: usize, outer: usize): void {
  gated(values, 0, gate, other, out, n, outer);
}

export function regluGradTable(): void {
  fillOnes();
}

export function regluGrad(
  dy: usize,
  gate: usize,
  other: usize,
  dGate: usize,
  dOther: usize,
  n: usize,
  outer: usize,
): void {
  gatedGrad(values, slopes, 0, 0, dy, gate, other, dGate, dOther, n, outer);
}
