/** From its row of the table to prelu and its gradient: one slope per channel. */
import * as engine from "#engine";
import type { Sums } from "../engine/channels.ts";
import type { Forward, Leaky, LeakyGrad } from "../engine/engine.ts";
import type { Kind } from "../engine/kinds.ts";
import type { Alike, FloatArray, NewArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import type { Parameters, PreluRow } from "../model/row.ts";
import { areInUse, checkApart, checkFirst, checkInUse, checkKind, checkLength, isOfKind, outputFor } from "./arrays.ts";
import { bare, known, record } from "./describe.ts";
import { finite } from "./domains.ts";
import type { Activation } from "./elementwise.ts";
import { checkOptions, numberOrArray, type Options, readArray } from "./options.ts";
import { rangeError } from "./refusal.ts";
import {
  checkAxis,
  dimensionsOf,
  type GivenShape,
  layoutOf,
  readDimensions,
  readShape,
  type ShapeOptions,
} from "./shape.ts";

/** How slopes lie along x. */
export interface SlopeOptions extends ShapeOptions {
  /** The dimensions of slope, which broadcast to `shape` as in NumPy: [1, H, 1, C] for instance. */
  readonly slopeShape?: readonly number[] | undefined;
}

export type PreluOptions<Out = Float32Array | undefined> = SlopeOptions & { readonly out?: Out };
export type PreluGradOptions<Dx = Float32Array | undefined, Dslope = Float32Array | undefined> = SlopeOptions & {
  readonly dx?: Dx;
  readonly dslope?: Dslope;
};

/** y of x's length: a new array, or `out`. */
export interface Prelu {
  <A extends FloatArray>(x: Alike<A>, slope: Alike<A> | number, out: A): A;
  <A extends FloatArray>(x: Alike<A>, slope: Alike<A> | number, options: PreluOptions<A> & { readonly out: A }): A;
  <A extends FloatArray>(x: A, slope: Alike<A> | number, options?: PreluOptions<undefined>): NewArray<A>;
  <A extends FloatArray>(x: A, slope: Alike<A> | number, out?: Alike<A> | PreluOptions<Alike<A> | undefined>): Alike<A>;
}

/** dx of x's length and dslope of slope's (1 for a number): new arrays, or those given. */
export type PreluGradient = <
  A extends FloatArray,
  Dx extends Alike<A> | undefined = undefined,
  Dslope extends Alike<A> | undefined = undefined,
>(
  dy: A,
  x: Alike<A>,
  slope: Alike<A> | number,
  options?: PreluGradOptions<Dx, Dslope>,
) => {
  dx: Dx extends FloatArray ? Dx : NewArray<A>;
  dslope: Dslope extends FloatArray ? Dslope : NewArray<A>;
};

const NOTHING: unknown = {};
const NOTHING_GIVEN: Given = { shape: undefined, axis: undefined, slopeShape: undefined };
const OPTIONS = ["shape", "axis", "slopeShape", "out"];
const GRADIENT_OPTIONS = ["shape", "axis", "slopeShape", "dx", "dslope"];
const SLOPE = { default: 0, domain: finite };

/** A slope as an array; whether that is in use is looked at later. */
function readSlope(op: string, slope: unknown, kind: Kind): FloatArray {
  const value = numberOrArray(op, "slope", slope, SLOPE, kind);
  if (typeof value === "number") {
    // Float32Array.of takes several times as long.
    const single = new Float32Array(1);
    single[0] = value;
    return single;
  }
  return value;
}

/** Shape, axis and slopeShape as they were given. */
interface Given extends GivenShape {
  readonly slopeShape: readonly number[] | undefined;
}

function readGiven(op: string, options: Options): Given {
  const { shape, axis } = readShape(op, options);
  return { shape, axis, slopeShape: readDimensions(op, options, "slopeShape") };
}

function readCall(op: string, argument: unknown, kind: Kind): { given: Given; out: FloatArray | undefined } {
  if (argument === undefined || isOfKind(argument, kind)) return { given: NOTHING_GIVEN, out: argument };
  checkOptions(op, argument, OPTIONS, kind);
  const given = readGiven(op, argument);
  return { given, out: readArray(op, argument, "out", kind) };
}

/**
 * How the slopes lie along x, [outer][channels][inner], and which slope each of the channels has
 * where some share one.
 */
interface Lie {
  readonly layout: Layout;
  readonly shared?: Uint32Array;
}

function lieOf(op: string, given: Given, length: number, slopes: number): Lie {
  return given.slopeShape
    ? broadcast(op, given, given.slopeShape, length, slopes)
    : { layout: channelsOf(op, given, length, slopes) };
}

function channelsOf(op: string, given: Given, length: number, slopes: number): Layout {
  const single = slopes === 1;
  if (single && given === NOTHING_GIVEN) return { outer: 1, axis: 1, inner: length };
  const dimensions = dimensionsOf(op, given, "x", length);
  const rank = dimensions.length;
  if (single || slopes === length) {
    if (given.axis !== undefined) checkAxis(op, given.axis, rank);
    return single ? { outer: 1, axis: 1, inner: length } : { outer: 1, axis: length, inner: 1 };
  }
  if (given.shape === undefined) {
    throw rangeError(op, `slope has length ${slopes}`, `1 or ${length}, the length of x, unless a shape is given`);
  }
  const at = checkAxis(op, given.axis ?? 1, rank);
  if (dimensions[at] !== slopes) {
    throw rangeError(op, `slope has length ${slopes}`, `${dimensions[at]}, the size of axis ${at}`);
  }
  return layoutOf(dimensions, at);
}

/** The channels are all indices from the first dimension that the slopes have to the last. */
function broadcast(op: string, given: Given, slopeShape: readonly number[], length: number, slopes: number): Lie {
  const dimensions = dimensionsOf(op, given, "x", length);
  if (given.axis !== undefined) {
    throw rangeError(op, "axis is given along with slopeShape", "one of the two");
  }
  const elements = slopeShape.reduce((a, b) => a * b, 1);
  if (elements !== slopes) {
    throw rangeError(
      op,
      `slopeShape [${slopeShape.join(", ")}] has ${elements} elements`,
      `${slopes}, the length of slope`,
    );
  }
  const before = dimensions.length - slopeShape.length;
  const sizes = dimensions.map((_, i) => slopeShape[i - before] ?? 1);
  if (before < 0 || sizes.some((size, i) => size !== 1 && size !== dimensions[i])) {
    const [from, to] = [slopeShape, dimensions].map((shape) => shape.join(", "));
    throw rangeError(op, `slopeShape is [${from}]`, `one that broadcasts to [${to}]`);
  }
  const first = sizes.findIndex((size) => size !== 1);
  if (first < 0) return { layout: { outer: 1, axis: 1, inner: length } };
  const end = sizes.findLastIndex((size) => size !== 1) + 1;
  const product = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
  const axis = product(dimensions.slice(first, end));
  const layout = { outer: product(dimensions.slice(0, first)), axis, inner: product(dimensions.slice(end)) };
  if (axis === slopes || length === 0) return { layout };
  let shared = Uint32Array.of(0);
  for (let i = first; i < end; i++) {
    const [size, slope] = [dimensions[i] as number, sizes[i] as number];
    const outer = shared;
    shared = Uint32Array.from({ length: outer.length * size }, (_, k) => {
      const index = (outer[Math.floor(k / size)] as number) * slope;
      return slope === 1 ? index : index + (k % size);
    });
  }
  return { layout, shared };
}

/** One slope for each channel. */
function spread(slopes: FloatArray, shared: Uint32Array | undefined): FloatArray {
  return shared ? Float32Array.from(shared, (k) => slopes[k] as number) : slopes;
}

/** The one slope, as leakyRelu takes it. */
function alpha(slope: number | FloatArray): Parameters {
  return { a: typeof slope === "number" ? slope : (slope[0] as number), b: 0, c: 0 };
}

/** From leakyRelu, which it is where there is one slope. */
export function preluOp(leakyRelu: Activation<"alpha">, facts: PreluRow): Prelu {
  const { of, row: leaky } = known(leakyRelu, "map");
  const row = bare(facts);
  const name = "prelu";
  let run: Leaky | undefined;
  let single: Forward | undefined;
  const op = (x: FloatArray, slope: unknown, argument?: unknown): FloatArray => {
    single ??= engine.map(of, leaky);
    const from = engine.residentPlaceOf(x);
    const to = from && engine.residentPlaceOf(argument);
    if (to && to.length === from.length) {
      const isNumber = typeof slope === "number";
      if (isNumber || engine.residentPlaceOf(slope)?.length === 1) {
        const only = isNumber ? finite.read(name, "slope", slope, SLOPE) : (slope as FloatArray);
        single(x, argument as FloatArray, alpha(only), from, to);
        return argument as FloatArray;
      }
    }
    const kind = checkFirst(name, "x", x);
    const slopes = numberOrArray(name, "slope", slope, SLOPE, kind);
    const isOne = typeof slopes === "number";
    if (kind === "Float32Array" && isOfKind(argument, kind) && areInUse(x, argument)) {
      if (isOne || (areInUse(slopes, slopes) && slopes.length === 1)) {
        single(x, argument, alpha(slopes), undefined, undefined);
        return argument;
      }
    }
    const { given, out: givenOut } = readCall(name, argument, kind);
    const xPlace = checkInUse(name, "x", x);
    if (!isOne) checkInUse(name, "slope", slopes);
    const { layout, shared } = lieOf(name, given, x.length, isOne ? 1 : slopes.length);
    const out = outputFor(name, "out", givenOut, x.length, kind);
    if (x.length === 0) return out;
    if (isOne || slopes.length === 1) {
      single(x, out, alpha(slopes), xPlace, engine.placeOf(out));
    } else {
      run ??= engine.prelu();
      run(x, spread(slopes, shared), out, layout);
    }
    return out;
  };
  return record(op, { name, kind: "prelu", of: name, row }) as Prelu;
}

export function preluGradient(prelu: Prelu): PreluGradient {
  const { row } = known(prelu, "prelu");
  const name = "preluGrad";
  let run: LeakyGrad | undefined;
  let sums: Sums | undefined;
  const op = (dy: FloatArray, x: FloatArray, slope: unknown, argument: unknown = NOTHING) => {
    run ??= engine.preluGrad();
    const kind = checkFirst(name, "dy", dy);
    checkKind(name, "x", x, kind);
    const slopes = readSlope(name, slope, kind);
    checkOptions(name, argument, GRADIENT_OPTIONS, kind);
    const given = readGiven(name, argument);
    const givenDx = readArray(name, argument, "dx", kind);
    const givenDslope = readArray(name, argument, "dslope", kind);
    checkInUse(name, "dy", dy);
    checkInUse(name, "x", x);
    checkInUse(name, "slope", slopes);
    checkLength(name, "dy", dy, x.length);
    const { layout, shared } = lieOf(name, given, x.length, slopes.length);
    const dx = outputFor(name, "dx", givenDx, x.length, kind);
    const dslope = outputFor(name, "dslope", givenDslope, slopes.length, kind);
    checkApart(name, { dx: givenDx, dslope: givenDslope });
    if (x.length === 0) dslope.fill(0);
    else if (!shared) run(dy, x, slopes, dx, dslope, layout);
    else {
      sums ??= engine.sums("negative");
      const totals = new Float64Array(dslope.length);
      sums(dy, x, layout).forEach((sum, channel) => {
        const k = shared[channel] as number;
        totals[k] = (totals[k] as number) + sum;
      });
      run(dy, x, spread(slopes, shared), dx, new Float32Array(layout.axis), layout);
      dslope.set(totals);
    }
    return { dx, dslope };
  };
  return record(op, { name, kind: "preluGrad", of: "prelu", row }) as PreluGradient;
}
