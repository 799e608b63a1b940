/** From samples of a function to a curve of pieces, for the loops of assembly/segments.ts. */
import { neighbour } from "../math/ulp.ts";
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
  writeLine,
} from "./descriptor.ts";
import type { End } from "./ends.ts";
import { Entries, type Samples, sample, WORDS } from "./entries.ts";
import type { Cells, PiecesPlan } from "./pieces.ts";
import type { Ends } from "./plan.ts";

/** Words of the descriptor that these curves alone have. */
const SHIFT = 2;
const FIRST = 3;
const NUMBERS = 4;
const SIDE = 5;
const FOLD = 15;
const NEAR = 24;
const NEAR_RIGHT = 28;

/** The words of a row: what rounds x to its grid, the root, and how many steps make 1. */
const [ROOT, STEPS] = [1, 2];

/** The cells of a piece, and the entry that the first of them has. */
interface Placed extends Cells {
  readonly entry: number;
}

class PiecesCurve implements Curve {
  readonly loop: string;
  readonly isSlope: boolean;
  readonly bytes: Uint8Array;
  readonly #pieces: readonly Placed[];

  constructor(isSlope: boolean, bytes: Uint8Array, pieces: readonly Placed[]) {
    this.loop = isSlope ? "piecesSlope" : "piecesCurve";
    this.isSlope = isSlope;
    this.bytes = bytes;
    this.#pieces = pieces;
  }

  place(memory: ArrayBuffer, address: number): void {
    const table = placeTable(memory, address);
    const floats = new Float32Array(memory, table);
    for (const { row, bits, entry, first } of this.#pieces) {
      floats[row * WORDS] = magic(table, bits, entry - first);
    }
  }
}

/**
 * From an end on, where f may bend or jump, the samples go on as before it: by the polynomial
 * through the next five, of which a piece that ends there may have less.
 */
function prolonged(f: Sampled, { first, step, values }: Samples, left: number, right: number): Float64Array {
  const result = values.slice();
  const at = (i: number) => first + (i * step) / 2;
  const next = (i: number, by: number) => {
    const [a, b, c, d, e] = [1, 2, 3, 4, 5].map((k) => result[i - k * by] ?? f(at(i - k * by))) as [
      number,
      number,
      number,
      number,
      number,
    ];
    result[i] = 5 * a - 10 * b + 10 * c - 5 * d + e;
  };
  for (let i = 0; i < result.length; i++) if (at(i) >= right) next(i, 1);
  for (let i = result.length - 1; i >= 0; i--) if (at(i) <= left) next(i, -1);
  return result;
}

/**
 * Samples f, and makes its curves: one for an f that may bend at its ends, one for an f that comes
 * to them as slowly as no polynomial does.
 */
export function* fitPieces(f: Sampled, planned: PiecesPlan, ends: Ends, isGradient: boolean): Generator<Curve> {
  const { left, right } = ends;
  // One more cell on both sides, which has no entry.
  const samples = planned.cells.map(({ root, bits, first, last }) =>
    sample(f, root + (first - 1) * 2 ** -bits, 2 ** -bits, last - first + 3),
  );
  const bent = samples.map((one) => prolonged(f, one, left.border, right.border));
  for (const values of [bent, samples.map((one) => one.values)]) yield fit(values, planned, ends, isGradient);
}

/** The curve of what was sampled of each piece. */
function fit(
  samples: readonly Float64Array[],
  planned: PiecesPlan,
  { left, right, isEven }: Ends,
  isGradient: boolean,
): Curve {
  const { cells, scale, rows } = planned;
  const words = new Float32Array(TABLE_BYTES / 4);
  const integers = new Int32Array(words.buffer);
  const entries = new Entries(words.buffer, HEAD_BYTES);
  let used = rows;
  const pieces = cells.map((piece, i): Placed => {
    const { row, root, bits, first, last } = piece;
    entries.fitInner(used, samples[i] as Float64Array, scale);
    words[HEAD_BYTES / 4 + row * WORDS + ROOT] = root;
    words[HEAD_BYTES / 4 + row * WORDS + STEPS] = 2 ** bits;
    const placed = { ...piece, entry: used };
    used += last - first + 1;
    return placed;
  });

  words[LO] = left.border;
  words[HI] = right.border;
  words[UNSCALE] = 1 / scale;
  integers[SHIFT] = planned.shift;
  integers[FIRST] = planned.first;
  integers[NUMBERS] = planned.numbers - 1;
  integers[SIDE] = planned.side;
  integers[FOLD] = isEven ? -0x80000000 : 0;
  // A slope is unscaled with the rest, at the end.
  const factor = isGradient ? scale : 1;
  const write = (at: number, border: number, { slope, offset }: Omit<End, "border">) =>
    writeLine(words, at, border, slope * factor, offset * factor);
  // Up to the border, where the loop looks for what is below a number.
  write(LEFT_END, neighbour(left.border, 1), left);
  write(RIGHT_END, isEven ? Infinity : right.border, right);
  write(NEAR, planned.near, planned.nearLeft);
  write(NEAR_RIGHT, planned.near, planned.nearRight);
  const bytes = new Uint8Array(words.buffer.slice(0, HEAD_BYTES + used * WORDS * 4));
  return new PiecesCurve(isGradient, bytes, pieces);
}
