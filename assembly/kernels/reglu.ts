/**
 * reglu(a, b) = relu(a) b
 *
 * Error    0.5 ULP; da, db 0.5 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { fillOnes, gated, gatedGrad } from "../gated";
import { relu, reluGrad } from "./relu";

/** Never called: no value is faint. */
function exact(x: f64): f64 {
  return x;
}

export function reglu(a: usize, b: usize, out: usize, n: usize, outer: usize): void {
  gated(relu, exact, 0, a, b, out, n, outer);
}

export function regluGradTable(): void {
  fillOnes();
}

export function regluGrad(dy: usize, a: usize, b: usize, da: usize, db: usize, n: usize, outer: usize): void {
  gatedGrad(relu, reluGrad, exact, exact, 0, dy, a, b, da, db, n, outer);
}
