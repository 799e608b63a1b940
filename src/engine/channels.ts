/**
 * What an engine does per channel: the steps before an activation, parameters as arrays, and sums
 * for gradients.
 */
import type { FloatArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";

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

/** Numbers that an op takes as parameters, used or not. */
export const EACH = 3;

/** The parameters for each index of the axis, side by side; or those for all. */
export type ChannelParameters = Float64Array;

/** Of an op that has none. */
export const NO_PARAMETERS: ChannelParameters = /* @__PURE__ */ new Float64Array(EACH);

/** Those of a channel. */
export function parametersFor(parameters: ChannelParameters, channel: number): readonly [number, number, number] {
  const at = parameters.length === EACH ? 0 : EACH * channel;
  return [parameters[at] as number, parameters[at + 1] as number, parameters[at + 2] as number];
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
