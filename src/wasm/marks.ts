/**
 * What marks a Float32Array as one of alloc: a private field that is added to it. To users it looks and prints like
 * any other, and is read as fast.
 */
import type { FloatArray } from "../model/arrays.ts";
import type { Arena } from "./arenas.ts";

/** Memory of one call of alloc; without an arena the array is an ordinary one. */
export interface Block {
  readonly arena: Arena | undefined;
  readonly start: number;
  readonly size: number;
  freed: boolean;
}

/** Its constructor returns its argument: a subclass adds its private fields to that. */
class Given {
  constructor(array: FloatArray) {
    // biome-ignore lint/correctness/noConstructorReturn: adding the fields to an array that exists is what it is for.
    return array;
  }
}

class Mark extends Given {
  readonly #block: Block;
  /** What alloc returned, where this is a part of it: it keeps the memory alive. */
  readonly #whole: FloatArray | undefined;

  constructor(array: FloatArray, block: Block, whole: FloatArray | undefined) {
    super(array);
    this.#block = block;
    this.#whole = whole;
  }

  static blockOf(array: object): Block | undefined {
    return #block in array ? array.#block : undefined;
  }

  static wholeOf(array: object): FloatArray | undefined {
    return #whole in array ? array.#whole : undefined;
  }
}

/** The block of an array of alloc or of a subarray of one. */
export const blockOf: (array: FloatArray) => Block | undefined = Mark.blockOf;

/** Whether an array with a block is what alloc returned, rather than a part of it. */
export function isWhole(array: FloatArray): boolean {
  return Mark.wholeOf(array) === undefined;
}

/** A subarray that keeps the memory alive too. */
function subarray(this: FloatArray, begin?: number, end?: number): FloatArray {
  const part = Float32Array.prototype.subarray.call(this, begin, end);
  const block = Mark.blockOf(this);
  if (block) mark(part, block, Mark.wholeOf(this) ?? this);
  return part;
}

export function mark(array: FloatArray, block: Block, whole?: FloatArray): void {
  new Mark(array, block, whole);
  Object.defineProperty(array, "subarray", { value: subarray, writable: true, configurable: true });
}
