/**
 * An elementwise op with the steps before it, and with parameters per channel: the calls that say
 * so.
 */
import * as engine from "#engine";
import {
  type ChannelParameters,
  EACH,
  type Layer,
  type LayerGrad,
  NO_STEPS,
  type Spread,
  type Steps,
} from "../engine/channels.ts";
import type { ActivationName } from "../engine/engine.ts";
import type { Kind } from "../engine/kinds.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Param, Row } from "../model/row.ts";
import { checkFirst, checkInUse, checkKind, checkLength, isOfKind, outputFor } from "./arrays.ts";
import { checkLayer, readSteps } from "./channels.ts";
import { type Options, ownOption } from "./options.ts";
import { rangeError } from "./refusal.ts";
import { type GivenShape, readShape } from "./shape.ts";

/** The options of such calls besides the parameters. */
export const LAYER_OPTIONS = ["scale", "shift", "residual", "shape", "axis"];
export const LAYER_GRAD_OPTIONS = ["shape", "axis"];

/** A parameter of a row. */
export interface NamedParam {
  readonly name: string;
  readonly param: Param;
  readonly exact: boolean;
}

/** What such a call says, each option read once. */
export interface LayerSettings {
  readonly values: readonly Spread[];
  readonly steps: Steps;
  readonly given: GivenShape;
}

/**
 * A number, or an array with one for each channel, whose elements are checked when all options are
 * read.
 */
export function readParam(op: string, options: Options, { name, param, exact }: NamedParam, kind: Kind): Spread {
  const value = ownOption(options, name);
  if (typeof value !== "object" || !isOfKind(value, kind)) return param.domain.read(op, name, value, param, exact);
  checkKind(op, name, value, kind);
  return value;
}

export function readLayer(
  op: string,
  options: Options,
  values: readonly Spread[],
  hasSteps: boolean,
  kind: Kind,
): LayerSettings {
  const steps = hasSteps ? readSteps(op, options, kind) : NO_STEPS;
  return { values, steps, given: readShape(op, options) };
}

/** The parameters for each channel, checked. */
function parametersOf(
  op: string,
  row: Row<string>,
  params: readonly NamedParam[],
  values: readonly Spread[],
): ChannelParameters {
  const size = values.find((value) => typeof value === "object")?.length ?? 1;
  const parameters = new Float64Array(EACH * size);
  for (let k = 0, at = 0; k < size; k++, at += EACH) {
    params.forEach(({ name, param, exact }, i) => {
      const value = values[i] as Spread;
      const one = typeof value === "number" ? value : (value[k] as number);
      // Which it is, is of interest only where it is refused.
      const said = param.domain.holds(one) ? name : `${name}[${k}]`;
      parameters[at + i] = param.domain.read(op, said, one, param, exact);
    });
    const complaint = row.check?.(parameters[at] as number, parameters[at + 1] as number, parameters[at + 2] as number);
    if (complaint) throw rangeError(op, ...complaint);
  }
  return parameters;
}

/** What an engine takes besides the arrays of a call, checked. */
function checkSettings(
  op: string,
  row: Row<string>,
  params: readonly NamedParam[],
  { values, steps, given }: LayerSettings,
  length: number,
) {
  const named = params.map(({ name }, i) => [name, values[i], false] as const);
  const layout = checkLayer(op, given, length, steps, named);
  return { layout, parameters: parametersOf(op, row, params, values) };
}

/** Calls the op `of` with what was read. */
export type LayerCall = (x: FloatArray, settings: LayerSettings, out: FloatArray | undefined) => FloatArray;
export type LayerGradCall = (
  dy: FloatArray,
  x: FloatArray,
  settings: LayerSettings,
  out: FloatArray | undefined,
) => FloatArray;

export function layerCall(op: ActivationName, row: Row<string>, params: readonly NamedParam[]): LayerCall {
  let run: Layer | undefined;
  return (x, settings, given) => {
    run ??= engine.layer(op, row);
    const kind = checkFirst(op, "x", x);
    checkInUse(op, "x", x);
    const { layout, parameters } = checkSettings(op, row, params, settings, x.length);
    const out = outputFor(op, "out", given, x.length, kind);
    if (x.length > 0) run(x, out, settings.steps, parameters, layout);
    return out;
  };
}

export function layerGradCall(
  op: string,
  of: ActivationName,
  row: Row<string>,
  params: readonly NamedParam[],
): LayerGradCall {
  let run: LayerGrad | undefined;
  return (dy, x, settings, given) => {
    run ??= engine.layerGrad(of, row);
    const kind = checkFirst(op, "dy", dy);
    checkInUse(op, "dy", dy);
    checkInUse(op, "x", x);
    checkLength(op, "dy", dy, x.length);
    const { layout, parameters } = checkSettings(op, row, params, settings, x.length);
    const out = outputFor(op, "out", given, x.length, kind);
    if (x.length > 0) run(dy, x, out, parameters, layout);
    return out;
  };
}
