/** A piece of memory of an instance, through which arrays that lie elsewhere are copied. */
import type { FloatArray, MaskArray } from "../model/arrays.ts";

/** Elements of a stage of the main instance, and so of a slab that is staged as a whole. */
export const WHOLE = 65536;
/** Elements of a piece that stays in the first-level cache. A multiple of the 16 that kernels take at a time along a row. */
export const PIECE = 4096;

/** Up to here a loop is faster than TypedArray.set. */
const FEW = 8;

/** Bytes of an element: of a mask, or of float32. */
export type Width = 1 | 4;

/** n elements of x from `start` on. */
function partOf(x: FloatArray | MaskArray, start: number, n: number, width: Width): FloatArray | MaskArray {
  if (n === x.length) return x;
  const at = x.byteOffset + width * start;
  return width === 1 ? new Uint8Array(x.buffer, at, n) : new Float32Array(x.buffer, at, n);
}

export class Stage {
  readonly address: number;
  readonly length: number;
  readonly #width: Width;
  readonly #all: FloatArray | MaskArray;
  /** The view of the last length that was copied out: mostly it is wanted again. */
  #part: FloatArray | MaskArray;

  constructor(buffer: ArrayBuffer, address: number, length: number, width: Width) {
    this.address = address;
    this.length = length;
    this.#width = width;
    this.#all = width === 1 ? new Uint8Array(buffer, address, length) : new Float32Array(buffer, address, length);
    this.#part = this.#all;
  }

  /** Copies in n elements of x from `start` on, to `at`. */
  put(x: FloatArray | MaskArray, start: number, n: number, at = 0): void {
    if (n <= FEW) {
      for (let i = 0; i < n; i++) this.#all[at + i] = x[start + i] as number;
    } else {
      this.#all.set(partOf(x, start, n, this.#width), at);
    }
  }

  /** Copies out n elements from `at` on to x, from `start` on. */
  get(x: FloatArray | MaskArray, start: number, n: number, at = 0): void {
    if (n <= FEW) {
      for (let i = 0; i < n; i++) x[start + i] = this.#all[at + i] as number;
    } else if (at !== 0) {
      x.set(this.#all.subarray(at, at + n), start);
    } else {
      if (this.#part.length !== n) this.#part = this.#all.subarray(0, n);
      x.set(this.#part, start);
    }
  }
}
