/** Checks of arrays. They name the op, what came and what was expected, and run before anything is written. */
import * as engine from "#engine";
import type { Place } from "../engine/engine.ts";
import type { FloatArray, MaskArray, NewArray } from "../model/arrays.ts";

/**
 * The getter that tells what a typed array is, whatever its prototype says, of this realm or another
 * (an iframe, a vm context); undefined for everything else, a Proxy of one included.
 */
const tag = /* @__PURE__ */ (() =>
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Float32Array.prototype), Symbol.toStringTag)?.get as () =>
    | string
    | undefined)();

export function isFloatArray(value: unknown): value is FloatArray {
  return tag.call(value) === "Float32Array";
}

/** "a Float64Array", "null", "a string", "a plain array". */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value !== "object") return `a ${typeof value}`;
  const brand = tag.call(value);
  if (brand !== undefined) return withArticle(brand);
  if (Array.isArray(value)) return "a plain array";
  if (value instanceof Float32Array) return "no Float32Array itself, though it inherits from one,";
  const name = Object.prototype.toString.call(value).slice(8, -1);
  return name === "Object" ? "an object" : withArticle(name);
}

function withArticle(name: string): string {
  return `${/^([AEIO]|U(?!int))/.test(name) ? "an" : "a"} ${name}`;
}

/** That `value`, the argument called `what`, is a float array. */
export function checkKind(op: string, what: string, value: unknown): asserts value is FloatArray {
  if (!isFloatArray(value)) throw new TypeError(`${op}: ${what} is ${kindOf(value)}, expected a Float32Array`);
  if (value.length === undefined) {
    throw new TypeError(`${op}: ${what} has lost its prototype, expected a Float32Array with that`);
  }
}

/** That `value`, the option called `what`, is a mask. */
export function checkMask(op: string, what: string, value: unknown): asserts value is MaskArray {
  if (tag.call(value) !== "Uint8Array") {
    throw new TypeError(`${op}: ${what} is ${kindOf(value)}, expected a Uint8Array`);
  }
  if ((value as MaskArray).length === undefined) {
    throw new TypeError(`${op}: ${what} has lost its prototype, expected a Uint8Array with that`);
  }
}

/** That the memory of an array is still there; where it lies. */
export function checkInUse(
  op: string,
  what: string,
  array: FloatArray | MaskArray,
  kind = "Float32Array",
): Place | undefined {
  const place = engine.placeOf(array);
  if (place) {
    if (place.isFreed) throw new RangeError(`${op}: ${what} was freed, expected an array in use`);
  } else if (isEmpty(array) && isGone(array)) {
    throw new RangeError(`${op}: ${what} is detached or out of the bounds of its buffer, expected a ${kind} in use`);
  }
  return place;
}

/** Whether this V8 is older than the one that made the getter of byteLength fast. */
const isOld = /* @__PURE__ */ (() => !("transfer" in ArrayBuffer.prototype))();

/**
 * No elements. Once it has met arrays out of bounds, optimised code of Node 22 reads the old `length` of a detached
 * one, but not the old `byteLength`; in Node 20 `byteLength` takes 13 ns.
 */
function isEmpty(array: FloatArray | MaskArray): boolean {
  return (isOld ? array.length : array.byteLength) === 0;
}

/** Detached, or out of the bounds of a buffer that shrank: then every method throws. On an empty array `fill` writes nothing. */
function isGone(array: FloatArray | MaskArray): boolean {
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
    throw new RangeError(`${op}: ${what} has length ${array.length}, expected ${expected}`);
  }
}

/** A new array of zeros. */
export function newArray(op: string, length: number): NewArray {
  try {
    return new Float32Array(length);
  } catch {
    throw new RangeError(`${op}: out of memory for a result of ${length} elements, expected at most what there is`);
  }
}

/** The float array given as an output, which must have this length, or a new one. */
export function outputFor(op: string, what: string, given: FloatArray | undefined, length: number): FloatArray {
  if (given === undefined) return newArray(op, length);
  checkInUse(op, what, given);
  checkLength(op, what, given, length);
  return given;
}
