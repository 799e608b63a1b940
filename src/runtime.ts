/** What the package offers beside the ops. */
import { engine } from "#engine";
import { describe } from "./activation.ts";
import { isFloatArray, kindOf } from "./check.ts";
import type { FloatArray } from "./engine.ts";

/** "wasm", or "js" where WebAssembly SIMD is missing or forbidden. */
export const backend: "wasm" | "js" = engine.backend;

/**
 * Computes the tables of the given ops ahead of their first use; of all ops if none is given. Never required: an op does it by
 * itself at its first call, in at most a few milliseconds.
 *
 * @throws TypeError for a value that is not an op of this package.
 * @example
 * prepare(tanh, sigmoidGrad); // in the constructor of an AudioWorkletProcessor, say
 */
export function prepare(...ops: readonly unknown[]): void {
  const names = ops.map((op, i) => {
    const known = describe(op);
    if (known) return known.name;
    const kind = typeof op === "function" ? "another function" : kindOf(op);
    throw new TypeError(`prepare: argument ${i} is ${kind}, expected an op`);
  });
  engine.prepare(ops.length === 0 ? undefined : names);
}

/**
 * An array of zeros that lives inside wasm memory: ops whose arrays all come from alloc run without copying.
 *
 * @param length elements, a whole number
 * @throws RangeError for a length that is no whole number or more than the runtime gives; TypeError for another type.
 * @example
 * const x = alloc(128);
 * tanh(x, x);
 */
export function alloc(length: number): FloatArray {
  if (typeof length !== "number") throw new TypeError(`alloc: length is ${kindOf(length)}, expected a whole number`);
  if (!Number.isSafeInteger(length) || length < 0) {
    throw new RangeError(`alloc: length is ${length}, expected a whole number`);
  }
  return engine.alloc(length);
}

/**
 * Gives the memory of an array of alloc back at once, rather than when it is garbage. It must not be used again.
 *
 * @throws RangeError for an array that alloc did not return, or that was freed before; TypeError for another type.
 */
export function free(view: FloatArray): void {
  if (!isFloatArray(view)) throw new TypeError(`free: view is ${kindOf(view)}, expected a Float32Array`);
  engine.free(view);
}
