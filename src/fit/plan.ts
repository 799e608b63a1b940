/** From a look at a function to the table that is to be made of it. */
import type { Sampled, Wanted } from "../model/curve.ts";
import { type End, endOf, OVERFLOW } from "./ends.ts";
import type { Line } from "./entries.ts";
import { besideLine, type Grid, gridFor, outward, type Place, survey } from "./grid.ts";
import { REACH, type Root, rootAt, rootsOf, slopeAtZero, widthOf } from "./root.ts";

/**
 * So many that a table has room for them, and that the formula is asked for no more than 50,000
 * values, measurement included.
 */
const MOST_ENTRIES = 4080;
/** How many cells of the main grid around a root at 0 have its line. */
const LINED = 16;

/**
 * Constant at both ends, without a root; with a root at 0 at most. Of a gradient, constant at both
 * ends: even, without a root; with one at most, which has a grid of its own.
 */
export type Shape = "flat" | "gate" | "evenSlope" | "slope";

/** The grids of a table of a certain shape. */
interface Layout {
  readonly shape: Shape;
  readonly grid: Grid;
  /** The line of a gate with a root at 0. */
  readonly line?: Line | undefined;
  readonly root?: Root | undefined;
  readonly entries: number;
}

/** Where a function ends, and how it is to be called in messages. */
export interface Ends {
  readonly left: End;
  readonly right: End;
  readonly isEven: boolean;
  readonly what: string;
}

/** What is known of a function before it is sampled throughout. */
export interface Plan extends Layout {
  readonly lo: number;
  readonly hi: number;
  /** The entries are f times this. */
  readonly scale: number;
}

/** Why there is no table, as the end of a message. */
export type Refusal = string;

const text = (x: number) => String(Number(x.toPrecision(6)));

/** That the ends of a function are what a table can have: an end, or why there is none. */
function endFor(f: Sampled, side: number, wanted: Wanted): End | Refusal {
  const end = endOf(f, side, wanted);
  if (end) return end;
  const [name, given] = side < 0 ? (["from", wanted.from] as const) : (["to", wanted.to] as const);
  const x = (given ?? side * 2 ** 100) + side;
  const beyond = given === undefined ? "however far out" : `beyond ${name} = ${given}`;
  return (
    `the ${wanted.what} is neither constant, nor x, nor a line ${beyond} (${text(f(x))} at ${text(x)}), expected one of them; ` +
    `a formula of Math.${side < 0 ? "max(x, from)" : "min(x, to)"} is constant there`
  );
}

/** Whether f is even, where it is curved and beyond. */
function isEvenAround(f: Sampled, from: number, to: number): boolean {
  const far = Math.max(Math.abs(from), Math.abs(to), 1);
  const shares = Array.from({ length: 24 }, (_, i) => (i + 1.37) / 20);
  const places = [from, to, ...shares.flatMap((share) => [share * far, from + share * (to - from)])];
  return places.every((x) => f(x) === f(-x));
}

/** What has been seen of a function between its ends. */
export class Study {
  readonly f: Sampled;
  readonly from: number;
  readonly to: number;
  readonly places: readonly Place[];
  readonly roots: readonly number[];

  constructor(f: Sampled, from: number, to: number) {
    this.f = f;
    this.from = from;
    this.to = to;
    this.places = survey(f, from, to);
    this.roots = rootsOf(f, this.places, from, to);
  }

  #grid(places: readonly Place[], most: number, room = MOST_ENTRIES): Grid {
    return gridFor(places, this.from, this.to, room, most);
  }

  flat(): Layout {
    const grid = this.#grid(this.places, -Infinity);
    return { shape: "flat", grid, entries: grid.entries };
  }

  gate(): Layout {
    const { f, places, from, to, roots } = this;
    const slope = roots[0] === 0 ? slopeAtZero(f, from, to) : 0;
    const seen = besideLine(places, slope);
    const widthOn = (grid: Grid) => (slope === 0 ? 0 : LINED * 2 ** -grid.main);
    const most = widthOn(this.#grid(seen, Infinity));
    const grid = this.#grid(seen, slope === 0 ? Infinity : -most);
    const line = slope === 0 ? undefined : { slope, width: Math.min(most, widthOn(grid)) };
    return { shape: "gate", grid, line, entries: grid.entries };
  }

  evenSlope(): Layout {
    const grid = this.#grid(this.places, Infinity);
    return { shape: "evenSlope", grid, entries: grid.entries };
  }

  slope(): Layout {
    const { f, places, from, to } = this;
    const [at] = this.roots;
    if (at === undefined) return { ...this.evenSlope(), shape: "slope" };
    const room = MOST_ENTRIES - 2 * REACH - 1;
    const without = (x: number, width: number) =>
      places.map((place) => (Math.abs(place.x - x) < width ? { ...place, step: Infinity } : place));
    const root = rootAt(f, at, this.#grid(without(at, 0.2), Infinity, room).main, from, to);
    const width = widthOf(root);
    const grid = this.#grid(without(root.x, width), root.x - width, room);
    return { shape: "slope", grid, root, entries: grid.entries + root.left + root.right + 1 };
  }

  /** The layouts that serve, the fastest first. */
  *layouts({ left, right, isEven }: Ends, isGradient: boolean): Generator<Layout> {
    const [root, second] = this.roots;
    const isFlat = left.slope === 0 && right.slope === 0;
    if (isGradient) {
      if (isFlat && isEven && root === undefined) yield this.evenSlope();
      if (isFlat && !isEven && second === undefined) yield this.slope();
    } else if (!isEven) {
      if (isFlat && root === undefined) yield this.flat();
      if (root === undefined || root === 0) yield this.gate();
    }
  }

  /** What the entries are multiplied with, so that none is subnormal or Infinity. */
  scale(ends: readonly End[]): number {
    if (ends.some(({ slope, offset }) => slope === 0 && offset === 0)) return 2 ** 26;
    return this.places.some(({ y }) => Math.abs(y) > OVERFLOW / 2 ** 8) ? 2 ** -8 : 1;
  }
}

/** Looks for the ends of f. */
export function endsOf(f: Sampled, wanted: Wanted): Ends | Refusal {
  let right = endFor(f, 1, wanted);
  if (typeof right === "string") return right;
  let left = endFor(f, -1, wanted);
  if (typeof left === "string") return left;
  const isEven = isEvenAround(f, left.border, right.border);
  // The table covers what lies to the left of 0, and the end of the right is never met.
  if (isEven) right = { border: 0, slope: 0, offset: f(0) };
  // Not curved anywhere: the table covers a short stretch to the left of where the ends meet.
  if (left.border >= right.border) left = { ...left, border: right.border - 1 };
  return { left, right, isEven, what: wanted.what };
}

/** Plans a table of one or two grids; undefined where they do not serve. */
export function planGrids(study: Study, ends: Ends, isGradient: boolean): Plan | undefined {
  const { left, right, isEven } = ends;
  for (const layout of study.layouts(ends, isGradient)) {
    const { grid, entries } = layout;
    if (entries > MOST_ENTRIES) continue;
    // A cell that is Infinity throughout lies beyond.
    const beyond = ({ offset }: End, bits: number) => (Math.abs(offset) === Infinity ? 2 ** -bits : 0);
    return {
      ...layout,
      lo: outward(left.border - beyond(left, grid.tail), grid.tail, -1),
      hi: outward(right.border + beyond(right, grid.main), grid.main, 1),
      scale: study.scale(isEven ? [left] : [left, right]),
    };
  }
  return undefined;
}
