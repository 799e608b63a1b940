/**
 * From samples of a function to a curve of one or two grids, for the loops of assembly/curves.ts.
 */
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
import type { Ends, Plan, Shape } from "./plan.ts";
import { widthOf } from "./root.ts";

/** Words of the descriptor that these curves alone have. */
const MAGIC = 2;
const SPLIT = 3;
const TO_TAIL = 4;
const ROOT = 5;
const WIDTH = 6;
const SLOPE = 7;
const TO_ROOT = 8;

/**
 * A grid in the table: its step is 2^-bits, and the entry of number `offset` + n has its centre n
 * steps from 0, or from the root.
 */
interface Placed {
  readonly bits: number;
  readonly offset: number;
}

/** The loops of assembly/curves.ts. */
const LOOPS: Readonly<Record<Shape, string>> = {
  flat: "flatCurve",
  gate: "sampledGate",
  evenSlope: "evenTailSlope",
  slope: "gateSlope",
};

class GridCurve implements Curve {
  readonly loop: string;
  readonly isSlope: boolean;
  readonly bytes: Uint8Array;
  readonly #main: Placed;
  readonly #tail: Placed;
  readonly #root: Placed;

  constructor(shape: Shape, bytes: Uint8Array, main: Placed, tail: Placed, root: Placed) {
    this.loop = LOOPS[shape];
    this.isSlope = shape === "slope" || shape === "evenSlope";
    this.bytes = bytes;
    this.#main = main;
    this.#tail = tail;
    this.#root = root;
  }

  place(memory: ArrayBuffer, address: number): void {
    const table = placeTable(memory, address);
    const floats = new Float32Array(memory, address, HEAD_BYTES / 4);
    const words = new Int32Array(memory, address, HEAD_BYTES / 4);
    const bitsOfMagic = ({ bits, offset }: Placed) => {
      floats[MAGIC] = magic(table, bits, offset);
      return words[MAGIC] as number;
    };
    const [tail, root, main] = [this.#tail, this.#root, this.#main].map(bitsOfMagic) as [number, number, number];
    words[TO_TAIL] = tail ^ main;
    words[TO_ROOT] = root ^ main;
  }
}

/** Samples f, and makes its curve. */
export function fitGrids(f: Sampled, planned: Plan, { left, right, isEven }: Ends): Curve {
  const { shape, lo, hi, grid, line, root, scale } = planned;
  const words = new Float32Array(TABLE_BYTES / 4);
  const entries = new Entries(words.buffer, HEAD_BYTES);
  const factor = shape === "gate" ? -scale : scale;
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

  /**
   * An end where cubics have no numbers: beyond the float32 ones, or below, though 0 has a sign
   * there all the same.
   */
  const finish = ({ slope, offset }: End, at: number, entry: number) => {
    if (slope !== 0) return;
    if (Math.abs(offset) === Infinity) entries.constant(entry, Math.sign(factor) * offset);
    const y = f(at);
    // Not of a gradient: dy may bring the least number back into sight.
    const isBelow = (shape === "flat" || shape === "gate") && (y < 0 || Object.is(y, -0));
    if (offset === 0) entries.constant(entry, isBelow ? -Math.sign(factor) * 2 ** -149 : 0);
  };
  finish(left, lo, leftmost);
  if (!isEven) finish(right, hi, mainCount - 1);

  let around = main;
  words[ROOT] = Infinity;
  words[WIDTH] = line?.width ?? -1;
  words[SLOPE] = (line?.slope ?? 0) * scale;
  if (root) {
    const { x, slope, bits } = root;
    const step = 2 ** -bits;
    const count = root.left + root.right + 1;
    const rest = (t: number) => f(t) - slope * (t - x);
    entries.fit(used, sample(rest, x - root.left * step, step, count), factor);
    words[ROOT] = x;
    words[WIDTH] = widthOf(root);
    words[SLOPE] = slope * scale;
    around = { bits, offset: used + root.left };
    used += count;
  }
  words[LO] = lo;
  words[HI] = hi;
  words[SPLIT] = start;
  words[UNSCALE] = 1 / scale;
  writeEnd(words, LEFT_END, left, lo);
  writeEnd(words, RIGHT_END, right, hi);
  const bytes = new Uint8Array(words.buffer.slice(0, HEAD_BYTES + used * WORDS * 4));
  return new GridCurve(shape, bytes, main, tail, around);
}
