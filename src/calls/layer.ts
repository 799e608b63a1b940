/** An elementwise op with the steps before it, and with parameters per channel: the calls that say so. */
import * as engine from "#engine";
import { type ChannelParameters, type Layer, type LayerGrad, NO_STEPS, type Steps } from "../engine/channels.ts";
import type { ActivationName } from "../engine/engine.ts";
import type { Kind } from "../engine/kinds.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Param, Row } from "../model/row.ts";
import { checkFirst, checkInUse, checkLength, isOfKind, outputFor } from "./arrays.ts";
import { Channels, readSteps } from "./channels.ts";
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
  readonly values: readonly (number | FloatArray)[];
  readonly steps: Steps;
  readonly given: GivenShape;
}

/** A number, or an array with one for each channel, whose elements are checked when all options are read. */
export function readParam(
  op: string,
  options: Options,
  { name, param, exact }: NamedParam,
  kind: Kind,
): number | FloatArray {
  const value = ownOption(options, name);
  return typeof value === "object" && isOfKind(value, kind) ? value : param.domain.read(op, name, value, param, exact);
}

export function readLayer(
  op: string,
  options: Options,
  values: readonly (number | FloatArray)[],
  hasSteps: boolean,
  kind: Kind,
): LayerSettings {
  const steps = hasSteps ? readSteps(op, options, kind) : NO_STEPS;
  return { values, steps, given: readShape(op, options) };
}

/** The parameters for each channel, checked. */
function parametersOf(
  op: string,
  params: readonly NamedParam[],
  { values }: LayerSettings,
  check: Row<string>["check"],
  channels: Channels,
): ChannelParameters {
  params.forEach(({ name }, i) => {
    channels.check(name, values[i], false);
  });
  const size = values.find((value) => typeof value === "object")?.length ?? 1;
  return Array.from({ length: size }, (_, at) => {
    const [a = 0, b = 0, c = 0] = params.map(({ name, param, exact }, i) => {
      const value = values[i] as number | FloatArray;
      return typeof value === "number" ? value : param.domain.read(op, `${name}[${at}]`, value[at], param, exact);
    });
    const complaint = check?.(a, b, c);
    if (complaint) throw rangeError(op, ...complaint);
    return { a, b, c };
  });
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
    const channels = new Channels(op, settings.given, x.length);
    const parameters = parametersOf(op, params, settings, row.check, channels);
    channels.checkSteps(settings.steps);
    const out = outputFor(op, "out", given, x.length, kind);
    if (x.length > 0) run(x, out, settings.steps, parameters, channels.layout);
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
    const channels = new Channels(op, settings.given, x.length);
    const parameters = parametersOf(op, params, settings, row.check, channels);
    const out = outputFor(op, "out", given, x.length, kind);
    if (x.length > 0) run(dy, x, out, parameters, channels.layout);
    return out;
  };
}
