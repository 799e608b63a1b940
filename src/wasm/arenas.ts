/**
 * Arrays inside wasm memory, for calls without copies.
 *
 * They live in arenas: further instances of the module, each with a memory of fixed size that commits nothing until it is touched. An
 * arena takes gigabytes of address space whatever its size, so there are few, each four times the one before.
 */
import type { FloatArray } from "../engine.ts";
import { FreeList } from "./free-list.ts";
import { HEAP, Instance, type Kernel } from "./instance.ts";

const FIRST_BYTES = 2 ** 26;
/** What 32-bit addresses reach, less the tables. */
const MOST_BYTES = 2 ** 32 - 65536 - HEAP;
/** Blocks start and end at multiples of this many bytes: a cache line. */
const LINE = 64;

/** Memory of one call of alloc. */
interface Block {
  readonly arena: Arena;
  readonly start: number;
  readonly size: number;
  freed: boolean;
}

export class Arena extends Instance {
  readonly #main: Instance;
  readonly #free: FreeList;
  /** Per line: 1 where it belongs to an array in use. */
  readonly #used: Uint8Array;
  blocks = 0;

  constructor(module: WebAssembly.Module, bytes: number, main: Instance) {
    // A line more: kernels read a whole vector at the end of an array.
    super(module, bytes + LINE);
    this.#main = main;
    this.#free = new FreeList(HEAP, bytes);
    this.#used = new Uint8Array(bytes / LINE);
    this.adopt(main);
  }

  override kernel(name: string): Kernel {
    if (!this.isReady(name)) {
      this.#main.kernel(name);
      this.adopt(this.#main);
    }
    return super.kernel(name);
  }

  take(size: number): Block | undefined {
    const start = this.#free.take(size);
    if (start < 0) return undefined;
    this.#used.fill(1, (start - HEAP) / LINE, (start - HEAP + size) / LINE);
    this.blocks++;
    return { arena: this, start, size, freed: false };
  }

  give({ start, size }: Block): void {
    this.#used.fill(0, (start - HEAP) / LINE, (start - HEAP + size) / LINE);
    this.#free.give(start, size);
    this.blocks--;
  }

  /** False where the array lies, wholly or in part, in memory that was given back. */
  holds(array: FloatArray): boolean {
    if (array.length === 0) return true;
    const first = Math.floor((array.byteOffset - HEAP) / LINE);
    const last = Math.floor((array.byteOffset + array.byteLength - 1 - HEAP) / LINE);
    return this.#used[first] === 1 && this.#used[last] === 1;
  }
}

/** The Float32Array that alloc returns. A subarray is one too: it keeps the array, and so its memory, alive. */
class ArenaArray extends Float32Array<ArrayBuffer> {
  #block: Block | undefined;
  #root: ArenaArray | undefined;

  static over(block: Block, length: number): ArenaArray {
    const array = new ArenaArray(block.arena.buffer, block.start, length);
    array.#block = block;
    return array;
  }

  /** The block of an array of alloc or of a subarray of one. */
  static blockOf(array: FloatArray): Block | undefined {
    return #block in array ? array.#block : undefined;
  }

  /** Whether it is an array of alloc, rather than a part of one. */
  static isWhole(array: FloatArray): boolean {
    return #block in array && array.#block !== undefined && array.#root === undefined;
  }

  override subarray(begin?: number, end?: number): Float32Array<ArrayBuffer> {
    const part = super.subarray(begin, end) as ArenaArray;
    part.#block = this.#block;
    part.#root = this.#root ?? this;
    return part;
  }
}

export class Arenas {
  readonly #module: WebAssembly.Module;
  readonly #main: Instance;
  #arenas: Arena[] = [];
  readonly #garbage = new FinalizationRegistry<Block>((block) => this.#giveBack(block));

  constructor(module: WebAssembly.Module, main: Instance) {
    this.#module = module;
    this.#main = main;
  }

  /** False as long as nothing was allocated: the common case, cheap to ask. */
  get inUse(): boolean {
    return this.#arenas.length > 0;
  }

  /** The arena that the array lies in, undefined for an ordinary one. Throws where it was freed. */
  of(op: string, what: string, array: FloatArray, byteOffset = array.byteOffset): Arena | undefined {
    // Tables lie below the arrays of an arena. The getter of `buffer` is slow, and makes V8 move a small array out of its heap.
    if (byteOffset < HEAP) return undefined;
    const block = ArenaArray.blockOf(array);
    if (block) {
      if (block.freed) throw new RangeError(`${op}: ${what} was freed, expected an array in use`);
      return block.arena;
    }
    // Somebody's own view of the memory of an array of alloc.
    const { buffer } = array;
    const arena = this.#arenas.find((other) => other.buffer === buffer);
    if (arena && !arena.holds(array)) throw new RangeError(`${op}: ${what} was freed, expected an array in use`);
    return arena;
  }

  alloc(length: number): FloatArray {
    const size = Math.max(Math.ceil((length * 4) / LINE), 1) * LINE;
    const block = this.#take(size);
    const view = ArenaArray.over(block, length);
    view.fill(0);
    this.#garbage.register(view, block, view);
    return view;
  }

  free(view: FloatArray): void {
    const block = ArenaArray.blockOf(view);
    if (!block || !ArenaArray.isWhole(view)) {
      throw new RangeError("free: view is not an array of alloc, expected one that alloc returned");
    }
    if (block.freed) throw new RangeError("free: view was freed, expected an array in use");
    block.freed = true;
    this.#garbage.unregister(view);
    this.#giveBack(block);
  }

  /** Hands tables that were prepared to the arenas. */
  adopt(): void {
    for (const arena of this.#arenas) arena.adopt(this.#main);
  }

  #take(size: number): Block {
    for (const arena of this.#arenas) {
      const block = arena.take(size);
      if (block) return block;
    }
    const arena = this.#grow(size);
    return arena.take(size) as Block;
  }

  /** A new arena with room for `size` bytes. */
  #grow(size: number): Arena {
    const usual = Math.min(FIRST_BYTES * 4 ** this.#arenas.length, MOST_BYTES);
    for (const bytes of [Math.max(usual, size), size]) {
      if (bytes > MOST_BYTES) break;
      try {
        const arena = new Arena(this.#module, bytes, this.#main);
        this.#arenas.push(arena);
        return arena;
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    }
    throw new RangeError(`alloc: out of memory for ${size} bytes, expected at most what the runtime gives`);
  }

  #giveBack(block: Block): void {
    block.arena.give(block);
    // An empty arena beyond the first goes, with its address space.
    if (block.arena.blocks === 0 && block.arena !== this.#arenas[0]) {
      this.#arenas = this.#arenas.filter((arena) => arena !== block.arena);
    }
  }
}
