/**
 * A function cut into pieces by the upper bits of x, each with a grid of its own: what
 * assembly/segments.ts runs.
 */
import { bitsOf, fromBits } from "../math/ulp.ts";
import type { Sampled } from "../model/curve.ts";
import { type End, hasEnded, OVERFLOW, UNDERFLOW } from "./ends.ts";
import { bitsFor, placeAt } from "./grid.ts";
import type { Ends, Refusal } from "./plan.ts";

/**
 * Rows at most, and entries with rows: a table has room for them, and the formula is asked for no
 * more than 50,000 values.
 */
const [MOST_ROWS, MOST_ENTRIES] = [512, 4080];
/** Pieces to a power of two, as an exponent: as many as there is room for. */
const FINEST = 3;
/** What the cubic of a cell may be off, in ULP. */
const TOLERANCES = [0.01, 0.04, 0.15, 0.6, 1.2];
/** Where a piece is looked at: nearly at its ends. */
const PLACES = [0.06, 0.94];
/** How far beyond its piece a root is the centre of its cells, in pieces. */
const REACH = 0.25;
/** Nearer to 0 than this no float32 has all its digits. */
const LEAST = 126;

/** Where x has some upper bits, as far as f is curved there. */
interface Piece {
  /** Of its row. */
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly width: number;
  /** The root that is the centre of a cell; 0 if there is none. */
  readonly root: number;
  /** The largest step with which a cubic would be off by 1 ULP. */
  readonly step: number;
}

/**
 * The grid of a piece: cells with their centres at `root` plus `first` to `last` steps of 2^-bits.
 */
export interface Cells {
  readonly row: number;
  readonly root: number;
  readonly bits: number;
  readonly first: number;
  readonly last: number;
}

/** What is known of a function in pieces before it is sampled throughout. */
export interface PiecesPlan {
  /**
   * The number of x is its bits without the sign, shifted, less `first`; `side` is added where x <
   * 0.
   */
  readonly shift: number;
  readonly first: number;
  readonly numbers: number;
  readonly side: number;
  readonly rows: number;
  /** Nearer to 0 f is a line, on each side. */
  readonly near: number;
  readonly nearLeft: Omit<End, "border">;
  readonly nearRight: Omit<End, "border">;
  readonly cells: readonly Cells[];
  readonly scale: number;
}

/** The line that f is within x of 0, on that side of it. */
function lineNear(f: Sampled, x: number): Omit<End, "border"> | undefined {
  // At 0 itself f may be what it is on the other side; a 0 has the sign that it has there.
  const [beside, at] = [f(x * 2 ** -200), f(x < 0 ? -0 : 0)];
  const zero = Math.abs(beside) > UNDERFLOW ? beside : Math.abs(at) > UNDERFLOW ? 0 * beside : at;
  const slope = (f(x / 64) - zero) / (x / 64);
  // A product with 0 has a sign, too.
  const line = { slope, offset: slope === 0 || zero !== 0 ? zero : -0 };
  return [1, 0.7, 0.125].every((share) => hasEnded(f, share * x, line)) ? line : undefined;
}

/** The cells of a piece, as fine as it must be to be off by so much. */
function cellsOf({ row, from, to, width, root, step }: Piece, tolerance: number): Cells {
  // Beside a root results are smaller than where they have been looked at.
  const bits = Math.max(bitsFor(step * tolerance ** 0.25) + (root === 0 ? 0 : 1), 1 - Math.log2(width));
  const at = (x: number) => Math.round((x - root) * 2 ** bits);
  return { row, root, bits, first: at(from), last: at(to) };
}

/** Half as many pieces, each of two; undefined where two have roots of their own. */
function merged(pieces: readonly Piece[]): Piece[] | undefined {
  const byRow = new Map<number, Piece>();
  for (const piece of pieces) {
    const row = piece.row >> 1;
    const other = byRow.get(row);
    if (other && other.root !== 0 && piece.root !== 0 && other.root !== piece.root) return undefined;
    byRow.set(row, {
      row,
      from: Math.min(piece.from, other?.from ?? Infinity),
      to: Math.max(piece.to, other?.to ?? -Infinity),
      width: 2 * piece.width,
      root: piece.root || (other?.root ?? 0),
      step: Math.min(piece.step, other?.step ?? Infinity),
    });
  }
  return [...byRow.values()];
}

