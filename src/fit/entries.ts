/**
 * The entries of a table: cubics, as assembly/math/entries.ts packs them, fitted to samples of the
 * caller's function.
 */
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

/** A line that is not in the entries whose centres are within a width of 0. */
export interface Line {
  readonly slope: number;
  readonly width: number;
}

/**
 * The entries of a table. Each is written in two steps, with its own words to turn floats into bits
 * and back: calls, and numbers kept in fields, take long before they are compiled, and that is when
 * most tables are made.
 */
export class Entries {
  readonly #floats: Float32Array;
  readonly #words: Int32Array;

  constructor(buffer: ArrayBuffer, start: number) {
    this.#floats = new Float32Array(buffer, start);
    this.#words = new Int32Array(buffer, start);
  }

  /**
   * Writes the value at the centre and c3, both as they can be: c1 and c2 are to be fitted around
   * that. In place of c1 stands lo for now.
   */
  #open(at: number, center: number, c3: number): void {
    const floats = this.#floats;
    const words = this.#words;
    floats[at] = center;
    floats[at + 1] = center - (floats[at] as number);
    const lo = ((words[at + 1] as number) + (1 << (31 - LOW_BITS))) >>> (32 - LOW_BITS);
    words[at + 1] = lo << (32 - LOW_BITS);
    floats[at + 3] = c3;
    words[at + 3] = (((words[at + 3] as number) + (1 << (LOW_BITS - 1))) & -(1 << LOW_BITS)) | lo;
  }

  /** A cell that is used on both sides of its centre, sample i, w from it on each. */
  #fitCell(index: number, s: Float64Array, i: number, w: number): void {
    const center = s[i] as number;
    const nearDown = s[i - 1] as number;
    const nearUp = s[i + 1] as number;
    const farDown = s[i - 2] as number;
    const farUp = s[i + 2] as number;
    const square = w * w;
    const oddNear = (0.5 * (nearUp - nearDown)) / w;
    const oddFar = (0.25 * (farUp - farDown)) / w;
    const evenNear = (0.5 * (nearUp + nearDown) - center) / square;
    const evenFar = (0.125 * (farUp + farDown) - 0.25 * center) / square;
    const c3 = (oddFar - oddNear) / (3 * square);
    const c4 = (evenFar - evenNear) / (3 * square);
    const at = index * WORDS;
    this.#open(at, center, c3);
    const floats = this.#floats;
    const start = (floats[at] as number) + (floats[at + 1] as number);
    // d^3 is nearest to 0.75 w^2 d, d^4 to 0.828 w^2 d^2: so the errors are as large inside as at
    // the ends.
    floats[at + 1] = oddNear - c3 * square + (c3 - (floats[at + 3] as number)) * 0.75 * square;
    floats[at + 2] = evenNear + (0.828 - 1) * c4 * square + (center - start) / square;
  }

  /** A cell at an end, used on one side only: towards is 1 or -1. */
  #fitEnd(index: number, s: Float64Array, i: number, w: number, towards: number): void {
    const values = [0, 1, 2, 3, 4].map((k) => s[i + k * towards] as number);
    const differences: number[] = [];
    for (let order = values.slice(); order.length > 1; ) {
      order = order.slice(1).map((y, k) => y - (order[k] as number));
      differences.push(order[0] as number);
    }
    const [d1, d2, d3, d4] = differences as [number, number, number, number];
    const u = w * towards;
    // Through five points, in steps of u; then the fourth power by those below, nearest between 0
    // and u.
    const c4 = d4 / 24;
    const c3 = (d3 / 6 - d4 / 4 + 1.9 * c4) / u ** 3;
    const c2 = (d2 / 2 - d3 / 2 + (11 * d4) / 24 - 1.0625 * c4) / u ** 2;
    const c1 = (d1 - d2 / 2 + d3 / 3 - d4 / 4 + 0.1625 * c4) / u;
    const at = index * WORDS;
    this.#open(at, values[0] as number, c3);
    const left = c3 - (this.#floats[at + 3] as number);
    this.#floats[at + 1] = c1 - left * 0.5 * u * u;
    this.#floats[at + 2] = c2 + left * 1.5 * u;
  }

  /**
   * Fits the entries of a piece, each times `factor`, in steps of its grid; the samples reach a
   * step further on both sides.
   */
  fitInner(index: number, values: Float64Array, factor: number): void {
    const scaled = values.map((y) => y * factor);
    for (let i = 2; i < values.length - 2; i += 2) this.#fitCell(index + i / 2 - 1, scaled, i, 0.5);
  }

  /**
   * Fits the entries of a grid, from the one of this index on, each times `factor`; the first and
   * the last are used on one side only. Zeros are +0: a line that one is subtracted from keeps its
   * sign.
   */
  fit(index: number, { first, step, values }: Samples, factor: number, line?: Line): void {
    const slope = line?.slope ?? 0;
    const whole = new Float64Array(values.length);
    const rest = line ? new Float64Array(values.length) : whole;
    for (let i = 0; i < values.length; i++) {
      const y = values[i] as number;
      if (line) rest[i] = (y - slope * (first + (i * step) / 2)) * factor + 0;
      whole[i] = y * factor + 0;
    }
    const w = 0.5 * step;
    const last = values.length - 1;
    for (let i = 0; i <= last; i += 2) {
      const chosen = line && Math.abs(first + i * w) < line.width ? rest : whole;
      if (i === 0 || i === last) this.#fitEnd(index + i / 2, chosen, i, w, i === 0 ? 1 : -1);
      else this.#fitCell(index + i / 2, chosen, i, w);
    }
  }

  /** Makes y the value of the whole of an entry. */
  constant(index: number, y: number): void {
    this.#floats.fill(0, index * WORDS, (index + 1) * WORDS);
    this.#floats[index * WORDS] = y;
  }
}
