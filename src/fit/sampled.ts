/** From samples of a function to a curve for the loops of assembly/curves.ts. */
import type { Curve, Sampled } from "../model/curve.ts";
import type { End } from "./ends.ts";
import { Entries, sample, WORDS } from "./entries.ts";
import type { Plan } from "./plan.ts";
import { widthOf } from "./root.ts";

/** Bytes of a table at most, and of what stands before its entries: see assembly/math/curve.ts. */
export const TABLE_BYTES = 65536;
const HEAD_BYTES = 128;

/** The words of the descriptor, by number. */
const LO = 0;
const HI = 1;
const MAGIC = 2;
const SPLIT = 3;
const TO_TAIL = 4;
const ROOT = 5;
const WIDTH = 6;
const SLOPE = 7;
const TO_ROOT = 8;
const UNSCALE = 9;
const TABLE = 10;
const MASK = 11;
const FOLD = 15;
const LEFT_END = 16;
const RIGHT_END = 20;

/** What x = ±Infinity needs, too: its product with 0 is NaN. The line is x itself all the same. */
const LITTLE = 2 ** -40;

/** A grid in the table: its step is 2^-bits, and the entry of number `offset` + n has its centre n steps from 0, or from the root. */
interface Placed {
  readonly bits: number;
  readonly offset: number;
}

class SampledCurve implements Curve {
  readonly loop: string;
  readonly isSlope: boolean;
  readonly bytes: Uint8Array;
  readonly #main: Placed;
  readonly #tail: Placed;
  readonly #root: Placed;

  constructor(loop: string, isSlope: boolean, bytes: Uint8Array, main: Placed, tail: Placed, root: Placed) {
    this.loop = loop;
    this.isSlope = isSlope;
    this.bytes = bytes;
    this.#main = main;
    this.#tail = tail;
    this.#root = root;
  }

  place(memory: ArrayBuffer, address: number): void {
    const floats = new Float32Array(memory, address, HEAD_BYTES / 4);
    const words = new Int32Array(memory, address, HEAD_BYTES / 4);
    const table = address + HEAD_BYTES;
    const magic = ({ bits, offset }: Placed) => {
      floats[MAGIC] = (12582912 + offset + table / 16) * 2 ** -bits;
      return words[MAGIC] as number;
    };
    const [toTail, toRoot, main] = [magic(this.#tail), magic(this.#root), magic(this.#main)];
    words[TO_TAIL] = toTail ^ main;
    words[TO_ROOT] = toRoot ^ main;
    words[TABLE] = table;
    words[MASK] = (address | (TABLE_BYTES - 1)) & ~15;
  }
}

/** The end of a function as the loop has it: where it begins, slope, rest, offset. */
function writeEnd(words: Float32Array, at: number, { slope, offset }: End, border: number): void {
  if (slope === 0) {
    words[at] = Number.NaN;
    return;
  }
  const high = Math.fround(slope);
  words.set([border, high, slope - high || high * LITTLE, offset], at);
}

/** The loops of assembly/curves.ts. */
const LOOPS = { flat: "flatCurve", gate: "sampledGate", any: "sampledCurve" };

/** Samples f, and makes its curve. */
export function fit(f: Sampled, planned: Plan, isGradient: boolean): Curve {
  const { shape, lo, hi, left, right, grid, root, line, isEven, scale } = planned;
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
    // Not in a gradient: dy may bring the least number back into sight.
    const isBelow = !isGradient && (y < 0 || Object.is(y, -0));
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
  new Int32Array(words.buffer)[FOLD] = isEven ? -0x80000000 : 0;
  writeEnd(words, LEFT_END, left, lo);
  writeEnd(words, RIGHT_END, right, hi);
  const bytes = new Uint8Array(words.buffer.slice(0, HEAD_BYTES + used * WORDS * 4));
  return new SampledCurve(isGradient ? "sampledSlope" : LOOPS[shape], isGradient, bytes, main, tail, around);
}
