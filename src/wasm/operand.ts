/** One array of a call: where its elements are while a piece is worked on. */
import type { FloatArray, MaskArray } from "../model/arrays.ts";
import type { Instance } from "./instance.ts";
import type { ArenaPlace } from "./marks.ts";
import type { Stage, Width } from "./stage.ts";
import { type Box, countIn, eachRun, isOneRun, type Span, startOf } from "./walk.ts";

const NONE = /* @__PURE__ */ new Float32Array(0);

export class Operand {
  span: Span;
  /** The array of this call. */
  array: FloatArray | MaskArray = NONE;
  /** Where that lies; of this call only where arrays of alloc are looked for. */
  place: ArenaPlace | undefined;
  /** Its address, where it lies in the memory of the instance that works on it. */
  #home = 0;
  /** Of the piece in hand, for the kernel. */
  address = 0;
  /** The number of its stage, and how many elements into that it begins. */
  readonly #number: number;
  readonly #offset: number;
  readonly #width: Width;
  /** Through which it goes, unless it lies where it is worked on. */
  #stage: Stage | undefined;
  /** The piece of the axis that is in the stage. */
  #from = -1;
  #count = 0;

  constructor(span: Span, stage: number, offset = 0, width: Width = 4) {
    this.span = span;
    this.#number = stage;
    this.#offset = offset;
    this.#width = width;
  }

  /** Whether it holds a float32 for each element: two such arrays can be one. */
  get isFull(): boolean {
    return this.span === "all" && this.#width === 4;
  }

  get isResident(): boolean {
    return this.#stage === undefined;
  }

  /**
   * For this call: the instance that works on it, and the array's address where it lies in the
   * memory of that.
   */
  settle(instance: Instance, address?: number): void {
    this.#stage = address === undefined ? instance.stages[this.#number] : undefined;
    this.#home = address ?? 0;
    this.#from = -1;
  }

  /** Whether a stage of the instance has room for the elements in the box. */
  fits(instance: Instance, box: Box): boolean {
    return this.#offset + countIn(this.span, box) <= (instance.stages[this.#number]?.length ?? 0);
  }

  /** Finds the elements of a piece. */
  open(piece: Box, all: Box): void {
    this.address = this.#stage
      ? this.#stage.address + this.#width * this.#offset
      : piece === all
        ? this.#home
        : this.#home + this.#width * startOf(this.span, piece, all);
  }

  /** Copies them in, unless they are there. */
  load(piece: Box, all: Box): void {
    const stage = this.#stage;
    if (!stage) return;
    if (piece === all) {
      stage.put(this.array, 0, this.array.length, this.#offset);
      return;
    }
    if (this.#isLoaded(piece, all)) return;
    if (isOneRun(this.span, piece, all)) {
      stage.put(this.array, startOf(this.span, piece, all), countIn(this.span, piece), this.#offset);
    } else this.#loadRuns(stage, piece, all);
  }

  /** Of what goes with the axis the next piece mostly needs the same elements. */
  #isLoaded(piece: Box, all: Box): boolean {
    if (this.span !== "axis" && this.span !== "one") return false;
    const from = startOf(this.span, piece, all);
    const count = countIn(this.span, piece);
    if (from === this.#from && count === this.#count) return true;
    this.#from = from;
    this.#count = count;
    return false;
  }

  /** Copies them out. */
  store(piece: Box, all: Box): void {
    const stage = this.#stage;
    if (!stage) return;
    if (piece === all) stage.get(this.array, 0, this.array.length, this.#offset);
    else if (isOneRun(this.span, piece, all)) {
      stage.get(this.array, startOf(this.span, piece, all), countIn(this.span, piece), this.#offset);
    } else this.#storeRuns(stage, piece, all);
  }

  // By themselves: a function with a closure in it allocates at every call.

  #loadRuns(stage: Stage, piece: Box, all: Box): void {
    eachRun(this.span, piece, all, (start, n, at) => stage.put(this.array, start, n, this.#offset + at));
  }

  #storeRuns(stage: Stage, piece: Box, all: Box): void {
    eachRun(this.span, piece, all, (start, n, at) => stage.get(this.array, start, n, this.#offset + at));
  }

  /** Keeps no array and no instance alive between calls. */
  release(): void {
    this.array = NONE;
    this.place = undefined;
    this.#stage = undefined;
  }
}
