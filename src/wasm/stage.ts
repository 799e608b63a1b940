/** A piece of memory of an instance, through which arrays that lie elsewhere are copied. */
import { Half, isHalf } from "../engine/kinds.ts";
import type { FloatArray, HalfArray, MaskArray } from "../model/arrays.ts";

/** Elements of a stage of the main instance, and so of a slab that is staged as a whole. */
export const WHOLE = 65536;
/**
 * Elements of a piece that stays in the first-level cache. A multiple of the 16 that kernels take
 * at a time along a row.
 */
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

/**
 * Copies the first n elements. Four at a time: in V8 each turn of a loop costs as much as a copy.
 */
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

/** Of the module: float16 to float32 and back, from one address to another. */
export interface Conversions {
  widen(from: number, to: number, n: number): void;
  narrow(from: number, to: number, n: number): void;
}

export class Stage {
  readonly address: number;
  readonly length: number;
  readonly #width: Width;
  /** All of it. */
  readonly all: FloatArray | MaskArray;
  /** The view of the last length that was copied out: mostly it is wanted again. */
  #part: FloatArray | MaskArray;
  readonly #convert: Conversions;
  /** The same memory as float16, made when the first of these comes. */
  #halves: HalfArray | undefined;

  constructor(buffer: ArrayBuffer, address: number, length: number, width: Width, convert: Conversions) {
    this.#convert = convert;
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
    else if (isHalf(x)) this.#putHalves(x, start, n, at);
    else this.all.set(partOf(x, start, n, this.#width), at);
  }

  /** Copied to the end of where they will be as float32, and widened from there. */
  #putHalves(x: HalfArray, start: number, n: number, at: number): void {
    const part = n === x.length ? x : new Half(x.buffer, x.byteOffset + 2 * start, n);
    this.#asHalves().set(part, 2 * at + n);
    const to = this.address + 4 * at;
    this.#convert.widen(to + 2 * n, to, n);
  }

  /** Narrowed in place, and copied from there. */
  #getHalves(x: HalfArray, start: number, n: number, at: number): void {
    const from = this.address + 4 * at;
    this.#convert.narrow(from, from, n);
    x.set(this.#asHalves().subarray(2 * at, 2 * at + n), start);
  }

  #asHalves(): HalfArray {
    this.#halves ??= new Half(this.all.buffer, this.address, 2 * this.length);
    return this.#halves;
  }

  /** Copies out n elements from `at` on to x, from `start` on. */
  get(x: FloatArray | MaskArray, start: number, n: number, at = 0): void {
    if (n <= FEW) copyPart(this.all, at, x, start, n);
    else if (isHalf(x)) this.#getHalves(x, start, n, at);
    else x.set(at === 0 ? this.first(n) : this.all.subarray(at, at + n), start);
  }
}
