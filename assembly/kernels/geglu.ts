/**
 * geglu(a, b) = gelu(a) b
 *
 * Error    1.6 ULP; da 1.7 ULP, db 1.5 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { FAR, fillOnes, gated, gatedGrad } from "../gated";
import { Gelu, gelu, geluGrad, geluGradTable, geluTable } from "./gelu";

export function gegluTable(): void {
  geluTable();
}

export function geglu(a: usize, b: usize, out: usize, n: usize, outer: usize): void {
  gated(gelu, Gelu.formula, FAR, a, b, out, n, outer);
}

export function gegluGradTable(): void {
  geluTable();
  geluGradTable();
  fillOnes();
}

export function gegluGrad(dy: usize, a: usize, b: usize, da: usize, db: usize, n: usize, outer: usize): void {
  gatedGrad(gelu, geluGrad, Gelu.formula, Gelu.derivative, FAR, dy, a, b, da, db, n, outer);
}
