/** How two arrays lie to each other in memory. The offsets are compared first: the getter of `buffer` is slow. */
import type { FloatArray } from "./engine.ts";

/** True where writing `out` from the front could change elements of `x` that are yet to be read. */
export function runsAhead(out: FloatArray, x: FloatArray): boolean {
  return out.byteOffset > x.byteOffset && out.byteOffset < x.byteOffset + x.byteLength && out.buffer === x.buffer;
}

/** True where they share elements, but not each element with itself. */
export function isShifted(out: FloatArray, x: FloatArray): boolean {
  return runsAhead(out, x) || runsAhead(x, out);
}

/**
 * True where they may be shifted and nothing can tell: two SharedArrayBuffer objects may stand for the same memory. At equal
 * offsets each element would at worst share its place with itself.
 */
export function mayBeShifted(out: FloatArray, x: FloatArray): boolean {
  return out.byteOffset !== x.byteOffset && out.buffer !== x.buffer && isShared(out.buffer) && isShared(x.buffer);
}

/** x itself, or a copy where writing `out`, of the same shape, could change what is still to be read. */
export function apart(x: FloatArray, out: FloatArray): FloatArray {
  return isShifted(out, x) || mayBeShifted(out, x) ? x.slice() : x;
}

/** The same where the shapes differ: any overlap counts. */
export function clear(x: FloatArray, out: FloatArray): FloatArray {
  const { buffer } = x;
  const same = x.byteOffset === out.byteOffset && buffer === out.buffer;
  const unknown = buffer !== out.buffer && isShared(buffer) && isShared(out.buffer);
  return same || unknown || isShifted(out, x) ? x.slice() : x;
}

function isShared(buffer: ArrayBufferLike): boolean {
  return typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
}
