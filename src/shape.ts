/** The options shape and axis: how an array is seen as [outer][axis][inner]. */
import { kindOf } from "./check.ts";

export interface Layout {
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}

/** What a call may say of its shape. */
export interface ShapeOptions {
  /** The dimensions; without them the array is one row. */
  readonly shape?: readonly number[];
  /** Negative ones count from the end. */
  readonly axis?: number;
}

/** The dimensions, whose product is `length`, the length of the array called `what`. */
export function checkShape(op: string, shape: unknown, what: string, length: number): readonly number[] {
  if (!Array.isArray(shape)) throw new TypeError(`${op}: shape is ${kindOf(shape)}, expected an array of dimensions`);
  let product = 1;
  for (let i = 0; i < shape.length; i++) {
    const size: unknown = shape[i];
    if (typeof size !== "number") throw new TypeError(`${op}: shape[${i}] is ${kindOf(size)}, expected a whole number`);
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new RangeError(`${op}: shape[${i}] is ${size}, expected a whole number`);
    }
    product *= size;
  }
  if (product !== length) {
    throw new RangeError(
      `${op}: shape [${shape.join(", ")}] has ${product} elements, expected ${length}, the length of ${what}`,
    );
  }
  // A scalar is one row of one element.
  return shape.length === 0 ? [1] : (shape as number[]);
}

/** The index of the axis among `rank` dimensions. */
export function checkAxis(op: string, axis: unknown, rank: number): number {
  if (typeof axis !== "number") throw new TypeError(`${op}: axis is ${kindOf(axis)}, expected an integer`);
  if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
    throw new RangeError(`${op}: axis is ${axis}, expected an integer from ${-rank} to ${rank - 1}`);
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
export function checkLayout(op: string, options: ShapeOptions, what: string, length: number): Layout {
  const shape = options.shape === undefined ? [length] : checkShape(op, options.shape, what, length);
  return layoutOf(shape, checkAxis(op, options.axis === undefined ? -1 : options.axis, shape.length));
}
