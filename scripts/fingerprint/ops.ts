/**
 * A SHA-256 of each op's results over fixed inputs: equal where, and only where, the bits are.
 *
 * Runs in any JavaScript runtime: no Node, no network, no files.
 */

import { type Case, casesOf } from "../../oracle/cases.ts";
import * as table from "../../src/activations.generated.ts";
import { type Described, describe } from "../../src/calls/describe.ts";
import type { FloatArray } from "../../src/model/arrays.ts";
import { NUMBER_TYPES, NUMBERS, type Numbers, usualInputs } from "./numbers.ts";
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

/** y of x; the gradient takes dy too. */
export type Run<A extends FloatArray = Float32Array> = (x: A, dy: A) => A;

/** The function of a case, from the package. */
export function runOf<A extends FloatArray = Float32Array>(
  { op, direction, setting, options }: Case,
  ops: Package,
): Run<A> {
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
export type ShapedRun<A extends FloatArray = Float32Array> = (x: A, above: A, options: object, channels: number) => A[];

/** The ops along an axis, by name. */
export function shapedRuns<A extends FloatArray = Float32Array>(ops: Package): [string, ShapedRun<A>][] {
  const known = [...new Set<unknown>(Object.values(table))].flatMap((op) => describe(op) ?? []);
  known.sort((one, other) => (one.name < other.name ? -1 : 1));
  return known.flatMap((op) => {
    const call = ops[op.name];
    const run = typeof call === "function" && shapedRun<A>(op.kind, (...args: readonly unknown[]) => call(...args));
    return run ? [[op.name, run]] : [];
  });
}

function shapedRun<A extends FloatArray>(
  kind: Described["kind"],
  call: (...args: readonly unknown[]) => unknown,
): ShapedRun<A> | undefined {
  const one = (result: unknown) => [result as A];
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

function hashOfShaped<A extends FloatArray>(
  run: ShapedRun<A>,
  { from, bits }: Numbers<A>,
  { shapes, longest }: Extent,
): string {
  const hash = new Sha256();
  const size = 2 * 32768;
  const usual = usualInputs(size, 0x85ebca6b);
  const above = from(usualInputs(size, 0x5bd1e995));
  const masked = usual.map((x, i) => (i % 5 === 0 ? -Infinity : x));
  const spoilt = usual.map((x, i) => (i % 1001 === 1000 ? Number.NaN : i % 777 === 776 ? Infinity : x));
  const add = (x: Float32Array, shape: readonly number[], axis: number) => {
    for (const y of run(from(x), above, { shape, axis }, shape.at(axis) as number)) hash.update(bits(y));
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

/** Hashes in hex, by exported function and type of numbers. */
export type Hashes = Readonly<Record<string, string>>;

interface Fingerprinted {
  readonly name: string;
  /** The op that it belongs to. */
  readonly of: string;
}

/** All functions that have fingerprints, in the order of the file. */
export function functionsOf(ops: Package): Fingerprinted[] {
  const elementwise = casesOf(false).map(({ op, of }) => ({ name: op, of }));
  const opOf = new Map(
    Object.values(table).flatMap((op: unknown) => {
      const known = describe(op);
      return known ? [[known.name, known.of]] : [];
    }),
  );
  return [...elementwise, ...shapedRuns(ops).map(([name]) => ({ name, of: opOf.get(name) ?? name }))];
}

/** All that are kept of a function, also what this runtime cannot compute. */
export function keysOf(name: string): string[] {
  return Object.values(NUMBERS).map(({ suffix }) => name + suffix);
}

/** Of the functions named, or of all, with float32. */
export function fingerprintsOf(ops: Package, names?: readonly string[], extent = WHOLE): Hashes {
  return hashesOf(ops, NUMBERS.float32, names, extent);
}

/** The same with every type of numbers that the runtime has. */
export function allFingerprintsOf(ops: Package, names?: readonly string[]): Hashes {
  const hashes = NUMBER_TYPES.map((type) => hashesOf(ops, NUMBERS[type] as Numbers<FloatArray>, names, WHOLE));
  return Object.assign({}, ...hashes) as Hashes;
}

function hashesOf<A extends FloatArray>(
  ops: Package,
  numbers: Numbers<A>,
  names: readonly string[] | undefined,
  extent: Extent,
): Hashes {
  const shaped = shapedRuns<A>(ops)
    .filter(([op]) => !names || names.includes(op))
    .map(([op, run]) => [op + numbers.suffix, hashOfShaped(run, numbers, extent)] as const);
  return { ...elementwiseHashes(ops, numbers, names, extent), ...Object.fromEntries(shaped) };
}

function elementwiseHashes<A extends FloatArray>(
  ops: Package,
  { suffix, inputs, from, bits }: Numbers<A>,
  names: readonly string[] | undefined,
  { steps, longest }: Extent,
): Hashes {
  const hashes = new Map<string, Sha256>();
  const [many, some] = [inputs(steps), inputs(steps / FURTHER)];
  const above = from(usualInputs(many.length, 0x5bd1e995));
  const usual = from(usualInputs(longest, 0x85ebca6b));
  const part = (array: A, length: number) => array.subarray(0, length) as A;
  for (const subject of casesOf(true)) {
    const { op, setting } = subject;
    if (names && !names.includes(op)) continue;
    const run = runOf<A>(subject, ops);
    const hash = hashes.get(op) ?? new Sha256();
    hashes.set(op, hash);
    const x = setting === "default" ? many : some;
    hash.update(bits(run(x, part(above, x.length))));
    for (let length = 0; length <= longest; length++) {
      hash.update(bits(run(part(usual, length), part(above, length))));
    }
  }
  return Object.fromEntries([...hashes].map(([op, hash]) => [op + suffix, hash.digest()]));
}
