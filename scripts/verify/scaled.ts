/** Gradients with other dy than 1: dx = dy f'(x), dx normal, against the float64 formula. */
import type { Case } from "../../oracle/cases.ts";
import { fromBits, hex, ulpError } from "../../oracle/ulp.ts";
import type { Ops } from "./sweep.ts";

/**
 * A power of two, a small one, a sign, a large one; and for each input a dy of its own, with which
 * dx comes out just below a power of two: where the error of f' counts most.
 */
export const FACTORS = [...[65536, 1e-10, -1, 1e30].map(Math.fround), "adverse"] as const;
type Factor = (typeof FACTORS)[number];

/** In ULP. */
export const SCALED_BOUND = 1.5;

const SMALLEST_NORMAL = 2 ** -126;
const LARGEST = fromBits(0x7f7fffff);
const BLOCK = 8192;

export interface ScaledEntry {
  readonly dy: Factor;
  /** How many inputs there were, and how many of them had a normal dx. */
  readonly inputs: number;
  readonly normal: number;
  readonly maxUlp: number;
  readonly worst: string;
}

/** A number of [0, 1) for i. */
const scattered = (i: number) => (Math.imul(i, 0x9e3779b1) >>> 0) / 2 ** 32;

/**
 * A dy for which dy slope is by 2^-1 to 2^-21 of itself below a power of two; of ordinary size, or
 * large.
 */
function adverse(slope: number, i: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(slope)));
  if (!(exponent >= -150 && exponent < 128)) return 1;
  const share = 2 ** -(1 + Math.floor(21 * scattered(3 * i))) * scattered(7 * i + 1);
  const size = Math.min(i & 1 ? 20 : 0, 126 - exponent);
  return (
    ((2 * (1 - share)) / (Math.abs(slope) / 2 ** exponent)) * 2 ** Math.max(size, -exponent - 100) * (i & 2 ? 1 : -1)
  );
}

/** The worst error over about every stride-th input. */
export function checkScaled(subject: Case, ops: Ops, dy: Factor, stride: number): ScaledEntry {
  const { op, row, a, b, c, options } = subject;
  const call = ops[op];
  if (typeof call !== "function") throw new Error(`the package has no ${op}`);
  const above = ops.alloc(BLOCK);
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
    for (let i = 0; i < BLOCK; i++) {
      above[i] = dy === "adverse" ? adverse(row.derivative(xs[i] as number, a, b, c), start + i) : dy;
    }
    call(above, xs, { ...options, out: ys });
    for (let i = 0; i < BLOCK; i++) {
      const exact = (above[i] as number) * row.derivative(xs[i] as number, a, b, c);
      const size = Math.abs(exact);
      if (!(size >= SMALLEST_NORMAL && size <= LARGEST)) continue;
      normal++;
      const error = ulpError(ys[i] as number, exact);
      if (error > maxUlp) [maxUlp, worst] = [error, xs[i] as number];
    }
  }
  return { dy, inputs, normal, maxUlp, worst: hex(worst) };
}
