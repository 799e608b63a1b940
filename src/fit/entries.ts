/** The entries of a table: cubics, as assembly/math/entries.ts packs them, fitted to samples of the caller's function. */
import type { Sampled } from "../model/curve.ts";

/** Words of an entry: hi, c1, c2, and one that is c3 and lo. */
export const WORDS = 4;
/** Bits of its last word that are lo. */
const LOW_BITS = 13;

/** Samples of a grid: from the first to the last point, two to the step. */
export interface Samples {
  readonly first: number;
  readonly step: number;
  readonly values: Float64Array;
}

/** f at a grid of so many points, 4 or more. */
export function sample(f: Sampled, first: number, step: number, points: number): Samples {
  const values = new Float64Array(2 * points - 1);
  for (let i = 0; i < values.length; i++) values[i] = f(first + (i * step) / 2);
  return { first, step, values };
}

const word = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(4));

function bitsOf(y: number): number {
  word.setFloat32(0, y);
  return word.getInt32(0);
}

function floatOf(bits: number): number {
  word.setInt32(0, bits);
  return word.getFloat32(0);
}

/** Writes an entry: the value at its centre, c3, and what c1 and c2 are when c3 is rounded and the value is what it is. */
function pack(
  entries: Float32Array,
  at: number,
  center: number,
  c3: number,
  rest: (start: number, cubic: number) => readonly [number, number],
): void {
  const hi = Math.fround(center);
  const lo = (bitsOf(center - hi) + (1 << (31 - LOW_BITS))) >>> (32 - LOW_BITS);
  const start = hi + floatOf(lo << (32 - LOW_BITS));
  const last = ((bitsOf(c3) + (1 << (LOW_BITS - 1))) & -(1 << LOW_BITS)) | lo;
  const [c1, c2] = rest(start, floatOf(last));
  entries[at] = hi;
  entries[at + 1] = c1;
  entries[at + 2] = c2;
  new Int32Array(entries.buffer, entries.byteOffset)[at + 3] = last;
}

/** A cell that is used on both sides of its centre, w from it on each. */
function fitInner(entries: Float32Array, at: number, s: Float64Array, i: number, w: number): void {
  const center = s[i] as number;
  const [farDown, nearDown, nearUp, farUp] = [s[i - 2], s[i - 1], s[i + 1], s[i + 2]] as [
    number,
    number,
    number,
    number,
  ];
  const square = w * w;
  const oddNear = (0.5 * (nearUp - nearDown)) / w;
  const oddFar = (0.25 * (farUp - farDown)) / w;
  const evenNear = (0.5 * (nearUp + nearDown) - center) / square;
  const evenFar = (0.125 * (farUp + farDown) - 0.25 * center) / square;
  const c3 = (oddFar - oddNear) / (3 * square);
  const c4 = (evenFar - evenNear) / (3 * square);
  pack(entries, at, center, c3, (start, cubic) => [
    // d^3 is nearest to 0.75 w^2 d, d^4 to 0.828 w^2 d^2: so the errors are as large inside as at the ends.
    oddNear - c3 * square + (c3 - cubic) * 0.75 * square,
    evenNear + (0.828 - 1) * c4 * square + (center - start) / square,
  ]);
}

/** A cell at an end, used on one side only: towards is 1 or -1. */
function fitOuter(entries: Float32Array, at: number, s: Float64Array, i: number, w: number, towards: number): void {
  const value = (k: number) => s[i + k * towards] as number;
  const first = [0, 1, 2, 3].map((k) => value(k + 1) - value(k));
  const second = [0, 1, 2].map((k) => (first[k + 1] as number) - (first[k] as number));
  const third = [0, 1].map((k) => (second[k + 1] as number) - (second[k] as number));
  const [d1, d2, d3] = [first[0], second[0], third[0]] as [number, number, number];
  const d4 = (third[1] as number) - d3;
  const u = w * towards;
  // Through five points, in steps of u; then the fourth power by those below, nearest between 0 and u.
  const c4 = d4 / 24;
  const c3 = (d3 / 6 - d4 / 4 + 1.9 * c4) / u ** 3;
  const c2 = (d2 / 2 - d3 / 2 + (11 * d4) / 24 - 1.0625 * c4) / u ** 2;
  const c1 = (d1 - d2 / 2 + d3 / 3 - d4 / 4 + 0.1625 * c4) / u;
  pack(entries, at, value(0), c3, (_start, cubic) => [c1 - (c3 - cubic) * 0.5 * u * u, c2 + (c3 - cubic) * 1.5 * u]);
}

/** A line that is not in the entries whose centres are within a width of 0. */
export interface Line {
  readonly slope: number;
  readonly width: number;
}

/**
 * Writes the entries of a grid, from the one of number `at` on, each times `factor`; the first and the last are used on one side only. Zeros
 * are +0: a line that one is subtracted from keeps its sign.
 */
export function fitGrid(entries: Float32Array, at: number, samples: Samples, factor: number, line?: Line): void {
  const { first, step, values } = samples;
  const whole = values.map((y) => y * factor + 0);
  const slope = line?.slope ?? 0;
  const rest = line ? values.map((y, i) => (y - slope * (first + (i * step) / 2)) * factor + 0) : whole;
  const w = 0.5 * step;
  const last = values.length - 1;
  for (let i = 0; i <= last; i += 2) {
    const chosen = line && Math.abs(first + i * w) < line.width ? rest : whole;
    const place = (at + i / 2) * WORDS;
    if (i === 0) fitOuter(entries, place, chosen, i, w, 1);
    else if (i === last) fitOuter(entries, place, chosen, i, w, -1);
    else fitInner(entries, place, chosen, i, w);
  }
}

/** Makes y the value of the whole of an entry. */
export function constant(entries: Float32Array, at: number, y: number): void {
  entries.fill(0, at * WORDS, (at + 1) * WORDS);
  entries[at * WORDS] = y;
}
