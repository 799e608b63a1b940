/** One array of a call: where its elements are while a piece is worked on. */
import type { FloatArray } from "../model/arrays.ts";
import type { Instance } from "./instance.ts";
import { type Box, countIn, eachRun, type Span, startOf } from "./walk.ts";

const NONE = /* @__PURE__ */ new Float32Array(0);

export class Operand {
  readonly span: Span;
  /** The array of this call. */
  array: FloatArray = NONE;
  /** Its address, where it lies in the memory of the instance that works on it. */
  #home = 0;
  /** Of the piece in hand, for the kernel. */
  address = 0;
  /** Which stage of the instance it goes through, and how many elements into it. */
  readonly #stage: number;
  readonly #offset: number;
  #instance!: Instance;
  #resident = false;

  constructor(span: Span, stage: number, offset = 0) {
    this.span = span;
    this.#stage = stage;
    this.#offset = offset;
  }

  get isResident(): boolean {
    return this.#resident;
  }

  /** For this call: the instance that works on it, and the array's address where it lies in the memory of that. */
  settle(instance: Instance, address?: number): void {
    this.#instance = instance;
    this.#resident = address !== undefined;
    this.#home = address ?? 0;
  }

  /** Whether a stage of the instance has room for the elements in the box. */
  fits(instance: Instance, box: Box): boolean {
    return this.#offset + countIn(this.span, box) <= (instance.stages[this.#stage]?.length ?? 0);
  }

  /** Finds the elements of a piece. */
  open(piece: Box, all: Box): void {
    this.address = this.#resident
      ? this.#home + 4 * startOf(this.span, piece, all)
      : (this.#instance.stages[this.#stage]?.address ?? 0) + 4 * this.#offset;
  }

  /** Copies them in, unless they are there. */
  load(piece: Box, all: Box): void {
    const stage = this.#instance.stages[this.#stage];
    if (this.#resident || !stage) return;
    eachRun(this.span, piece, all, (start, n, at) => stage.put(this.array, start, n, this.#offset + at));
  }

  /** Copies them out. */
  store(piece: Box, all: Box): void {
    const stage = this.#instance.stages[this.#stage];
    if (this.#resident || !stage) return;
    eachRun(this.span, piece, all, (start, n, at) => stage.get(this.array, start, n, this.#offset + at));
  }

  /** Keeps no array alive between calls. */
  release(): void {
    this.array = NONE;
  }
}
