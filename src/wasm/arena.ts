/** The part of an instance's memory that is for arrays, and what is in use of it. */
import type { FloatArray, MaskArray } from "../model/arrays.ts";
import { Blocks } from "./blocks.ts";
import type { Instance } from "./instance.ts";

/** Blocks begin and end at multiples of this many bytes: a cache line. */
const LINE = 64;

/** Blocks that are not handed out again at once. */
const RESTING = 64;

/** Memory of one call of alloc. */
export interface Block {
  /** Undefined for an ordinary array. */
  readonly arena: Arena | undefined;
  /** In lines of the arena. */
  readonly start: number;
  readonly size: number;
  freed: boolean;
}

export class Arena {
  readonly instance: Instance;
  readonly #blocks: Blocks;
  /** Per line: 1 where it belongs to an array in use. */
  readonly #used: Uint8Array;
  /**
   * Given back last. While nobody else has the memory, somebody's own view of it is seen to be of a
   * freed array.
   */
  readonly #resting: Block[] = [];

  constructor(instance: Instance, bytes: number) {
    this.instance = instance;
    this.#blocks = new Blocks(bytes / LINE);
    this.#used = new Uint8Array(bytes / LINE);
  }

  /** Memory for so many elements, if there is. */
  take(length: number): Block | undefined {
    const size = Math.max(Math.ceil((4 * length) / LINE), 1);
    if (size > this.#used.length) return undefined;
    let start = this.#blocks.take(size);
    if (start < 0 && this.#resting.length > 0) {
      this.#wake(0);
      start = this.#blocks.take(size);
    }
    if (start < 0) return undefined;
    this.#used.fill(1, start, start + size);
    return { arena: this, start, size, freed: false };
  }

  give(block: Block): void {
    const { start, size } = block;
    this.#used.fill(0, start, start + size);
    this.#resting.push(block);
    this.#wake(RESTING);
  }

  /** Hands out again what was given back first, but for so many blocks. */
  #wake(most: number): void {
    while (this.#resting.length > most) {
      const { start, size } = this.#resting.shift() as Block;
      this.#blocks.give(start, size);
    }
  }

  addressOf({ start }: Block): number {
    return this.instance.start + start * LINE;
  }

  /** False where a part of the array lies in memory that is in no use. */
  holds(array: FloatArray | MaskArray): boolean {
    if (array.length === 0) return true;
    const first = Math.floor((array.byteOffset - this.instance.start) / LINE);
    const last = Math.floor((array.byteOffset + array.byteLength - 1 - this.instance.start) / LINE);
    if (first < 0 || last >= this.#used.length) return false;
    const unused = this.#used.indexOf(0, first);
    return unused < 0 || unused > last;
  }
}
