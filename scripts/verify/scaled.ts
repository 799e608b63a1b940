/** Gradients with other dy than 1: dx = dy f'(x), dx normal, against the float64 formula. */
import type { Case } from "../../oracle/cases.ts";
import { fromBits, hex, ulpError } from "../../oracle/ulp.ts";
import { type Ops, runnerOf } from "./sweep.ts";

/** A power of two, a small one, a sign, a large one. */
export const FACTORS = [65536, 1e-10, -1, 1e30].map(Math.fround);

/** In ULP. */
export const SCALED_BOUND = 1.5;

const SMALLEST_NORMAL = 2 ** -126;
const LARGEST = fromBits(0x7f7fffff);
const BLOCK = 8192;

export interface ScaledEntry {
  readonly dy: number;
  /** How many inputs there were, and how many of them had a normal dx. */
  readonly inputs: number;
  readonly normal: number;
  readonly maxUlp: number;
  readonly worst: string;
}

/** The worst error over about every stride-th input. */
export function checkScaled(subject: Case, ops: Ops, dy: number, stride: number): ScaledEntry {
  const { row, a, b, c } = subject;
  const run = runnerOf(subject, ops, dy);
  const xs = ops.alloc(BLOCK);
  const ys = ops.alloc(BLOCK);
  const bits = new Uint32Array(xs.buffer, xs.byteOffset, BLOCK);
  const inputs = 2 ** 32 / stride;
  let [maxUlp, worst, normal] = [0, 0, 0];
  for (let start = 0; start < inputs; start += BLOCK) {
    for (let i = 0; i < BLOCK; i++) {
      const within = (Math.imul(start + i, 0x9e3779b1) >>> 8) & (stride - 1);
      bits[i] = (start + i) * stride + within;
    }
    run(xs, ys);
    for (let i = 0; i < BLOCK; i++) {
      const exact = dy * row.derivative(xs[i] as number, a, b, c);
      const size = Math.abs(exact);
      if (!(size >= SMALLEST_NORMAL && size <= LARGEST)) continue;
      normal++;
      const error = ulpError(ys[i] as number, exact);
      if (error > maxUlp) [maxUlp, worst] = [error, xs[i] as number];
    }
  }
  return { dy, inputs, normal, maxUlp, worst: hex(worst) };
}
