/**
 * alloc and free in plain JavaScript: ordinary arrays, whose use after free is found all the same.
 */
import type { Engine, Place } from "../engine/engine.ts";
import { arrayOf } from "../engine/kinds.ts";
import type { FloatArray } from "../model/arrays.ts";

const FREED: Place = { isFreed: true, length: 0 };

/** The arrays of alloc, by their buffers; and the buffers of those that were freed. */
let views: WeakMap<ArrayBufferLike, FloatArray> | undefined;
let freed: WeakSet<ArrayBufferLike> | undefined;

export const alloc: Engine["alloc"] = (length, kind) => {
  const view = arrayOf(kind, length);
  views ??= new WeakMap();
  views.set(view.buffer, view);
  return view;
};

export const free: Engine["free"] = (view) => {
  if (freed?.has(view.buffer)) return "freed";
  if (views?.get(view.buffer) !== view) return "foreign";
  freed ??= new WeakSet();
  freed.add(view.buffer);
  return undefined;
};

/** Only where arrays lie that were freed is of interest. */
export const placeOf: Engine["placeOf"] = (array) => (freed?.has(array.buffer) ? FREED : undefined);

export const hasPlaces: Engine["hasPlaces"] = () => freed !== undefined;

/** There is no memory but that of the arrays themselves. */
export const residentPlaceOf: Engine["residentPlaceOf"] = () => undefined;
