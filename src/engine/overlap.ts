/**
 * How two arrays lie to each other in memory.
 *
 * The offsets are compared first: the getter of `buffer` is slow, and makes V8 move a small array out of its heap.
 */
import type { FloatArray, MaskArray } from "../model/arrays.ts";

type AnyArray = FloatArray | MaskArray;

/** True where writing `out` from the front could change elements of `x` that are yet to be read. */
export function runsAhead(out: AnyArray, x: AnyArray): boolean {
  return out.byteOffset > x.byteOffset && out.byteOffset < x.byteOffset + x.byteLength && out.buffer === x.buffer;
}

/** True where they share elements, but not each element with itself. */
export function isShifted(out: AnyArray, x: AnyArray): boolean {
  return runsAhead(out, x) || runsAhead(x, out);
}

/**
 * True where they may be shifted and nothing can tell: two SharedArrayBuffer objects may stand for the same memory.
 * At equal offsets each element would at worst share its place with itself.
 */
export function mayBeShifted(out: AnyArray, x: AnyArray): boolean {
  return out.byteOffset !== x.byteOffset && areTwoShared(out.buffer, x.buffer);
}

/** True where they share elements, as far as can be told. */
export function doOverlap(out: AnyArray, x: AnyArray): boolean {
  return (x.byteOffset === out.byteOffset && x.buffer === out.buffer) || isShifted(out, x);
}

/** True where arrays of different shapes overlap in any way, or nothing can tell. */
export function mayOverlap(out: AnyArray, x: AnyArray): boolean {
  return doOverlap(out, x) || areTwoShared(out.buffer, x.buffer);
}

/** x itself, or a copy where writing `out`, of the same shape, could change what is still to be read. */
export function apart<A extends AnyArray>(x: A, out: AnyArray): A {
  return isShifted(out, x) || mayBeShifted(out, x) ? copyOf(x) : x;
}

/** The same where the shapes differ: any overlap counts. */
export function clear<A extends AnyArray>(x: A, out: AnyArray): A {
  return mayOverlap(out, x) ? copyOf(x) : x;
}

function copyOf<A extends AnyArray>(x: A): A {
  return (x.BYTES_PER_ELEMENT === 1 ? new Uint8Array(x) : new Float32Array(x)) as A;
}

function areTwoShared(first: ArrayBufferLike, second: ArrayBufferLike): boolean {
  return first !== second && isShared(first) && isShared(second);
}

/** By its tag: a buffer of another realm is no instance of the SharedArrayBuffer of this one. */
function isShared(buffer: ArrayBufferLike): boolean {
  return Object.prototype.toString.call(buffer) === "[object SharedArrayBuffer]";
}