/** The fewest and finest cells: of pieces as they are, or of fewer. */
function chosen(all: readonly Piece[], rows: number, merges: number) {
  const levels: { pieces: readonly Piece[]; merges: number }[] = [{ pieces: all, merges: 0 }];
  for (let pieces = merged(all); pieces && levels.length <= merges; pieces = merged(pieces)) {
    levels.push({ pieces, merges: levels.length });
  }
  let found = { cells: [] as Cells[], merges: 0, entries: Infinity };
  for (const tolerance of TOLERANCES) {
    for (const { pieces, merges: count } of levels) {
      const cells = pieces.map((piece) => cellsOf(piece, tolerance));
      const entries = cells.reduce((sum, { first, last }) => sum + last - first + 1, rows >> count);
      if (entries < found.entries) found = { cells, merges: count, entries };
      if (entries <= MOST_ENTRIES) return found;
    }
  }
  return found;
}

/** Looks at f between its ends, and plans its pieces. */
export function planPieces(
  f: Sampled,
  { left, right, isEven, what }: Ends,
  roots: readonly number[],
): PiecesPlan | Refusal {
  const sides = isEven ? [-1] : [-1, 1];
  // Not where f is curved, if that is on one side of 0.
  const inner = Math.max(left.border, -right.border);
  let k = inner > 0 ? Math.max(1, Math.ceil(-Math.log2(inner))) : 1;
  const hasRoot = (x: number) => roots.some((root) => root !== 0 && Math.abs(root) <= x);
  while (k < LEAST && (hasRoot(2 ** -k) || !sides.every((side) => lineNear(f, side * 2 ** -k)))) k++;
  if (k === LEAST) return `the ${what} is no line near 0, however near, expected one, on each side`;
  const near = 2 ** -k;
  const far = bitsOf(Math.max(-left.border, isEven ? 0 : right.border, near));
  // As many pieces as there is room for; near is the first number of some even if they are merged.
  let shift = 23 - FINEST;
  let numbers = 0;
  for (; shift <= 23; shift++) {
    numbers = 2 ** Math.ceil(Math.log2((far >>> shift) - (bitsOf(near) >>> shift) + 1));
    if (sides.length * numbers <= MOST_ROWS) break;
  }
  const first = bitsOf(near) >>> shift;

  const pieces: Piece[] = [];
  // Between the ends there is room for the samples by which the others beyond them go on.
  const widest = (right.border - left.border) / 4;
  let most = 0;
  for (const side of sides) {
    for (let number = 0; number < numbers; number++) {
      const [inner, outer] = [fromBits((first + number) << shift), fromBits((first + number + 1) << shift)];
      const from = Math.max(side < 0 ? -outer : inner, left.border);
      const to = Math.min(side < 0 ? -inner : outer, right.border);
      const width = outer - inner;
      if (!(from < to)) continue;
      const middle = (from + to) / 2;
      const reach = (to - from) / 2 + REACH * width;
      const beside = roots.filter((root) => root !== 0 && Math.abs(root - middle) < reach);
      const root = beside.reduce((a, b) => (Math.abs(b - middle) < Math.abs(a - middle) ? b : a), beside[0] ?? 0);
      const places = PLACES.map((share) => placeAt(f, from + share * (to - from), (to - from) / 40));
      most = Math.max(most, ...places.map(({ y }) => Math.abs(y)));
      const steps = places.map(({ y, step }) => (Math.abs(y) <= UNDERFLOW ? Infinity : step));
      const row = number + (side < 0 && !isEven ? numbers : 0);
      pieces.push({ row, from, to, width, root: Math.fround(root), step: Math.min(...steps, width, widest) });
    }
  }

  const rows = sides.length * numbers;
  const { cells, merges, entries } = chosen(pieces, rows, 23 - shift);
  if (entries > MOST_ENTRIES) {
    return (
      `the ${what} needs ${entries} cells from ${left.border} to ${right.border}, expected at most ${MOST_ENTRIES}; ` +
      "it is too steep, reaches too far or loses its digits for a table"
    );
  }
  return {
    shift: shift + merges,
    first: first >> merges,
    numbers: numbers >> merges,
    side: isEven ? 0 : numbers >> merges,
    rows: rows >> merges,
    near,
    nearLeft: lineNear(f, -near) as Omit<End, "border">,
    nearRight: (isEven ? lineNear(f, -near) : lineNear(f, near)) as Omit<End, "border">,
    cells,
    // None of the entries is subnormal, or Infinity.
    scale: most < OVERFLOW / 2 ** 30 ? 2 ** 26 : 2 ** -8,
  };
}
