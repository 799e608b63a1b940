/**
 * Arrays inside wasm memory, for calls without copies.
 *
 * There are two arenas: the end of the main memory, and when that is full, one of 64 MB in an
 * instance of its own, which commits nothing until it is touched. Neither ever goes: a view that
 * was freed may still be held, and would hold its memory. What finds no room there is an ordinary
 * array: so many data come from main memory at every call anyhow, where the copy through the cache
 * costs next to nothing. Such an array is detached when it is freed.
 */
import { arrayOf, isHalf, type Kind } from "../engine/kinds.ts";
import type { FloatArray, MaskArray } from "../model/arrays.ts";
import { Arena, type Block } from "./arena.ts";
import { HEAP, Instance } from "./instance.ts";
import { ArenaPlace, mark, markedPlaceOf } from "./marks.ts";
import { SLOT_BYTES, SLOTS } from "./slots.ts";
import { PIECE } from "./stage.ts";

/**
 * Bytes for arrays at the end of the main memory, where curves and their alignment take some, and
 * in the second one.
 */
export const MAIN_BYTES = 2 ** 21 - (SLOTS + 1) * SLOT_BYTES;
const SECOND_BYTES = 2 ** 26;
/**
 * Elements of arrays elsewhere, slopes say, that the second instance has a stage for: a piece, and
 * one beside it.
 */
const STAGED = 2 * PIECE;

export class Arenas {
  readonly #module: WebAssembly.Module;
  readonly #main: Instance;
  /** None until the first alloc. */
  readonly #arenas: Arena[] = [];
  #isComplete = false;
  #hasGiven = false;
  /** Missing in some edge runtimes: there only `free` gives memory back. */
  readonly #garbage =
    typeof FinalizationRegistry === "function"
      ? new FinalizationRegistry<Block>((block) => block.arena?.give(block))
      : undefined;

  constructor(module: WebAssembly.Module, main: Instance) {
    this.#module = module;
    this.#main = main;
  }

  /** False as long as nothing was allocated: the common case, cheap to ask. */
  get inUse(): boolean {
    return this.#hasGiven;
  }

  /** Undefined for an ordinary array. */
  placeOf(array: FloatArray | MaskArray): ArenaPlace | undefined {
    return this.inUse ? (markedPlaceOf(array) ?? this.#placeOfView(array)) : undefined;
  }

  /** Of an array of alloc that lies in an arena and is in use: it is what alloc made it. */
  residentPlaceOf(value: unknown): ArenaPlace | undefined {
    if (!this.#hasGiven || typeof value !== "object" || value === null) return undefined;
    const place = markedPlaceOf(value);
    return place?.home && !place.block.freed ? place : undefined;
  }

  /**
   * Of somebody's own view of the memory of an array of alloc: it counts as freed where a part of
   * it was.
   */
  #placeOfView(array: FloatArray | MaskArray): ArenaPlace | undefined {
    const address = array.byteOffset;
    // Nothing is handed out below. The getter of `buffer` is slow, and makes V8 move a small array
    // out of its heap.
    if (address < HEAP) return undefined;
    const { buffer } = array;
    for (const arena of this.#arenas) {
      if (arena.instance.buffer !== buffer || address < arena.instance.start) continue;
      // No kernel works on float16 where it lies.
      const block = { arena: isHalf(array) ? undefined : arena, start: 0, size: 0, freed: !arena.holds(array) };
      return new ArenaPlace(block, address, array.length, array);
    }
    return undefined;
  }

  /** Throws a RangeError where there is no memory. */
  alloc(length: number, kind: Kind): FloatArray {
    // No kernel works on float16 where it lies: such an array is an ordinary one.
    const block = kind === "Float16Array" ? ordinary() : this.#take(length);
    this.#hasGiven = true;
    const { arena } = block;
    if (!arena) {
      const array = arrayOf(kind, length);
      mark(array, new ArenaPlace(block, 0, length, undefined));
      return array;
    }
    const address = arena.addressOf(block);
    const view = new Float32Array(arena.instance.buffer, address, length).fill(0);
    mark(view, new ArenaPlace(block, address, length, undefined));
    this.#garbage?.register(view, block, view);
    return view;
  }

  free(view: FloatArray): "foreign" | "freed" | undefined {
    const place = markedPlaceOf(view);
    if (!place || place.whole) return "foreign";
    const { block } = place;
    if (block.freed) return "freed";
    block.freed = true;
    this.#garbage?.unregister(view);
    if (block.arena) block.arena.give(block);
    else detach(view.buffer);
    return undefined;
  }

  #take(length: number): Block {
    if (4 * length > SECOND_BYTES) return ordinary();
    for (const arena of this.#arenas) {
      const block = arena.take(length);
      if (block) return block;
    }
    return this.#grow() ? this.#take(length) : ordinary();
  }

  /** Whether there is one arena more. */
  #grow(): boolean {
    if (this.#isComplete) return false;
    if (this.#arenas.length === 0) {
      this.#arenas.push(new Arena(this.#main, MAIN_BYTES));
      return true;
    }
    this.#isComplete = true;
    try {
      const instance = new Instance(this.#module, STAGED, SECOND_BYTES, this.#main);
      this.#arenas.push(new Arena(instance, SECOND_BYTES));
      return true;
    } catch {
      // No address space for a second memory.
      return false;
    }
  }
}

/** The block of an array that lies in no arena. */
function ordinary(): Block {
  return { arena: undefined, start: 0, size: 0, freed: false };
}

/** Gives the memory of an ordinary array back at once, where the runtime knows a way. */
function detach(buffer: ArrayBufferLike): void {
  const { transfer } = ArrayBuffer.prototype as { transfer?: (bytes: number) => ArrayBuffer };
  if (transfer) transfer.call(buffer, 0);
  else if (typeof structuredClone === "function") structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
}
