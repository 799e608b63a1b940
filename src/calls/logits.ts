/** The options of ops whose input are logits: what is done to these first. */
import type { Logits } from "../engine/engine.ts";
import type { Kind } from "../engine/kinds.ts";
import type { FloatArray, MaskArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import { checkInUse, checkLength, checkMask, kindOf } from "./arrays.ts";
import { finite, number } from "./domains.ts";
import { numberOrArray, type Options, ownOption, readArray } from "./options.ts";
import { rangeError, typeError } from "./refusal.ts";

/** A factor; by default 1. */
export interface ScaleOption {
  /**
   * s = scale x, of a gradient its factor: a finite number, 1. A temperature T is the scale 1 / T.
   */
  readonly scale?: number | undefined;
}

/** What is done to logits in the same pass, in this order; each step rounds to float32. */
export interface LogitOptions<A extends FloatArray = Float32Array> extends ScaleOption {
  /** s += bias: as long as x, or as one row, which then serves every row. */
  readonly bias?: A | undefined;
  /** As long as x, or as one row: where it is 0 the element is left out, whatever it holds. */
  readonly mask?: MaskArray | undefined;
  /**
   * One more exponential in the sum, without an element of its own: for all rows, or one per row.
   * With a sink no row is empty.
   */
  readonly sink?: number | A | undefined;
  /**
   * What a row without elements gives: "nan", or "zero" (of a logarithm -Infinity). logSumExp gives
   * -Infinity in both.
   */
  readonly empty?: "nan" | "zero" | undefined;
}

/**
 * The same of float32, by a name of its own: declarations write out what stands for a default type,
 * Float32Array with an argument, which TypeScript before 5.7 does not know.
 */
export interface FloatLogitOptions extends LogitOptions {}

export const SCALE_NAMES = ["scale"] as const;
export const LOGIT_NAMES = ["scale", "bias", "mask", "sink", "empty"] as const;

const SCALE = { default: 1, domain: finite };
const SINK = { default: 0, domain: number };

function readScale(op: string, options: Options): number {
  return finite.read(op, "scale", ownOption(options, "scale"), SCALE);
}

function readMask(op: string, options: Options): MaskArray | undefined {
  const mask = ownOption(options, "mask");
  if (mask !== undefined) checkMask(op, "mask", mask);
  return mask;
}

function readSink(op: string, options: Options, kind: Kind): FloatArray | number | undefined {
  const sink = ownOption(options, "sink");
  return sink === undefined ? undefined : numberOrArray(op, "sink", sink, SINK, kind);
}

/** Whether a row without elements gives 0. */
function readEmpty(op: string, options: Options): boolean {
  const empty = ownOption(options, "empty");
  if (empty === undefined || empty === "nan") return false;
  if (empty === "zero") return true;
  if (typeof empty !== "string") {
    throw typeError(op, `empty is ${kindOf(empty)}`, '"nan" or "zero"');
  }
  throw rangeError(op, `empty is ${JSON.stringify(empty)}`, '"nan" or "zero"');
}

/** The scale of a gradient; undefined where it is 1. */
export function readFactor(op: string, options: Options): Logits | undefined {
  const scale = readScale(op, options);
  return scale === 1 ? undefined : { scale, bias: undefined, mask: undefined, sink: undefined, zero: false };
}

/** Each option once; undefined where nothing is done. */
export function readLogits(op: string, options: Options, kind: Kind): Logits | undefined {
  const scale = readScale(op, options);
  const bias = readArray(op, options, "bias", kind);
  const mask = readMask(op, options);
  const sink = readSink(op, options, kind);
  const zero = readEmpty(op, options);
  return scale === 1 && !bias && !mask && sink === undefined && !zero ? undefined : { scale, bias, mask, sink, zero };
}

/** That an array has the length of all elements, or of one row. */
function checkEither(op: string, what: string, array: FloatArray | MaskArray, length: number, axis: number): void {
  if (array.length === length || array.length === axis) return;
  const expected = length === axis ? `${length}` : `${length}, the length of x, or ${axis}, that of a row`;
  throw rangeError(op, `${what} has length ${array.length}`, expected);
}

/** That the arrays of the options are in use. */
export function checkLogitsInUse(op: string, { bias, mask, sink }: Logits): void {
  if (bias) checkInUse(op, "bias", bias);
  if (mask) checkInUse(op, "mask", mask);
  if (typeof sink === "object") checkInUse(op, "sink", sink);
}

/** That they fit the elements of x. */
export function checkLogitLengths(op: string, { bias, mask, sink }: Logits, { outer, axis, inner }: Layout): void {
  const length = outer * axis * inner;
  if (bias) checkEither(op, "bias", bias, length, axis);
  if (mask) checkEither(op, "mask", mask, length, axis);
  if (typeof sink === "object") checkLength(op, "sink", sink, outer * inner);
}
