/** What the passes of an op read and write, and which end of its rows a piece has. */

/**
 * Bits of `edge`: the piece holds the first, the last elements of its rows, in the last pass only
 * the first.
 */
export const FIRST: i32 = 1;
export const LAST: i32 = 2;

/**
 * What a pass reads and writes, 4 bits a pass from the lowest on: a, b, `out` in the place of a,
 * and `out`.
 */
export const READS_A: i32 = 1;
export const READS_B: i32 = 2;
export const READS_OUT: i32 = 4;
export const WRITES: i32 = 8;

/** Some pass of an op reads b. */
export const PAIRS = 0x222;

/** The last pass reads nothing. */
export function reduces(traffic: i32): bool {
  return traffic >> ((31 - clz(traffic)) & ~3) === WRITES;
}

/** The same with options: the first pass writes the adjusted elements, which the others read. */
export function adjustedTraffic(traffic: i32): i32 {
  if (traffic & PAIRS || reduces(traffic)) return traffic;
  const later = traffic & 0x11111110;
  return (traffic - later) | (later << 2) | WRITES;
}
