/**
 * Arguments that may be numbers or arrays with one value per channel: how they are read, and how
 * they lie along x.
 */
import type { Spread, Steps } from "../engine/channels.ts";
import { NO_STEPS } from "../engine/channels.ts";
import type { Kind } from "../engine/kinds.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import { checkInUse, checkLength } from "./arrays.ts";
import { finite } from "./domains.ts";
import { numberOrArray, type Options, ownOption, readArray } from "./options.ts";
import { rangeError } from "./refusal.ts";
import { checkAxis, dimensionsOf, type GivenShape, layoutOf } from "./shape.ts";

/** The steps before an activation: z = scale x, + shift, + residual, each rounded to float32. */
export interface StepOptions<A extends FloatArray = Float32Array> {
  /** A number, or an array with one value per index of the axis or per element; 1. */
  readonly scale?: number | A | undefined;
  /** The same, added after that; nothing. */
  readonly shift?: number | A | undefined;
  /** An array as long as x, added last; nothing. */
  readonly residual?: A | undefined;
}

const NUMBER = { default: 0, domain: finite };

/**
 * A number in float32 or an array, undefined where it is not given. Whether the array is in use is
 * looked at later.
 */
export function readSpread(op: string, options: Options, name: string, kind: Kind): Spread | undefined {
  const value = ownOption(options, name);
  return value === undefined ? undefined : numberOrArray(op, name, value, NUMBER, kind);
}

export function readSteps(op: string, options: Options, kind: Kind): Steps {
  return {
    scale: readSpread(op, options, "scale", kind) ?? NO_STEPS.scale,
    shift: readSpread(op, options, "shift", kind) ?? NO_STEPS.shift,
    residual: readArray(op, options, "residual", kind),
  };
}

/** An argument by its name, and whether it may have a value per element too. */
type NamedSpread = readonly [name: string, value: Spread | undefined, orEach: boolean];

const wholeOf = (length: number): Layout => ({ outer: 1, axis: 1, inner: length });

/**
 * How x, of this length, lies along the axis of channels: all elements are one channel where no
 * array has a value for each. The axis is 1 unless another is given, of one dimension 0. Checks
 * that the arrays have a value per channel.
 */
export function checkChannels(op: string, given: GivenShape, length: number, spreads: readonly NamedSpread[]): Layout {
  const dimensions = dimensionsOf(op, given, "x", length);
  const rank = dimensions.length;
  const axis = checkAxis(op, given.axis ?? (rank === 1 ? 0 : 1), rank);
  const size = dimensions[axis];
  let layout = wholeOf(length);
  for (const [name, value, orEach] of spreads) {
    if (typeof value !== "object") continue;
    checkInUse(op, name, value);
    if (value.length === size) layout = layoutOf(dimensions, axis);
    else if (!orEach || value.length !== length) {
      const each = orEach ? `, or ${length}, the length of x` : "";
      throw rangeError(op, `${name} has length ${value.length}`, `${size}, the size of axis ${axis}${each}`);
    }
  }
  return layout;
}

/** The same with the steps before an op, and the parameters of it. */
export function checkLayer(
  op: string,
  given: GivenShape,
  length: number,
  { scale, shift, residual }: Steps,
  parameters: readonly NamedSpread[],
): Layout {
  const layout = checkChannels(op, given, length, [...parameters, ["scale", scale, true], ["shift", shift, true]]);
  if (residual) {
    checkInUse(op, "residual", residual);
    checkLength(op, "residual", residual, length);
  }
  return layout;
}

/** How x lies along what an argument has values for, where `layout` is that of the channels. */
export function layoutFor(value: Spread, layout: Layout, length: number): Layout {
  if (typeof value === "number") return wholeOf(length);
  return value.length === layout.axis ? layout : { outer: 1, axis: length, inner: 1 };
}
