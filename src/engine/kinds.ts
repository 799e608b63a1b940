/** Float32Array or Float16Array: which of them an array is, and how one is made. */
import type { FloatArray, HalfArray, MaskArray, NewArray } from "../model/arrays.ts";

/** The type of the arrays of a call. */
export type Kind = "Float32Array" | "Float16Array";

/**
 * What a typed array is, "Float64Array", say, whatever its prototype says, of this realm or another
 * (an iframe, a vm context); undefined for everything else, a Proxy of one included.
 *
 * A bound function is what V8 puts in the place of the call; `getter.call(value)` takes 10 ns.
 */
export const brandOf = /* @__PURE__ */ (() => {
  const prototype: object = Object.getPrototypeOf(Float32Array.prototype);
  const getter = Object.getOwnPropertyDescriptor(prototype, Symbol.toStringTag)?.get;
  return Function.prototype.call.bind(getter as () => void) as (value: unknown) => string | undefined;
})();

interface HalfConstructor {
  new (length: number): NewArray<HalfArray>;
  new (from: ArrayLike<number>): NewArray<HalfArray>;
  new (buffer: ArrayBufferLike, start: number, length: number): HalfArray;
}

/**
 * Float16Array; undefined, whatever its type says, where the runtime has none: there no call gets
 * as far as to make one.
 */
export const Half = /* @__PURE__ */ (() => (globalThis as unknown as { Float16Array: HalfConstructor }).Float16Array)();

/** A new array of zeros. */
export function arrayOf(kind: Kind, length: number): FloatArray {
  return kind === "Float16Array" ? new Half(length) : new Float32Array(length);
}

/** Whether a call ever had one: until then nothing is asked of the arrays of a call. */
let met = false;

export function meetHalf(): void {
  met = true;
}

export function isHalf(array: FloatArray | MaskArray): array is HalfArray {
  return met && brandOf(array) === "Float16Array";
}
