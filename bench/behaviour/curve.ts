/**
 * What the curve of an activation looks like: found by evaluating the kernels, nothing is taken
 * from the table.
 */
import { gridOf, jumpsOf } from "../../oracle/curves.ts";
import type { FloatArray } from "../../src/index.ts";
import { Random } from "../measure/inputs.ts";
import type { Behaviour, Bound } from "../results.ts";
import { type Elementwise, slopesAt, valuesAt } from "./subject.ts";

const WIDE = 100;
const WIDE_STEP = 2 ** -6;
const NARROW = 8;
const NARROW_STEP = 2 ** -10;
/** Beyond this a result has no bound. */
const FAR = [1e4, 1e30] as const;
const GROWTH = 1e3;

const NORMALS = 2 ** 16;
const FLAT = 0.01;

/** Beside a kink. */
const BESIDE = 2 ** -20;

const grid = Float32Array.from(
  new Set([...gridOf(-WIDE, WIDE, WIDE_STEP), ...gridOf(-NARROW, NARROW, NARROW_STEP)]),
).sort();

const random = new Random(0x2545f491);
/** The same draws from N(0, 1) for every op. */
export const normals = Float32Array.from({ length: NORMALS }, () => random.normal());

/** The largest of the results, or the least if `sign` is -1. */
function endOf(subject: Elementwise, sign: 1 | -1): Bound {
  const [near, far] = FAR.map((x) => valuesAt(subject, Float32Array.of(-x, x)));
  const values = [...valuesAt(subject, grid), ...(far ?? [])].filter((y) => !Number.isNaN(y));
  const end = values.reduce((most, y) => (sign * y > sign * most ? y : most), -sign * Infinity);
  const grows = [0, 1].some((side) => {
    const [y, further] = [near?.[side] ?? 0, far?.[side] ?? 0];
    return sign * further > GROWTH * Math.max(Math.abs(y), 1) || sign * y > GROWTH;
  });
  return grows || !Number.isFinite(end) ? null : end + 0;
}

function steepestOf(subject: Elementwise): Behaviour["steepest"] {
  const slopes = slopesAt(subject, grid);
  let at = 0;
  slopes.forEach((slope, i) => {
    if (Math.abs(slope) > Math.abs(slopes[at] as number)) at = i;
  });
  const slope = Math.abs(slopes[at] as number);
  const x = grid[at] as number;
  const [half = 0] = slopesAt(subject, Float32Array.of(x / 2));
  const grows = Math.abs(x) === WIDE && slope > 1.5 * Math.abs(half);
  return { slope: grows || !Number.isFinite(slope) ? null : slope, x };
}

function kinksOf(subject: Elementwise): Behaviour["kinks"] {
  const value = (x: number) => valuesAt(subject, Float32Array.of(x))[0] as number;
  const slope = (x: number) => slopesAt(subject, Float32Array.of(x))[0] as number;
  const found = [...new Set([...jumpsOf(slope), ...jumpsOf(value)])].sort((a, b) => a - b);
  return found.map((x) => {
    const beside = BESIDE * Math.max(Math.abs(x), 1);
    return { x, left: slope(x - beside), right: slope(x + beside) };
  });
}

function isMonotone(values: FloatArray): boolean {
  return values.every((y, i) => i === 0 || !(y < (values[i - 1] as number)));
}

/** Mean and variance. */
export function momentsOf(values: FloatArray): { mean: number; variance: number } {
  let sum = 0;
  for (const y of values) sum += y;
  const mean = sum / values.length;
  let squares = 0;
  for (const y of values) squares += (y - mean) ** 2;
  const variance = squares / values.length;
  return { mean, variance };
}

/** What does not take a network. */
export type Shape = Omit<Behaviour, "op" | "gradientGains" | "signalGains" | "plainGradientGains" | "training">;

export function shapeOf(subject: Elementwise): Shape {
  const kinks = kinksOf(subject);
  const flat = slopesAt(subject, normals).filter((slope) => Math.abs(slope) < FLAT).length;
  return {
    steepest: steepestOf(subject),
    flatShare: flat / normals.length,
    ...momentsOf(valuesAt(subject, normals)),
    range: [endOf(subject, -1), endOf(subject, 1)],
    monotone: isMonotone(valuesAt(subject, grid)),
    smooth: kinks.length === 0,
    kinks,
  };
}
