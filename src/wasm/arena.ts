/** The part of an instance's memory that is for arrays, and what is in use of it. */
import type { FloatArray } from "../model/arrays.ts";
import { Blocks } from "./blocks.ts";
import type { Instance } from "./instance.ts";

/** Blocks start and end at multiples of this many bytes: a cache line. */
export const LINE = 64;

/** Memory of one call of alloc; without an arena the array is an ordinary one. */
export interface Block {
  readonly arena: Arena | undefined;
  readonly start: number;
  readonly size: number;
  freed: boolean;
}

export class Arena {
  readonly instance: Instance;
  readonly #start: number;
  readonly #blocks: Blocks;
  /** Per line: 1 where it belongs to an array in use. */
  readonly #used: Uint8Array;
  live = 0;

  constructor(instance: Instance, bytes: number) {
    this.instance = instance;
    this.#start = instance.start;
    this.#blocks = new Blocks(this.#start, bytes);
    this.#used = new Uint8Array(bytes / LINE);
  }

  take(size: number): Block | undefined {
    const start = this.#blocks.take(size);
    if (start < 0) return undefined;
    this.#mark({ start, size }, 1);
    this.live++;
    return { arena: this, start, size, freed: false };
  }

  give(block: Block): void {
    this.#mark(block, 0);
    this.#blocks.give(block.start, block.size);
    this.live--;
  }

  #mark({ start, size }: Pick<Block, "start" | "size">, value: 0 | 1): void {
    const first = (start - this.#start) / LINE;
    this.#used.fill(value, first, first + size / LINE);
  }

  /** False where a part of the array lies in memory that is in no use. */
  holds(array: FloatArray): boolean {
    if (array.length === 0) return true;
    const first = Math.floor((array.byteOffset - this.#start) / LINE);
    const last = Math.floor((array.byteOffset + array.byteLength - 1 - this.#start) / LINE);
    if (first < 0 || last >= this.#used.length) return false;
    const unused = this.#used.indexOf(0, first);
    return unused < 0 || unused > last;
  }
}
