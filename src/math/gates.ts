/**
 * The sigmoid and functions of the form x sigmoid(z), in float64, with their limits at ±Infinity.
 */
import { vanished } from "./vanished.ts";

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  const e = Math.exp(-x);
  return e === Infinity ? vanished(x, 1) : 1 / (1 + e);
}

/** x sigmoid(z), where z has the limits of x or of -x: -Infinity times 0 is 0. */
export function gated(x: number, z: number): number {
  const e = Math.exp(-z);
  return e === Infinity ? vanished(x, x) : x / (1 + e);
}

/** a x, and 0 where a is 0 and x infinite. */
export function product(a: number, x: number): number {
  return a === 0 ? a * Math.sign(x) : a * x;
}

/**
 * f' beside its root, from f'(root + d) = d (c0 + c1 d + c2 d^2 + c3 d^3): there the terms of f'
 * cancel and leave too few digits. For |d| < 2^-11 what is left out is below 1e-14, and further out
 * the plain formula is right to 2e-12.
 */
export function besideRoot(d: number, c0: number, c1: number, c2: number, c3: number): number {
  return d * (c0 + d * (c1 + d * (c2 + d * c3)));
}

/** How far from the root `besideRoot` is used: 2^-11. */
export const BESIDE = 0.00048828125;

/**
 * The limits of the derivative of a gate at x far outside: 1 to the right, 0 from below to the
 * left.
 */
export function farOut(x: number): number {
  return x > 0 ? 1 : vanished(x, -1);
}

/** Derivative of x sigmoid(x). */
export function siluDerivative(x: number): number {
  const d = x + 1.2784645427610737;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d + 1.0946994183093437e-16,
      0.2178117057198001,
      0.1466487969969469,
      0.018874814223782312,
      -0.015222655223188032,
    );
  }
  if (Math.abs(x) > 700) return farOut(x);
  const s = sigmoid(x);
  return s + x * s * (1 - s);
}
