/** How two arrays lie to each other in memory. */
import type { FloatArray } from "./engine.ts";

/** True where writing `out` from the front could change elements of `x` that are yet to be read. */
export function runsAhead(out: FloatArray, x: FloatArray): boolean {
  return (
    out.buffer === x.buffer && out.byteOffset > x.byteOffset && out.byteOffset < x.byteOffset + x.byteLength
  );
}

/** True where they share elements, but not each element with itself. */
export function isShifted(out: FloatArray, x: FloatArray): boolean {
  return runsAhead(out, x) || runsAhead(x, out);
}

/** Two SharedArrayBuffer objects may stand for the same memory, and nothing tells whether they do. */
export function mayAlias(out: FloatArray, x: FloatArray): boolean {
  return out.buffer !== x.buffer && isShared(out.buffer) && isShared(x.buffer);
}

function isShared(buffer: ArrayBufferLike): boolean {
  return typeof SharedArrayBuffer !== "undefined" && buffer instanceof SharedArrayBuffer;
}
