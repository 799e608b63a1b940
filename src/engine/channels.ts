/**
 * What an engine does per channel: the steps before an activation, parameters as arrays, and sums
 * for gradients.
 */
import type { FloatArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import type { Parameters } from "../model/row.ts";

/**
 * A number for all elements, or an array: as long as the axis, one for each index of it; else one
 * for each element.
 */
export type Spread = number | FloatArray;

/** z = scale x, + shift, + residual, each step rounded to float32. */
export interface Steps {
  readonly scale: Spread;
  readonly shift: Spread;
  readonly residual: FloatArray | undefined;
}

/** The steps that change no bit. */
export const NO_STEPS: Steps = { scale: 1, shift: -0, residual: undefined };

/** The parameters for each index of the axis; one entry serves all. */
export type ChannelParameters = readonly Parameters[];

/** Of an op that has none. */
export const NO_PARAMETERS: ChannelParameters = [{ a: 0, b: 0, c: 0 }];

export function parametersFor(parameters: ChannelParameters, channel: number): Parameters {
  return parameters[parameters.length === 1 ? 0 : channel] as Parameters;
}

/** out = f(z), z made of x; or z itself. */
export type Layer = (
  x: FloatArray,
  out: FloatArray,
  steps: Steps,
  parameters: ChannelParameters,
  layout: Layout,
) => void;

/** out = dy f'(x). */
export type LayerGrad = (
  dy: FloatArray,
  x: FloatArray,
  out: FloatArray,
  parameters: ChannelParameters,
  layout: Layout,
) => void;

/** What is summed: dy, dy x, or dy x where x is not above 0. */
export type Term = "dy" | "product" | "negative";

/** One compensated sum for each index of the axis, in float64. */
export type Sums = (dy: FloatArray, x: FloatArray, layout: Layout) => Float64Array;
