/** alloc and free: arrays inside wasm memory. */
import * as engine from "#engine";
import type { FloatArray, NewArray } from "../model/arrays.ts";
import { checkKind, kindOf } from "./arrays.ts";
import { rangeError, typeError } from "./refusal.ts";

/**
 * An array of zeros that lives inside wasm memory: ops whose arrays all come from alloc run without copying.
 *
 * Its memory is given back when it and its subarrays are garbage, or at once with `free`. Its `buffer` is the whole
 * memory, with other arrays: clone or post a slice. An own view of that buffer keeps nothing alive.
 *
 * @param length elements, a whole number
 * @throws RangeError for a length that is no whole number or more than the runtime gives; TypeError for another type.
 * @example
 * const x = alloc(128);
 * tanh(x, x);
 */
export function alloc(length: number): NewArray {
  if (typeof length !== "number") throw typeError("alloc", `length is ${kindOf(length)}`, "a whole number");
  if (!Number.isSafeInteger(length) || length < 0) {
    throw rangeError("alloc", `length is ${length}`, "a whole number");
  }
  try {
    return engine.alloc(length) as NewArray;
  } catch {
    throw rangeError("alloc", `out of memory for ${4 * length} bytes`, "at most what the runtime gives");
  }
}

/**
 * Gives the memory of an array of alloc back at once, rather than when it is garbage. It must not be used again.
 *
 * @throws RangeError for an array that alloc did not return, or that was freed before; TypeError for another type.
 */
export function free(view: FloatArray): void {
  checkKind("free", "view", view);
  const complaint = engine.free(view);
  if (complaint === "freed") throw rangeError("free", "view was freed", "an array in use");
  if (complaint) throw rangeError("free", "view is not an array of alloc", "one that alloc returned");
}
