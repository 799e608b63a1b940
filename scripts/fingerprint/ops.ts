/**
 * A SHA-256 of each op's results over fixed inputs: equal where, and only where, the bits are.
 *
 * Runs in any JavaScript runtime: no Node, no network, no files.
 */

import { type Case, casesOf } from "../../oracle/cases.ts";
import * as table from "../../src/activations.generated.ts";
import { type Described, describe } from "../../src/calls/describe.ts";
import { Sha256 } from "./sha256.ts";

/** The functions under test, by name: a module of the package. */
export type Package = Readonly<Record<string, unknown>>;

/** How much is hashed. */
export interface Extent {
  /**
   * Inputs from all exponents, by the defaults; a sixteenth of them for the further settings.
   */
  readonly steps: number;
  /** Every length up to here: whole vectors, tails, nothing at all. */
  readonly longest: number;
  /** Dimensions and the axis, along which all are even: gated ops halve it. */
  readonly shapes: readonly { readonly shape: readonly number[]; readonly axis: number }[];
}
const FURTHER = 16;

const NAN = 0x7fc00000;

const special = [0x00000000, 0x00000001, 0x007fffff, 0x00800000, 0x3f800000, 0x7f7fffff, 0x7f800000, 0x7f800001, NAN];
const SPECIALS = Uint32Array.from(special.flatMap((bits) => [bits, bits | 0x80000000]));

/**
 * Floats at equal steps of their bits, each moved within its step so that low bits are not all 0;
 * then the special ones.
 */
export function steppedInputs(count: number): Float32Array {
  const step = 2 ** 32 / count;
  const bits = new Uint32Array(count + SPECIALS.length);
  for (let i = 0; i < count; i++) bits[i] = i * step + ((Math.imul(i, 0x9e3779b1) >>> 8) & (step - 1));
  bits.set(SPECIALS, count);
  return new Float32Array(bits.buffer);
}

/**
 * Floats of [-8, 8), where most ops do something; the same everywhere: whole-number arithmetic and
 * one exact product.
 */
export function usualInputs(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (Math.imul(i * 2 + 1, seed) >> 8) * 2 ** -20);
}

/** Bits with every NaN made the same: which one comes out is up to the machine. */
export function canonicalBits(y: Float32Array): Uint32Array {
  const bits = new Uint32Array(y.buffer, y.byteOffset, y.length).slice();
  for (let i = 0; i < bits.length; i++) if (((bits[i] as number) & 0x7fffffff) > 0x7f800000) bits[i] = NAN;
  return bits;
}

/** y of x; the gradient takes dy too. */
export type Run = (x: Float32Array, dy: Float32Array) => Float32Array;

/** The function of a case, from the package. */
export function runOf({ op, direction, setting, options }: Case, ops: Package): Run {
  const call = ops[op];
  if (typeof call !== "function") throw new TypeError(`the package has no ${op}`);
  const more = setting === "default" ? [] : [options];
  return direction === "forward" ? (x) => call(x, ...more) : (x, dy) => call(dy, x, ...more);
}

const SHAPES = [
  { shape: [4, 1000], axis: 1 },
  { shape: [6, 34, 5], axis: 1 },
  { shape: [64, 64], axis: 0 },
  { shape: [3, 2, 7], axis: -2 },
];

/** The fingerprints that are kept. */
export const WHOLE: Extent = {
  steps: 2 ** 20,
  longest: 257,
  shapes: [{ shape: [2, 32768], axis: -1 }, ...SHAPES],
};
/** Others, within a second: every kernel, table and tail. */
export const SAMPLE: Extent = { steps: 2 ** 13, longest: 17, shapes: SHAPES };

/** What the usual inputs are multiplied by: powers of two, for which this is exact. */
const SPREADS = [2 ** -6, 1, 2 ** 5];

/**
 * Results of an op along an axis, of which x has the given shape; `above` stands for any other
 * argument.
 */
export type ShapedRun = (x: Float32Array, above: Float32Array, options: object, channels: number) => Float32Array[];

/** The ops along an axis, by name. */
export function shapedRuns(ops: Package): [string, ShapedRun][] {
  const known = [...new Set<unknown>(Object.values(table))].flatMap((op) => describe(op) ?? []);
  known.sort((one, other) => (one.name < other.name ? -1 : 1));
  return known.flatMap((op) => {
    const call = ops[op.name];
    const run = typeof call === "function" && shapedRun(op.kind, (...args: readonly unknown[]) => call(...args));
    return run ? [[op.name, run]] : [];
  });
}

