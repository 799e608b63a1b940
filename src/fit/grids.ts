/** From samples of a function to a curve of one or two grids, for the loops of assembly/curves.ts. */
import type { Curve, Sampled } from "../model/curve.ts";
import {
  HEAD_BYTES,
  HI,
  LEFT_END,
  LO,
  magic,
  placeTable,
  RIGHT_END,
  TABLE_BYTES,
  UNSCALE,
  writeEnd,
} from "./descriptor.ts";
import type { End } from "./ends.ts";
import { Entries, sample, WORDS } from "./entries.ts";
import type { Ends, Plan } from "./plan.ts";

/** Words of the descriptor that these curves alone have. */
const MAGIC = 2;
const SPLIT = 3;
const TO_TAIL = 4;
const WIDTH = 6;
const SLOPE = 7;

/** A grid in the table: its step is 2^-bits, and the entry of number `offset` + n has its centre n steps from 0. */
interface Placed {
  readonly bits: number;
  readonly offset: number;
}

class GridCurve implements Curve {
  readonly isSlope = false;
  readonly loop: string;
  readonly bytes: Uint8Array;
  readonly #main: Placed;
  readonly #tail: Placed;

  constructor(loop: string, bytes: Uint8Array, main: Placed, tail: Placed) {
    this.loop = loop;
    this.bytes = bytes;
    this.#main = main;
    this.#tail = tail;
  }

  place(memory: ArrayBuffer, address: number): void {
    const table = placeTable(memory, address);
    const floats = new Float32Array(memory, address, HEAD_BYTES / 4);
    const words = new Int32Array(memory, address, HEAD_BYTES / 4);
    const bitsOfMagic = ({ bits, offset }: Placed) => {
      floats[MAGIC] = magic(table, bits, offset);
      return words[MAGIC] as number;
    };
    words[TO_TAIL] = bitsOfMagic(this.#tail) ^ bitsOfMagic(this.#main);
  }
}

/** The loops of assembly/curves.ts. */
const LOOPS = { flat: "flatCurve", gate: "sampledGate" };

/** Samples f, and makes its curve. */
export function fitGrids(f: Sampled, planned: Plan, { left, right }: Ends): Curve {
  const { shape, lo, hi, grid, line, scale } = planned;
  const words = new Float32Array(TABLE_BYTES / 4);
  const entries = new Entries(words.buffer, HEAD_BYTES);
  const factor = shape === "flat" ? scale : -scale;
  const start = Math.max(grid.split, lo);
  const mainFirst = Math.round(start * 2 ** grid.main);
  const mainCount = Math.round(hi * 2 ** grid.main) - mainFirst + 1;
  const main: Placed = { bits: grid.main, offset: -mainFirst };
  entries.fit(0, sample(f, start, 2 ** -grid.main, mainCount), factor, line);
  let used = mainCount;
  let leftmost = 0;
  let tail = main;
  if (start > lo) {
    const from = Math.round(lo * 2 ** grid.tail);
    const count = Math.round(start * 2 ** grid.tail) - from + 1;
    entries.fit(used, sample(f, lo, 2 ** -grid.tail, count), factor);
    tail = { bits: grid.tail, offset: used - from };
    leftmost = used;
    used += count;
  }

  /** An end where cubics have no numbers: beyond the float32 ones, or below, though 0 has a sign there all the same. */
  const finish = ({ slope, offset }: End, at: number, entry: number) => {
    if (slope !== 0) return;
    if (Math.abs(offset) === Infinity) entries.constant(entry, Math.sign(factor) * offset);
    const y = f(at);
    const isBelow = y < 0 || Object.is(y, -0);
    if (offset === 0) entries.constant(entry, isBelow ? -Math.sign(factor) * 2 ** -149 : 0);
  };
  finish(left, lo, leftmost);
  finish(right, hi, mainCount - 1);

  words[LO] = lo;
  words[HI] = hi;
  words[SPLIT] = start;
  words[WIDTH] = line?.width ?? -1;
  words[SLOPE] = (line?.slope ?? 0) * scale;
  words[UNSCALE] = 1 / scale;
  writeEnd(words, LEFT_END, left, lo);
  writeEnd(words, RIGHT_END, right, hi);
  const bytes = new Uint8Array(words.buffer.slice(0, HEAD_BYTES + used * WORDS * 4));
  return new GridCurve(LOOPS[shape], bytes, main, tail);
}
