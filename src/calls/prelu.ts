/** From its row of the table to prelu and its gradient: one slope per channel. */
import * as engine from "#engine";
import type { Leaky, LeakyGrad } from "../engine/engine.ts";
import { mayOverlap } from "../engine/overlap.ts";
import type { FloatArray, NewArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import type { PreluRow } from "../model/row.ts";
import { checkInUse, checkKind, checkLength, isFloatArray, kindOf, outputFor } from "./arrays.ts";
import { bare, known, record } from "./describe.ts";
import { finite } from "./domains.ts";
import { checkOptions, readArray } from "./options.ts";
import { readSettings } from "./rows.ts";
import { checkAxis, dimensionsOf, type GivenShape, layoutOf, ONE_ROW, readShape, type ShapeOptions } from "./shape.ts";

export type PreluOptions<Out = FloatArray | undefined> = ShapeOptions & { readonly out?: Out };
export type PreluGradOptions<Dx = FloatArray | undefined, Dslope = FloatArray | undefined> = ShapeOptions & {
  readonly dx?: Dx;
  readonly dslope?: Dslope;
};

/** y of x's length: a new array, or `out`. */
export interface Prelu {
  <A extends FloatArray>(x: FloatArray, slope: FloatArray | number, out: A): A;
  <A extends FloatArray>(x: FloatArray, slope: FloatArray | number, options: PreluOptions<A> & { readonly out: A }): A;
  (x: FloatArray, slope: FloatArray | number, options?: PreluOptions<undefined>): NewArray;
  (x: FloatArray, slope: FloatArray | number, out?: FloatArray | PreluOptions): FloatArray;
}

/** dx of x's length and dslope of slope's (1 for a number): new arrays, or those given. */
export type PreluGradient = <
  Dx extends FloatArray | undefined = undefined,
  Dslope extends FloatArray | undefined = undefined,
>(
  dy: FloatArray,
  x: FloatArray,
  slope: FloatArray | number,
  options?: PreluGradOptions<Dx, Dslope>,
) => {
  dx: Dx extends FloatArray ? Dx : NewArray;
  dslope: Dslope extends FloatArray ? Dslope : NewArray;
};

const NOTHING: unknown = {};
const GRADIENT_OPTIONS = ["shape", "axis", "dx", "dslope"];
const SLOPE = { default: 0, domain: finite };

/** A slope as an array; whether that is in use is looked at later. */
function readSlope(op: string, slope: unknown): FloatArray {
  if (typeof slope === "number") {
    // Float32Array.of takes several times as long.
    const single = new Float32Array(1);
    single[0] = finite.read(op, "slope", slope, SLOPE);
    return single;
  }
  if (!isFloatArray(slope)) {
    throw new TypeError(`${op}: slope is ${kindOf(slope)}, expected a number or a Float32Array`);
  }
  return slope;
}

/** How the slopes lie along x: [outer][channels][inner]. */
function channelsOf(op: string, given: GivenShape, length: number, slopes: number): Layout {
  const single = slopes === 1;
  if (single && given === ONE_ROW) return { outer: 1, axis: 1, inner: length };
  const dimensions = dimensionsOf(op, given, "x", length);
  const rank = dimensions.length;
  if (single || slopes === length) {
    if (given.axis !== undefined) checkAxis(op, given.axis, rank);
    return single ? { outer: 1, axis: 1, inner: length } : { outer: 1, axis: length, inner: 1 };
  }
  if (given.shape === undefined) {
    throw new RangeError(
      `${op}: slope has length ${slopes}, expected 1 or ${length}, the length of x, unless a shape is given`,
    );
  }
  const at = checkAxis(op, given.axis ?? 1, rank);
  if (dimensions[at] !== slopes) {
    throw new RangeError(`${op}: slope has length ${slopes}, expected ${dimensions[at]}, the size of axis ${at}`);
  }
  return layoutOf(dimensions, at);
}

export function preluOp(facts: PreluRow): Prelu {
  const row = bare(facts);
  const name = "prelu";
  let run: Leaky | undefined;
  const op = (x: FloatArray, slope: unknown, argument?: unknown): FloatArray => {
    run ??= engine.prelu();
    checkKind(name, "x", x);
    const slopes = readSlope(name, slope);
    const { given, out: givenOut } = readSettings(name, argument);
    checkInUse(name, "x", x);
    checkInUse(name, "slope", slopes);
    const layout = channelsOf(name, given, x.length, slopes.length);
    const out = outputFor(name, "out", givenOut, x.length);
    if (x.length > 0) run(x, slopes, out, layout);
    return out;
  };
  return record(op, { name, kind: "prelu", of: name, row }) as Prelu;
}

export function preluGradient(prelu: Prelu): PreluGradient {
  const { row } = known(prelu, "prelu");
  const name = "preluGrad";
  let run: LeakyGrad | undefined;
  const op = (dy: FloatArray, x: FloatArray, slope: unknown, argument: unknown = NOTHING) => {
    run ??= engine.preluGrad();
    checkKind(name, "dy", dy);
    checkKind(name, "x", x);
    const slopes = readSlope(name, slope);
    checkOptions(name, argument, GRADIENT_OPTIONS);
    const given = readShape(name, argument);
    const givenDx = readArray(name, argument, "dx");
    const givenDslope = readArray(name, argument, "dslope");
    checkInUse(name, "dy", dy);
    checkInUse(name, "x", x);
    checkInUse(name, "slope", slopes);
    checkLength(name, "dy", dy, x.length);
    const layout = channelsOf(name, given, x.length, slopes.length);
    const dx = outputFor(name, "dx", givenDx, x.length);
    const dslope = outputFor(name, "dslope", givenDslope, slopes.length);
    if (
      givenDx &&
      givenDslope &&
      dx.length > 0 &&
      dslope.length > 0 &&
      dx.buffer === dslope.buffer &&
      mayOverlap(dx, dslope)
    ) {
      throw new RangeError(`${name}: dx and dslope overlap, expected two arrays apart`);
    }
    if (x.length > 0) run(dy, x, slopes, dx, dslope, layout);
    else dslope.fill(0);
    return { dx, dslope };
  };
  return record(op, { name, kind: "preluGrad", of: "prelu", row }) as PreluGradient;
}
