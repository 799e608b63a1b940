/** prelu and its gradient: argument checks and dispatch. */
import { engine } from "#engine";
import { describe, record } from "./activation.ts";
import { checkArray, checkLength, checkOptions, checkParam, isFloatArray, kindOf, outputFor } from "./check.ts";
import type { FloatArray } from "./engine.ts";
import type { RowAbout } from "./rows.ts";
import { checkAxis, checkShape, type Layout, layoutOf, type ShapeOptions } from "./shape.ts";

export type PreluOptions<A extends FloatArray> = ShapeOptions & { readonly out?: A };
export type PreluGradOptions<A extends FloatArray> = ShapeOptions & { readonly dx?: A; readonly dslope?: A };

/** y of x's length: a new array, or `out`. */
export type Prelu = <A extends FloatArray>(x: A, slope: A | number, out?: A | PreluOptions<A>) => A;

/** dx of x's length and dslope of slope's (1 for a number): new arrays, or those given. */
export type PreluGradient = <A extends FloatArray>(
  dy: A,
  x: A,
  slope: A | number,
  options?: PreluGradOptions<A>,
) => { dx: A; dslope: A };

export interface PreluFacts {
  readonly about: RowAbout | false;
}

const NUMBER = { default: 0 } as const;

/** A slope as an array. */
function checkSlope(op: string, slope: unknown): FloatArray {
  if (typeof slope === "number") {
    // Float32Array.of takes several times as long.
    const single = new Float32Array(1);
    single[0] = checkParam(op, "slope", slope, NUMBER, false);
    return single;
  }
  if (!isFloatArray(slope)) {
    throw new TypeError(`${op}: slope is ${kindOf(slope)}, expected a number or a Float32Array`);
  }
  checkArray(op, "slope", slope);
  return slope;
}

/** How the slopes lie along x: [outer][channels][inner]. */
function checkChannels(op: string, { shape, axis }: ShapeOptions, length: number, slopes: number): Layout {
  const dimensions = shape === undefined ? undefined : checkShape(op, shape, "x", length);
  const rank = dimensions?.length ?? 1;
  const single = slopes === 1;
  if (single || slopes === length) {
    if (axis !== undefined) checkAxis(op, axis, rank);
    return single ? { outer: 1, axis: 1, inner: length } : { outer: 1, axis: length, inner: 1 };
  }
  if (!dimensions) {
    throw new RangeError(
      `${op}: slope has length ${slopes}, expected 1 or ${length}, the length of x, unless a shape is given`,
    );
  }
  const at = checkAxis(op, axis === undefined ? 1 : axis, rank);
  if (dimensions[at] !== slopes) {
    throw new RangeError(`${op}: slope has length ${slopes}, expected ${dimensions[at]}, the size of axis ${at}`);
  }
  return layoutOf(dimensions, at);
}

export function preluOp(facts: PreluFacts): Prelu {
  const name = "prelu";
  const run = engine.prelu();
  const op = <A extends FloatArray>(x: A, slope: A | number, argument?: A | PreluOptions<A>): A => {
    checkArray(name, "x", x);
    const slopes = checkSlope(name, slope);
    const options: PreluOptions<A> =
      argument === undefined ? {} : isFloatArray(argument) ? { out: argument } : argument;
    checkOptions(name, options, ["shape", "axis", "out"]);
    if (options.out !== undefined) checkArray(name, "out", options.out);
    const layout = checkChannels(name, options, x.length, slopes.length);
    const out = outputFor(name, "out", options.out, x.length);
    run(x, slopes, out, layout);
    return out as A;
  };
  record(op, { name, kind: "prelu", of: name, row: facts });
  return op;
}

export function preluGradient(of: Prelu): PreluGradient {
  const known = describe(of);
  if (known?.kind !== "prelu") throw new TypeError("preluGradient: expected prelu");
  const name = "preluGrad";
  const run = engine.preluGrad();
  const op = <A extends FloatArray>(dy: A, x: A, slope: A | number, options: PreluGradOptions<A> = {}) => {
    checkArray(name, "dy", dy);
    checkArray(name, "x", x);
    checkLength(name, "dy", dy, x.length);
    const slopes = checkSlope(name, slope);
    checkOptions(name, options, ["shape", "axis", "dx", "dslope"]);
    if (options.dx !== undefined) checkArray(name, "dx", options.dx);
    if (options.dslope !== undefined) checkArray(name, "dslope", options.dslope);
    const layout = checkChannels(name, options, x.length, slopes.length);
    const dx = outputFor(name, "dx", options.dx, x.length);
    const dslope = outputFor(name, "dslope", options.dslope, slopes.length);
    run(dy, x, slopes, dx, dslope, layout);
    return { dx: dx as A, dslope: dslope as A };
  };
  record(op, { name, kind: "preluGrad", of: "prelu", row: known.row });
  return op;
}
