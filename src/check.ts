/** Argument checks. They name the op, what came and what was expected, and run before anything is written. */
import type { FloatArray } from "./engine.ts";
import type { Param } from "./row.ts";

/** "a Float64Array", "null", "a string", "a plain array". */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "a plain array";
  if (typeof value !== "object") return `a ${typeof value}`;
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  return tag === "Object" ? "an object" : `${/^[AEIOU]/.test(tag) ? "an" : "a"} ${tag}`;
}

export function isFloatArray(value: unknown): value is FloatArray {
  // Of another realm (an iframe, a vm context) it is a Float32Array all the same.
  return (
    value instanceof Float32Array ||
    (ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Float32Array]")
  );
}

/** That `value`, the argument called `what`, is a float array over a buffer that is still there. */
export function checkArray(op: string, what: string, value: unknown): asserts value is FloatArray {
  if (!isFloatArray(value)) throw new TypeError(`${op}: ${what} is ${kindOf(value)}, expected a Float32Array`);
  if (isEmpty(value) && isGone(value)) {
    throw new RangeError(
      `${op}: ${what} is detached or out of the bounds of its buffer, expected a Float32Array in use`,
    );
  }
}

/** byteLength: once it has met arrays out of bounds, optimised code of Node 22 reads the old `length` of a detached one. */
function isEmpty(array: FloatArray): boolean {
  return array.byteLength === 0;
}

/** Detached, or out of the bounds of a buffer that shrank: then every method throws. On an empty array `fill` writes nothing. */
function isGone(array: FloatArray): boolean {
  try {
    array.fill(0);
    return false;
  } catch {
    return true;
  }
}

/** The length of an array that was found to be a float array. */
export function checkLength(op: string, what: string, array: FloatArray, expected: number): void {
  if (isEmpty(array)) checkArray(op, what, array);
  if (array.length !== expected)
    throw new RangeError(`${op}: ${what} has length ${array.length}, expected ${expected}`);
}

/** The array given as an output, of the right length, or a new one. */
export function outputFor(op: string, what: string, given: FloatArray | undefined, length: number): FloatArray {
  if (given === undefined) return new Float32Array(length);
  checkLength(op, what, given, length);
  return given;
}

/** An object literal, by the shortest way, or else an object that is no array, map, date, ... */
function isPlain(value: unknown): boolean {
  return (
    (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) ||
    kindOf(value) === "an object"
  );
}

/** That every key of `options` is one of `known`. */
export function checkOptions(op: string, options: unknown, known: readonly string[]): void {
  if (!isPlain(options)) {
    throw new TypeError(
      `${op}: the last argument is ${kindOf(options)}, expected a Float32Array or an object of options`,
    );
  }
  for (const key in options as object) {
    if (!known.includes(key)) throw new TypeError(`${op}: unknown option "${key}", expected ${oneOf(known)}`);
  }
}

/** "alpha, beta or out" */
function oneOf(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

const DOMAINS: Record<NonNullable<Param["domain"]>, { text: string; holds(value: number): boolean }> = {
  finite: { text: "a finite number", holds: Number.isFinite },
  nonzero: { text: "a finite number other than 0", holds: (value) => Number.isFinite(value) && value !== 0 },
  nonnegative: { text: "a finite number, 0 or more", holds: (value) => Number.isFinite(value) && value >= 0 },
  number: { text: "a number", holds: (value) => !Number.isNaN(value) },
};

/** The value of a parameter, in float32 unless `exact`. */
export function checkParam(op: string, name: string, value: unknown, param: Param, exact: boolean): number {
  if (value === undefined) return exact ? param.default : Math.fround(param.default);
  const domain = DOMAINS[param.domain ?? "finite"];
  if (typeof value !== "number") throw new TypeError(`${op}: ${name} is ${kindOf(value)}, expected ${domain.text}`);
  const used = exact ? value : Math.fround(value);
  if (!domain.holds(used)) {
    const rounded = Object.is(used, value) || Number.isNaN(value) ? "" : ` (${used} in float32)`;
    throw new RangeError(`${op}: ${name} is ${value}${rounded}, expected ${domain.text}`);
  }
  return used;
}
