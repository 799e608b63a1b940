/**
 * Checks of arrays. They name the op, what came and what was expected, and run before anything is
 * written.
 */
import * as engine from "#engine";
import type { Place } from "../engine/engine.ts";
import { arrayOf, brandOf, Half, type Kind, meetHalf } from "../engine/kinds.ts";
import { mayOverlap } from "../engine/overlap.ts";
import type { FloatArray, MaskArray } from "../model/arrays.ts";
import { rangeError, typeError } from "./refusal.ts";

/** Whether it is an array of the type of the other arrays of a call. */
export function isOfKind(value: unknown, kind: Kind): value is FloatArray {
  return brandOf(value) === kind;
}

/** "a Float64Array", "null", "a string", "a plain array". */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  const name = typeof value === "object" ? (brandOf(value) ?? classOf(value)) : typeof value;
  const lacks = isFloat(brandOf(value)) && (value as FloatArray).length === undefined ? " without its prototype" : "";
  return `${/^([aeio]|u(?!int))/i.test(name) ? "an" : "a"} ${name}${lacks}`;
}

function classOf(value: object): string {
  if (Array.isArray(value)) return "plain array";
  if (value instanceof Float32Array) return "fake Float32Array";
  if (Half !== undefined && value instanceof Half) return "fake Float16Array";
  // A typed array has been found by its brand: what else says that it is one is not.
  return Object.prototype.toString
    .call(value)
    .slice(8, -1)
    .replace(/^Object$/, "object")
    .replace(/^.*Array$/, "fake $&");
}

function isFloat(brand: string | undefined): brand is Kind {
  return brand === "Float32Array" || (brand === "Float16Array" && Half !== undefined);
}

/**
 * The type of `value`, the first array of a call, the argument called `what`. The others must be of
 * the same.
 */
export function checkFirst(op: string, what: string, value: unknown): Kind {
  const brand = brandOf(value);
  const kind = isFloat(brand) ? brand : "Float32Array";
  if (brand !== kind || (value as FloatArray).length === undefined) checkKind(op, what, value, kind);
  if (kind !== "Float32Array") meetHalf();
  return kind;
}

/** That `value`, the argument called `what`, is an array of the type of the call. */
export function checkKind(op: string, what: string, value: unknown, kind: Kind): asserts value is FloatArray {
  if (!isOfKind(value, kind) || value.length === undefined) {
    throw typeError(op, `${what} is ${kindOf(value)}`, `a ${kind}`);
  }
}

/** That `value`, the option called `what`, is a mask. */
export function checkMask(op: string, what: string, value: unknown): asserts value is MaskArray {
  if (brandOf(value) !== "Uint8Array") {
    throw typeError(op, `${what} is ${kindOf(value)}`, "a Uint8Array");
  }
  if ((value as MaskArray).length === undefined) {
    throw typeError(op, `${what} has lost its prototype`, "a Uint8Array with that");
  }
}

/** That the memory of an array is still there; where it lies. */
export function checkInUse(op: string, what: string, array: FloatArray | MaskArray): Place | undefined {
  const place = engine.placeOf(array);
  if (place) {
    if (place.isFreed) throw rangeError(op, `${what} was freed`, "an array in use");
  } else if (isGone(array)) {
    throw rangeError(op, `${what} is detached or out of the bounds of its buffer`, `a ${brandOf(array)} in use`);
  }
  return place;
}

/**
 * 0 of an array that is empty or gone; else arrays of one type have the same size where they have
 * the same length.
 *
 * Once it has met arrays out of bounds, optimised code of Node 22 reads the old `length` of a
 * detached one, but not the old `byteLength`; in Node 20, which lacks `transfer`, `byteLength`
 * takes 13 ns.
 */
const sizeOf = /* @__PURE__ */ (() =>
  "transfer" in ArrayBuffer.prototype
    ? (array: FloatArray | MaskArray) => array.byteLength
    : (array: FloatArray | MaskArray) => array.length)();

/**
 * That the memory of both is there and they are of one length, told at once: of two arrays of one
 * type, none of alloc.
 */
export function areInUse(one: FloatArray, other: FloatArray): boolean {
  const size = sizeOf(one);
  return size !== 0 && sizeOf(other) === size && !engine.hasPlaces();
}

/**
 * Detached, or out of the bounds of a buffer that shrank: then it is empty, and every method
 * throws. `fill` writes nothing to an empty array.
 */
function isGone(array: FloatArray | MaskArray): boolean {
  if (sizeOf(array) !== 0) return false;
  try {
    Float32Array.prototype.fill.call(array, 0);
    return false;
  } catch {
    return true;
  }
}

/** That an array that was found to be in use has this length. */
export function checkLength(op: string, what: string, array: FloatArray | MaskArray, expected: number): void {
  if (array.length !== expected) {
    throw rangeError(op, `${what} has length ${array.length}`, expected);
  }
}

/** A new array of zeros. */
export function newArray(op: string, length: number, kind: Kind): FloatArray {
  try {
    return arrayOf(kind, length);
  } catch {
    throw rangeError(op, `out of memory for ${length} elements`, "at most what there is");
  }
}

/** The array given as an output, which must have this length, or a new one. */
export function outputFor(
  op: string,
  what: string,
  given: FloatArray | undefined,
  length: number,
  kind: Kind,
): FloatArray {
  if (given === undefined) return newArray(op, length, kind);
  checkInUse(op, what, given);
  checkLength(op, what, given, length);
  return given;
}

/**
 * That no two of the outputs that a caller gave, by their names, share elements. Two
 * SharedArrayBuffer objects count as two, though they may stand for the same memory: nothing can
 * tell.
 */
export function checkApart(op: string, given: Readonly<Record<string, FloatArray | undefined>>): void {
  const outputs = Object.entries(given);
  outputs.forEach(([name, one], i) => {
    for (const [other, two] of outputs.slice(i + 1)) {
      if (!one?.length || !two?.length || one.buffer !== two.buffer || !mayOverlap(one, two)) continue;
      throw rangeError(op, `${name} and ${other} overlap`, "two arrays apart");
    }
  });
}
