/** The options shape and axis: how an array is seen as [outer][axis][inner]. */
import type { Layout } from "../model/layout.ts";
import { kindOf } from "./arrays.ts";
import { type Options, ownOption } from "./options.ts";
import { rangeError, typeError } from "./refusal.ts";

/** What a call may say of its shape. */
export interface ShapeOptions {
  /** The dimensions; without them the array is one row. */
  readonly shape?: readonly number[] | undefined;
  /** Negative ones count from the end. */
  readonly axis?: number | undefined;
}

/**
 * Shape and axis as they were given, each read once and the dimensions copied; not yet held against
 * an array.
 */
export interface GivenShape {
  readonly shape: readonly number[] | undefined;
  readonly axis: number | undefined;
}

/** Neither was given: the array is one row. */
export const ONE_ROW: GivenShape = { shape: undefined, axis: undefined };

export function readShape(op: string, options: Options): GivenShape {
  const shape = readDimensions(op, options, "shape");
  const axis = ownOption(options, "axis");
  if (axis !== undefined && typeof axis !== "number") {
    throw typeError(op, `axis is ${kindOf(axis)}`, "an integer");
  }
  return { shape, axis };
}

/** A copy of the dimensions that an option holds, undefined where it is not given. */
export function readDimensions(op: string, options: Options, name: string): readonly number[] | undefined {
  const shape = ownOption(options, name);
  if (shape === undefined) return undefined;
  if (!Array.isArray(shape)) throw typeError(op, `${name} is ${kindOf(shape)}`, "an array of dimensions");
  const rank = shape.length;
  const dimensions: number[] = [];
  for (let i = 0; i < rank; i++) {
    const size: unknown = shape[i];
    if (typeof size !== "number") throw typeError(op, `${name}[${i}] is ${kindOf(size)}`, "a whole number");
    if (!Number.isSafeInteger(size) || size < 0) {
      throw rangeError(op, `${name}[${i}] is ${size}`, "a whole number");
    }
    dimensions.push(size);
  }
  return dimensions;
}

/** The dimensions of an array called `what`, [length] if none were given. */
export function dimensionsOf(op: string, { shape }: GivenShape, what: string, length: number): readonly number[] {
  if (shape === undefined) return [length];
  const product = shape.includes(0) ? 0 : shape.reduce((a, b) => a * b, 1);
  if (product !== length) {
    throw rangeError(op, `shape [${shape.join(", ")}] has ${product} elements`, `${length}, the length of ${what}`);
  }
  // A scalar is one row of one element.
  return shape.length === 0 ? [1] : shape;
}

/** The index of the axis among `rank` dimensions. */
export function checkAxis(op: string, axis: number, rank: number): number {
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw rangeError(op, `axis is ${axis}`, `an integer from ${-rank} to ${rank - 1}`);
  }
  return axis < 0 ? axis + rank : axis;
}

export function layoutOf(shape: readonly number[], axis: number): Layout {
  let outer = 1;
  let inner = 1;
  for (let i = 0; i < axis; i++) outer *= shape[i] as number;
  for (let i = axis + 1; i < shape.length; i++) inner *= shape[i] as number;
  return { outer, axis: shape[axis] as number, inner };
}

/** The layout that a call asks for; by default the last axis, of one dimension. */
export function checkLayout(op: string, given: GivenShape, what: string, length: number): Layout {
  if (given === ONE_ROW) return { outer: 1, axis: length, inner: 1 };
  const dimensions = dimensionsOf(op, given, what, length);
  return layoutOf(dimensions, checkAxis(op, given.axis ?? -1, dimensions.length));
}
