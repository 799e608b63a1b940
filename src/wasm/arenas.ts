/**
 * Arrays inside wasm memory, for calls without copies.
 *
 * They live in arenas. The first is the end of the main memory. Each further one is an instance of the module of its
 * own, over a memory of fixed size that commits nothing until it is touched; it takes gigabytes of address space
 * whatever its size, so there are few, each four times the one before.
 */
import type { FloatArray } from "../model/arrays.ts";
import { Blocks } from "./blocks.ts";
import { Instance } from "./instance.ts";
import { type Block, blockOf, isWhole, mark } from "./marks.ts";

/** Bytes for arrays at the end of the main memory, and in the first memory beyond. */
export const MAIN_BYTES = 2 ** 22;
const NEXT_BYTES = 2 ** 26;
/** What 32-bit addresses reach, less a page and what the module takes. */
const MOST_BYTES = 2 ** 32 - 2 ** 22;
/** Elements of arrays elsewhere, slopes say, that an arena has a stage for. */
const STAGED = 4096;
/** Blocks start and end at multiples of this many bytes: a cache line. */
const LINE = 64;

/** The part of an instance's memory that is for arrays. */
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

export class Arenas {
  readonly #module: WebAssembly.Module;
  readonly #main: Instance;
  #arenas: Arena[] = [];
  /** Missing in some edge runtimes: there only `free` gives memory back. */
  readonly #garbage =
    typeof FinalizationRegistry === "function"
      ? new FinalizationRegistry<Block>((block) => this.#giveBack(block))
      : undefined;

  constructor(module: WebAssembly.Module, main: Instance) {
    this.#module = module;
    this.#main = main;
  }

  /** False as long as nothing was allocated: the common case, cheap to ask. */
  get inUse(): boolean {
    return this.#arenas.length > 0;
  }

  /** The instance in whose memory the array lies, undefined for an ordinary one. */
  homeOf(array: FloatArray): Instance | undefined {
    const block = blockOf(array);
    return block ? block.arena?.instance : this.#arenaOf(array)?.instance;
  }

  isFreed(array: FloatArray): boolean {
    const block = blockOf(array);
    if (block) return block.freed;
    const arena = this.#arenaOf(array);
    return arena !== undefined && !arena.holds(array);
  }

  /** The arena of somebody's own view of the memory of an array of alloc. */
  #arenaOf(array: FloatArray): Arena | undefined {
    // Nothing is handed out below. The getter of `buffer` is slow, and makes V8 move a small array out of its heap.
    if (array.byteOffset < LINE || this.#arenas.length === 0) return undefined;
    const { buffer } = array;
    for (const arena of this.#arenas) {
      if (arena.instance.buffer === buffer && array.byteOffset >= arena.instance.start) return arena;
    }
    return undefined;
  }

  alloc(length: number): FloatArray {
    const size = Math.max(Math.ceil((length * 4) / LINE), 1) * LINE;
    const block = this.#take(size);
    const view = block.arena
      ? new Float32Array(block.arena.instance.buffer, block.start, length).fill(0)
      : new Float32Array(length);
    mark(view, block);
    if (block.arena) this.#garbage?.register(view, block, view);
    return view;
  }

  free(view: FloatArray): "foreign" | "freed" | undefined {
    const block = blockOf(view);
    if (!block || !isWhole(view)) return "foreign";
    if (block.freed) return "freed";
    block.freed = true;
    this.#garbage?.unregister(view);
    this.#giveBack(block);
    return undefined;
  }

  #take(size: number): Block {
    for (const arena of this.#arenas) {
      const block = arena.take(size);
      if (block) return block;
    }
    for (;;) {
      const arena = this.#grow(size);
      const block = arena?.take(size);
      // Where no memory is to be had, an ordinary array: ops copy it.
      if (!arena || block) return block ?? { arena: undefined, start: 0, size, freed: false };
    }
  }

  /** A new arena, undefined where there is none with room for `size` bytes. */
  #grow(size: number): Arena | undefined {
    if (this.#arenas.length === 0) {
      const first = new Arena(this.#main, MAIN_BYTES);
      this.#arenas.push(first);
      return first;
    }
    const usual = Math.min(NEXT_BYTES * 4 ** (this.#arenas.length - 1), MOST_BYTES);
    for (const bytes of [Math.max(usual, size), size]) {
      if (bytes > MOST_BYTES) continue;
      try {
        const arena = new Arena(new Instance(this.#module, STAGED, bytes, this.#main), bytes);
        this.#arenas.push(arena);
        return arena;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    return undefined;
  }

  #giveBack(block: Block): void {
    const { arena } = block;
    if (!arena) return;
    arena.give(block);
    if (arena.live > 0 || arena.instance === this.#main) return;
    this.#arenas = this.#arenas.filter((other) => other !== arena);
    arena.instance.release();
  }
}
