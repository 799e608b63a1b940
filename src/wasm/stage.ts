/** A piece of memory of an instance, through which arrays that lie elsewhere are copied. */
import type { FloatArray, MaskArray } from "../model/arrays.ts";

/** Elements of a stage of the main instance, and so of a slab that is staged as a whole. */
export const WHOLE = 65536;
/** Elements of a piece that stays in the first-level cache. A multiple of the 16 that kernels take at a time along a row. */
export const PIECE = 4096;

/** Up to here a loop is faster than TypedArray.set. */
export const FEW = 16;

/** Bytes of an element: of a mask, or of float32. */
export type Width = 1 | 4;

/** n elements of x from `start` on. */
function partOf(x: FloatArray | MaskArray, start: number, n: number, width: Width): FloatArray | MaskArray {
  if (n === x.length) return x;
  const at = x.byteOffset + width * start;
  return width === 1 ? new Uint8Array(x.buffer, at, n) : new Float32Array(x.buffer, at, n);
}

/** Copies the first n elements. Four at a time: in V8 each turn of a loop costs as much as a copy. */
export function copyFew(from: FloatArray | MaskArray, to: FloatArray | MaskArray, n: number): void {
  const rest = n & 3;
  for (let i = 0; i < rest; i++) to[i] = from[i] as number;
  for (let i = rest; i < n; i += 4) {
    to[i] = from[i] as number;
    to[i + 1] = from[i + 1] as number;
    to[i + 2] = from[i + 2] as number;
    to[i + 3] = from[i + 3] as number;
  }
}

/** The same of elements elsewhere in both. */
function copyPart(
  from: FloatArray | MaskArray,
  start: number,
  to: FloatArray | MaskArray,
  at: number,
  n: number,
): void {
  if (start === 0 && at === 0) copyFew(from, to, n);
  else for (let i = 0; i < n; i++) to[at + i] = from[start + i] as number;
}

export class Stage {
  readonly address: number;
  readonly length: number;
  readonly #width: Width;
  /** All of it. */
  readonly all: FloatArray | MaskArray;
  /** The view of the last length that was copied out: mostly it is wanted again. */
  #part: FloatArray | MaskArray;

  constructor(buffer: ArrayBuffer, address: number, length: number, width: Width) {
    this.address = address;
    this.length = length;
    this.#width = width;
    this.all = width === 1 ? new Uint8Array(buffer, address, length) : new Float32Array(buffer, address, length);
    this.#part = this.all;
  }

  /** The first n elements. */
  first(n: number): FloatArray | MaskArray {
    if (this.#part.length !== n) this.#part = this.all.subarray(0, n);
    return this.#part;
  }

  /** Copies in n elements of x from `start` on, to `at`. */
  put(x: FloatArray | MaskArray, start: number, n: number, at = 0): void {
    if (n <= FEW) copyPart(x, start, this.all, at, n);
    else this.all.set(partOf(x, start, n, this.#width), at);
  }

  /** Copies out n elements from `at` on to x, from `start` on. */
  get(x: FloatArray | MaskArray, start: number, n: number, at = 0): void {
    if (n <= FEW) copyPart(this.all, at, x, start, n);
    else x.set(at === 0 ? this.first(n) : this.all.subarray(at, at + n), start);
  }
}