function shapedRun(kind: Described["kind"], call: (...args: readonly unknown[]) => unknown): ShapedRun | undefined {
  const one = (result: unknown) => [result as Float32Array];
  switch (kind) {
    case "row":
      return (x, _, options) => one(call(x, options));
    case "rowGrad":
      return (x, above, options) => one(call(above.subarray(0, x.length), x, options));
    case "reductionGrad":
      // Of no elements there is one row.
      return (x, above, options, axis) => one(call(above.subarray(0, axis === 0 ? 1 : x.length / axis), x, options));
    case "gated":
      return (x, _, options) => one(call(x, options));
    case "gatedGrad":
      return (x, above, options) => one(call(above.subarray(0, x.length / 2), x, options));
    case "prelu":
      return (x, above, options, channels) => one(call(x, above.subarray(0, channels), options));
    case "affine":
      return (x, above, options, channels) =>
        one(
          call(x, {
            ...options,
            scale: above.subarray(0, channels),
            shift: 0.3,
            residual: above.subarray(0, x.length),
          }),
        );
    case "affineGrad":
      return (x, above, options, channels) => {
        const perChannel = above.subarray(0, channels);
        return Object.values(
          call(above.subarray(0, x.length), x, { ...options, scale: perChannel, shift: perChannel }) as object,
        );
      };
    case "preluGrad":
      return (x, above, options, channels) =>
        Object.values(call(above.subarray(0, x.length), x, above.subarray(0, channels), options) as object);
    default:
      return undefined;
  }
}

function hashOfShaped(run: ShapedRun, { shapes, longest }: Extent): string {
  const hash = new Sha256();
  const size = 2 * 32768;
  const usual = usualInputs(size, 0x85ebca6b);
  const above = usualInputs(size, 0x5bd1e995);
  const masked = usual.map((x, i) => (i % 5 === 0 ? -Infinity : x));
  const spoilt = usual.map((x, i) => (i % 1001 === 1000 ? Number.NaN : i % 777 === 776 ? Infinity : x));
  const add = (x: Float32Array, shape: readonly number[], axis: number) => {
    for (const y of run(x, above, { shape, axis }, shape.at(axis) as number)) hash.update(canonicalBits(y));
  };
  for (const { shape, axis } of shapes) {
    const length = shape.reduce((product, dimension) => product * dimension, 1);
    for (const spread of SPREADS)
      add(
        usual.subarray(0, length).map((x) => x * spread),
        shape,
        axis,
      );
    add(masked.subarray(0, length), shape, axis);
    add(spoilt.subarray(0, length), shape, axis);
  }
  for (let length = 0; length <= longest; length += 2) add(usual.subarray(0, length), [length], 0);
  return hash.digest();
}

/** Hashes in hex, by exported function. */
export type Hashes = Readonly<Record<string, string>>;

/**
 * All functions that have a fingerprint, in the order of the file, and the op that each belongs to.
 */
export function functionsOf(ops: Package): { readonly name: string; readonly of: string }[] {
  const elementwise = casesOf(false).map(({ op, of }) => ({ name: op, of }));
  const opOf = new Map(
    Object.values(table).flatMap((op: unknown) => {
      const known = describe(op);
      return known ? [[known.name, known.of]] : [];
    }),
  );
  return [...elementwise, ...shapedRuns(ops).map(([name]) => ({ name, of: opOf.get(name) ?? name }))];
}

/** Of the functions named, or of all. */
export function fingerprintsOf(ops: Package, names?: readonly string[], extent = WHOLE): Hashes {
  const shaped = shapedRuns(ops)
    .filter(([op]) => !names || names.includes(op))
    .map(([op, run]) => [op, hashOfShaped(run, extent)] as const);
  return { ...elementwiseFingerprints(ops, names, extent), ...Object.fromEntries(shaped) };
}

function elementwiseFingerprints(ops: Package, names: readonly string[] | undefined, extent: Extent): Hashes {
  const { steps, longest } = extent;
  const hashes = new Map<string, Sha256>();
  const some = steppedInputs(steps / FURTHER);
  const many = steppedInputs(steps);
  const above = usualInputs(many.length, 0x5bd1e995);
  const usual = usualInputs(longest, 0x85ebca6b);
  for (const subject of casesOf(true)) {
    const { op, setting } = subject;
    if (names && !names.includes(op)) continue;
    const run = runOf(subject, ops);
    const hash = hashes.get(op) ?? new Sha256();
    hashes.set(op, hash);
    const x = setting === "default" ? many : some;
    hash.update(canonicalBits(run(x, above.subarray(0, x.length))));
    for (let length = 0; length <= longest; length++) {
      hash.update(canonicalBits(run(usual.subarray(0, length), above.subarray(0, length))));
    }
  }
  return Object.fromEntries([...hashes].map(([op, hash]) => [op, hash.digest()]));
}
