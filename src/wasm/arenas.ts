/**
 * Arrays inside wasm memory, for calls without copies.
 *
 * They live in arenas. The first is the end of the main memory. Each further one is an instance of the module of its
 * own, over a memory of fixed size that commits nothing until it is touched; it takes gigabytes of address space
 * whatever its size, so there are few, each four times the one before.
 */
import type { FloatArray } from "../model/arrays.ts";
import { Arena, type Block, LINE } from "./arena.ts";
import { HEAP, Instance } from "./instance.ts";
import { ArenaPlace, mark, markedPlaceOf } from "./marks.ts";

/** Bytes for arrays at the end of the main memory, and in the first memory beyond. */
export const MAIN_BYTES = 2 ** 22;
const NEXT_BYTES = 2 ** 26;
/** What 32-bit addresses reach, less a page and what the module takes. */
const MOST_BYTES = 2 ** 32 - 2 ** 22;
/** Elements of arrays elsewhere, slopes say, that an arena has a stage for. */
const STAGED = 4096;
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

  /** Undefined for an ordinary array. */
  placeOf(array: FloatArray): ArenaPlace | undefined {
    return this.inUse ? (markedPlaceOf(array) ?? this.#placeOfView(array)) : undefined;
  }

  /** Of somebody's own view of the memory of an array of alloc: it counts as freed where a part of it was. */
  #placeOfView(array: FloatArray): ArenaPlace | undefined {
    const address = array.byteOffset;
    // Nothing is handed out below. The getter of `buffer` is slow, and makes V8 move a small array out of its heap.
    if (address < HEAP) return undefined;
    const { buffer } = array;
    const arena = this.#arenas.find(({ instance }) => instance.buffer === buffer && instance.start <= address);
    if (!arena) return undefined;
    const block = { arena, start: address, size: array.byteLength, freed: !arena.holds(array) };
    return new ArenaPlace(block, address, array);
  }

  alloc(length: number): FloatArray {
    const size = Math.max(Math.ceil((length * 4) / LINE), 1) * LINE;
    const block = this.#take(size);
    const view = block.arena
      ? new Float32Array(block.arena.instance.buffer, block.start, length).fill(0)
      : new Float32Array(length);
    mark(view, new ArenaPlace(block, block.start, undefined));
    if (block.arena) this.#garbage?.register(view, block, view);
    return view;
  }

  free(view: FloatArray): "foreign" | "freed" | undefined {
    const place = markedPlaceOf(view);
    if (!place || place.whole) return "foreign";
    const { block } = place;
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
