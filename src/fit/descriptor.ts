/**
 * What stands before the entries of a table: see assembly/math/curve.ts and assembly/segments.ts.
 */
import type { End } from "./ends.ts";

/** Bytes of a table at most, and of what stands before its entries. */
export const TABLE_BYTES = 65536;
export const HEAD_BYTES = 128;

/** Words of the descriptor, by number. */
export const LO = 0;
export const HI = 1;
export const UNSCALE = 9;
export const LEFT_END = 16;
export const RIGHT_END = 20;
const TABLE = 10;
const MASK = 11;

/** What x = ±Infinity needs, too: its product with 0 is NaN. The line is x itself all the same. */
const LITTLE = 2 ** -40;

/** The float32 next to a number on the side of 0, so that the rest has its sign. */
function short(x: number): number {
  const y = Math.fround(x);
  return Math.abs(y) > Math.abs(x) ? Math.fround(x * (1 - 2 ** -24)) : y;
}

/** A line as the loops have it: where it begins, slope, rest, offset. */
export function writeLine(words: Float32Array, at: number, border: number, slope: number, offset: number): void {
  const high = short(slope);
  words.set([border, high, slope - high || high * LITTLE, offset], at);
}

/** The end of a function as the loops over grids have it: their cells are constant where f is. */
export function writeEnd(words: Float32Array, at: number, { slope, offset }: End, border: number): void {
  if (slope === 0) words[at] = Number.NaN;
  else writeLine(words, at, border, slope, offset);
}

/**
 * What is added to x for it to be rounded to a multiple of 2^-bits, and to have the address of
 * entry `offset` plus that in its last bits.
 */
export const magic = (table: number, bits: number, offset: number) => (12582912 + offset + table / 16) * 2 ** -bits;

/** Writes where a table lies; its entries' address. */
export function placeTable(memory: ArrayBuffer, address: number): number {
  const words = new Int32Array(memory, address, HEAD_BYTES / 4);
  words[TABLE] = address + HEAD_BYTES;
  words[MASK] = (address | (TABLE_BYTES - 1)) & ~15;
  return address + HEAD_BYTES;
}
