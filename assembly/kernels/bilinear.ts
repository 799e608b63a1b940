/**
 * bilinear(a, b) = a b
 *
 * Special  da is NaN where a is, as the slope of linear.
 * Error    0.5 ULP; da, db 0.5 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { fillOnes } from "../faint";
import { gated, gatedGrad } from "../gated";
import { linearGrad } from "./linear";

function values(x: usize, out: usize, n: usize, _curve: usize): void {
  memory.copy(out, x, n << 2);
}

function slopes(ones: usize, x: usize, out: usize, n: usize, _curve: usize): void {
  linearGrad(ones, x, out, n, 1, 0);
}

export function bilinear(gate: usize, other: usize, out: usize, n: usize, outer: usize): void {
  gated(values, 0, gate, other, out, n, outer);
}

export function bilinearGradTable(): void {
  fillOnes();
}

export function bilinearGrad(
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
