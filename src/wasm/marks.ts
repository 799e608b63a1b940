/**
 * What marks a Float32Array as one of alloc: a private field that is added to it. To users it looks
 * and prints like any other, and is read as fast.
 */
import type { Place } from "../engine/engine.ts";
import type { FloatArray, MaskArray } from "../model/arrays.ts";
import type { Block } from "./arena.ts";
import type { Instance } from "./instance.ts";

/** Where an array of alloc lies, or a part of one. */
export class ArenaPlace implements Place {
  readonly block: Block;
  /** The instance in whose memory it lies; undefined for an ordinary array. */
  readonly home: Instance | undefined;
  readonly address: number;
  readonly length: number;
  /** What alloc returned, where this is a part of it: it keeps the memory alive. */
  readonly whole: FloatArray | MaskArray | undefined;

  constructor(block: Block, address: number, length: number, whole: FloatArray | MaskArray | undefined) {
    this.block = block;
    this.home = block.arena?.instance;
    this.address = address;
    this.length = length;
    this.whole = whole;
  }

  get isFreed(): boolean {
    return this.block.freed;
  }
}

/**
 * True where arrays in one memory share elements; of those that are `alike` each may share all of
 * its own with the other.
 */
export function meet(one: ArenaPlace, other: ArenaPlace, alike: boolean): boolean {
  const lead = one.address - other.address;
  return (lead !== 0 || !alike) && lead < 4 * other.length && -lead < 4 * one.length;
}

/** Its constructor returns its argument: a subclass adds its private fields to that. */
class Given {
  constructor(array: FloatArray) {
    // biome-ignore lint/correctness/noConstructorReturn: this adds the fields to a given array
    return array;
  }
}

class Mark extends Given {
  readonly #place: ArenaPlace;

  constructor(array: FloatArray, place: ArenaPlace) {
    super(array);
    this.#place = place;
  }

  static placeOf(array: object): ArenaPlace | undefined {
    return #place in array ? array.#place : undefined;
  }
}

/** Of an array of alloc or a subarray of one; not of somebody's own view. */
export const markedPlaceOf: (array: object) => ArenaPlace | undefined = Mark.placeOf;

/** A subarray that keeps the memory alive too. */
function subarray(this: FloatArray, begin?: number, end?: number): FloatArray {
  const part = Float32Array.prototype.subarray.call(this, begin, end);
  const place = Mark.placeOf(this);
  if (place) mark(part, new ArenaPlace(place.block, part.byteOffset, part.length, place.whole ?? this));
  return part;
}

const METHOD = { __proto__: null, value: subarray, writable: true, configurable: true };

export function mark(array: FloatArray, place: ArenaPlace): void {
  new Mark(array, place);
  Object.defineProperty(array, "subarray", METHOD);
}
