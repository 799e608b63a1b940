/** alloc and free: arrays inside wasm memory. */
import * as engine from "#engine";
import { Half } from "../engine/kinds.ts";
import type { FloatArray, NewArray } from "../model/arrays.ts";
import { checkFirst, kindOf } from "./arrays.ts";
import { rangeError, typeError } from "./refusal.ts";

/**
 * An array of zeros that lives inside wasm memory: ops whose arrays all come from alloc run without
 * copying.
 *
 * Its memory is given back when it and its subarrays are garbage, or at once with `free`. Its
 * `buffer` is the whole memory, with other arrays: clone or post a slice. An own view of that
 * buffer keeps nothing alive.
 *
 * @param length elements, a whole number
 * @param type Float32Array, or Float16Array where the runtime has it
 * @throws RangeError for a length that is no whole number or more than the runtime gives; TypeError
 * for another type.
 * @example
 * const x = alloc(128);
 * tanh(x, x);
 */
export function alloc(length: number, type?: typeof Float32Array): NewArray;
export function alloc<A extends FloatArray>(length: number, type: { readonly prototype: A }): NewArray<A>;
export function alloc(length: number, type: unknown = Float32Array): FloatArray {
  if (typeof length !== "number") throw typeError("alloc", `length is ${kindOf(length)}`, "a whole number");
  if (!Number.isSafeInteger(length) || length < 0) {
    throw rangeError("alloc", `length is ${length}`, "a whole number");
  }
  const kind = type === Float32Array ? "Float32Array" : "Float16Array";
  if (kind === "Float16Array" && type !== Half) {
    throw typeError("alloc", `type is ${kindOf(type)}`, "Float32Array or Float16Array");
  }
  try {
    return engine.alloc(length, kind);
  } catch {
    const bytes = (kind === "Float16Array" ? 2 : 4) * length;
    throw rangeError("alloc", `out of memory for ${bytes} bytes`, "at most what the runtime gives");
  }
}

/**
 * Gives the memory of an array of alloc back at once, rather than when it is garbage. It must not
 * be used again.
 *
 * @throws RangeError for an array that alloc did not return, or that was freed before; TypeError
 * for another type.
 */
export function free(view: FloatArray): void {
  checkFirst("free", "view", view);
  const complaint = engine.free(view);
  if (complaint === "freed") throw rangeError("free", "view was freed", "an array in use");
  if (complaint) throw rangeError("free", "view is not an array of alloc", "one that alloc returned");
}
