/**
 * The exact values of a block of consecutive float32 inputs: from the row's float64 formula, either
 * at every input or at a few and in between by a polynomial.
 *
 * A formula takes 10 to 50 ns, which is hours for 2^32 inputs; a polynomial 2. Consecutive inputs
 * are equally spaced and a block spans 2^-10 of its binade, where a smooth function is a polynomial
 * of degree 5 to far more digits than float32 has. That is not taken on trust: the formula is
 * evaluated at further points too, among them those between the nodes where the error of
 * interpolation is largest, and a block where one of them is off by more than TOLERANCE is computed
 * from the formula throughout, as is one with a kink. And whoever compares with these values asks
 * the formula itself wherever TOLERANCE could matter (see sweep.ts).
 */

import type { Case } from "../../oracle/cases.ts";
import { ulp32 } from "../../oracle/ulp.ts";

/** Inputs of a block: a power of two, so that no block lies across two binades. */
export const BLOCK = 8192;

/** How far interpolated values may be off, in ULP of float32. */
export const TOLERANCE = 0.0005;

const DEGREE = 5;
const NODES = DEGREE + 1;
const HALF = (BLOCK - 1) / 2;

/** The index in the block that is nearest to t of [-1, 1]. */
const indexAt = (t: number) => Math.round(t * HALF + HALF);
const nodes = Array.from({ length: NODES }, (_, k) => indexAt(Math.cos(((2 * k + 1) * Math.PI) / (2 * NODES))));
/**
 * The ends and the other extremes of the error of interpolation, and a few points without any
 * order.
 */
const checks = [
  ...Array.from({ length: NODES + 1 }, (_, k) => indexAt(Math.cos((k * Math.PI) / NODES))),
  ...[0.017, 0.123, 0.344, 0.456, 0.577, 0.728, 0.871, 0.962].map((share) => Math.floor(share * BLOCK)),
];

/**
 * weights[power * NODES + k]: the coefficient of t^power in the polynomial that is 1 at node k and
 * 0 at the others.
 */
const weights = interpolationWeights();

function interpolationWeights(): Float64Array {
  const t = nodes.map((index) => (index - HALF) / HALF);
  const result = new Float64Array(NODES * NODES);
  t.forEach((at, k) => {
    let polynomial = [1];
    let denominator = 1;
    for (const other of t) {
      if (other === at) continue;
      // Times (t - other).
      polynomial = [0, ...polynomial].map((c, power) => c - other * (polynomial[power] ?? 0));
      denominator *= at - other;
    }
    polynomial.forEach((c, power) => {
      result[power * NODES + k] = c / denominator;
    });
  });
  return result;
}

/** Writes the exact values of xs to `exact`. True where they are all the same. */
export type Fill = (xs: Float32Array, exact: Float64Array) => boolean;

/** From the formula at every input. */
export function formulaFill({ row, direction, a, b, c }: Case): Fill {
  // Two loops rather than one over a function that was chosen before: each has one callee, which V8
  // then inlines.
  if (direction === "forward") {
    return (xs, exact) => {
      for (let i = 0; i < xs.length; i++) exact[i] = row.value(xs[i] as number, a, b, c);
      return false;
    };
  }
  return (xs, exact) => {
    for (let i = 0; i < xs.length; i++) exact[i] = row.derivative(xs[i] as number, a, b, c);
    return false;
  };
}

/**
 * By interpolation where it is good enough. xs holds BLOCK consecutive floats, the first at a
 * multiple of BLOCK.
 */
export function interpolatingFill(subject: Case): Fill {
  const { row, direction, a, b, c } = subject;
  const formula = direction === "forward" ? row.value.bind(row) : row.derivative.bind(row);
  const everywhere = formulaFill(subject);
  const kinks = (row.about || undefined)?.kinks?.(a, b, c) ?? [];
  const values = new Float64Array(NODES);
  const coefficients = new Float64Array(NODES);

  /** Sets the coefficients; false where the values do not suit a polynomial. */
  function interpolate(xs: Float32Array): boolean {
    let least = Infinity;
    let most = 0;
    for (let k = 0; k < NODES; k++) {
      const value = formula(xs[nodes[k] as number] as number, a, b, c);
      values[k] = value;
      least = Math.min(least, Math.abs(value));
      most = Math.max(most, Math.abs(value));
    }
    // A root is near: the error must be small beside values that are far smaller than these.
    if (!(most < 2 * least && most < 1e300)) return false;
    const base = values[0] as number;
    for (let power = 0; power < NODES; power++) {
      let sum = 0;
      for (let k = 1; k < NODES; k++) sum += (weights[power * NODES + k] as number) * ((values[k] as number) - base);
      coefficients[power] = sum;
    }
    coefficients[0] = (coefficients[0] as number) + base;
    return true;
  }

  /** The one value that all samples are, if so. */
  function constant(xs: Float32Array): number | undefined {
    const first = formula(xs[0] as number, a, b, c);
    for (const index of [...nodes, ...checks]) {
      if (!Object.is(formula(xs[index] as number, a, b, c), first)) return undefined;
    }
    return first;
  }

  return (xs, exact) => {
    const first = xs[0] as number;
    const last = xs[BLOCK - 1] as number;
    const low = Math.min(first, last);
    const high = Math.max(first, last);
    // The neighbours of the block count as parts of it: a kink need not be a float32.
    const margin = (high - low) / BLOCK;
    if (!Number.isFinite(last) || kinks.some(({ x }) => x >= low - margin && x <= high + margin)) {
      return everywhere(xs, exact);
    }
    const same = constant(xs);
    if (same !== undefined) {
      exact.fill(same);
      return true;
    }
    if (!interpolate(xs)) {
      return everywhere(xs, exact);
    }
    const [c0, c1, c2, c3, c4, c5] = coefficients as unknown as [number, number, number, number, number, number];
    const scale = 1 / HALF;
    for (let i = 0; i < BLOCK; i++) {
      const t = (i - HALF) * scale;
      exact[i] = c0 + t * (c1 + t * (c2 + t * (c3 + t * (c4 + t * c5))));
    }
    for (const index of checks) {
      const value = formula(xs[index] as number, a, b, c);
      if (!(Math.abs(value - (exact[index] as number)) <= TOLERANCE * ulp32(value))) {
        return everywhere(xs, exact);
      }
    }
    return false;
  };
}
