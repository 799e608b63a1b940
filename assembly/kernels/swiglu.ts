/**
 * swiglu(a, b) = silu(a) b
 *
 * Error    1.6 ULP; da 1.7 ULP, db 1.5 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { FAR, fillOnes, gated, gatedGrad } from "../gated";
import { Silu, silu, siluGrad, siluGradTable, siluTable } from "./silu";

function values(x: usize, out: usize, n: usize): void {
  silu(x, out, n, 1);
}

function slopes(ones: usize, x: usize, out: usize, n: usize): void {
  siluGrad(ones, x, out, n, 1);
}

export function swigluTable(): void {
  siluTable();
}

export function swiglu(a: usize, b: usize, out: usize, n: usize, outer: usize): void {
  gated(values, Silu.formula, FAR, a, b, out, n, outer);
}

export function swigluGradTable(): void {
  siluTable();
  siluGradTable();
  fillOnes();
}

export function swigluGrad(dy: usize, a: usize, b: usize, da: usize, db: usize, n: usize, outer: usize): void {
  gatedGrad(values, slopes, Silu.formula, Silu.derivative, FAR, dy, a, b, da, db, n, outer);
}
