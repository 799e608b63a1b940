/**
 * How two arrays lie to each other in memory.
 *
 * The offsets are compared first: the getter of `buffer` is slow, and makes V8 move a small array
 * out of its heap.
 */
import type { FloatArray, MaskArray } from "../model/arrays.ts";

type AnyArray = FloatArray | MaskArray;

/**
 * True where they share elements, as far as can be told: two SharedArrayBuffer objects may stand
 * for the same memory.
 */
export function mayOverlap(out: AnyArray, x: AnyArray): boolean {
  const lead = out.byteOffset - x.byteOffset;
  return lead < x.byteLength && -lead < out.byteLength && mayBeOne(out.buffer, x.buffer);
}

/** True where writing `out` from the front could change elements of `x` that are yet to be read. */
export function runsAhead(out: AnyArray, x: AnyArray): boolean {
  return out.byteOffset > x.byteOffset && mayOverlap(out, x);
}

/** True where they may share elements, but not each element with itself. */
export function isShifted(out: AnyArray, x: AnyArray): boolean {
  return out.byteOffset !== x.byteOffset && mayOverlap(out, x);
}

/**
 * x itself, or a copy where writing `out`, of the same shape, could change what is still to be
 * read.
 */
export function apart<A extends AnyArray>(x: A, out: AnyArray): A {
  return isShifted(out, x) ? copyOf(x) : x;
}

/** The same where the shapes differ: any overlap counts. */
export function clear<A extends AnyArray>(x: A, out: AnyArray): A {
  return mayOverlap(out, x) ? copyOf(x) : x;
}

/** Of float16 a copy as float32, which reads the same. */
function copyOf<A extends AnyArray>(x: A): A {
  return (x.BYTES_PER_ELEMENT === 1 ? new Uint8Array(x) : new Float32Array(x)) as A;
}

function mayBeOne(first: ArrayBufferLike, second: ArrayBufferLike): boolean {
  return first === second || (isShared(first) && isShared(second));
}

/** By its tag: a buffer of another realm is no instance of the SharedArrayBuffer of this one. */
function isShared(buffer: ArrayBufferLike): boolean {
  return Object.prototype.toString.call(buffer) === "[object SharedArrayBuffer]";
}
