/** What an engine does per channel: the steps before an activation, parameters as arrays, and sums for gradients. */
import type { FloatArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";

/** A number for all elements, or an array: as long as the axis, one for each index of it; else one for each element. */
export type Spread = number | FloatArray;

/** z = scale x, + shift, + residual, each step rounded to float32. */
export interface Steps {
  readonly scale: Spread;
  readonly shift: Spread;
  readonly residual: FloatArray | undefined;
}

/** The steps that change no bit: what is not given of others is taken from here. */
export const NO_STEPS: Steps = { scale: 1, shift: -0, residual: undefined };

/** A parameter: a number, or one for each index of the axis. */
export type Parameter = number | ArrayLike<number>;

/** The value for a channel; 0 where there is no such parameter. */
export function valueFor(parameter: Parameter | undefined, channel: number): number {
  return typeof parameter === "object" ? (parameter[channel] as number) : (parameter ?? 0);
}

/** out = f(z), z made of x; or z itself. */
export type Layer = (
  x: FloatArray,
  out: FloatArray,
  steps: Steps,
  parameters: readonly Parameter[],
  layout: Layout,
) => void;

/** out = dy f'(x). */
export type LayerGrad = (
  dy: FloatArray,
  x: FloatArray,
  out: FloatArray,
  parameters: readonly Parameter[],
  layout: Layout,
) => void;

/** What is summed: dy, dy x, or dy x where x is not above 0. */
export type Term = "dy" | "product" | "negative";

/** One compensated sum for each index of the axis, in float64. */
export type Sums = (dy: FloatArray, x: FloatArray, layout: Layout) => Float64Array;
