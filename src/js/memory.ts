/** alloc and free in plain JavaScript: ordinary arrays, whose use after free is found all the same. */
import type { Engine, Place } from "../engine/engine.ts";
import type { FloatArray } from "../model/arrays.ts";

const FREED: Place = { isFreed: true };

/** The buffers of arrays of alloc: the array, or undefined once it was freed. */
let buffers: WeakMap<ArrayBufferLike, FloatArray | undefined> | undefined;
let anyFreed = false;

export const alloc: Engine["alloc"] = (length) => {
  const view = new Float32Array(length);
  buffers ??= new WeakMap();
  buffers.set(view.buffer, view);
  return view;
};

export const free: Engine["free"] = (view) => {
  if (!buffers?.has(view.buffer)) return "foreign";
  const whole = buffers.get(view.buffer);
  if (whole === undefined) return "freed";
  if (whole !== view) return "foreign";
  buffers.set(view.buffer, undefined);
  anyFreed = true;
  return undefined;
};

/** Only where arrays lie that were freed is of interest. */
export const placeOf: Engine["placeOf"] = (array) => {
  if (!anyFreed || !buffers?.has(array.buffer)) return undefined;
  return buffers.get(array.buffer) === undefined ? FREED : undefined;
};
