/** From a look at a function to the table that is to be made of it. */
import type { Sampled, Wanted } from "../model/curve.ts";
import { type End, endOf, OVERFLOW } from "./ends.ts";
import type { Line } from "./entries.ts";
import { besideLine, type Grid, gridFor, outward, type Place, survey } from "./grid.ts";
import { REACH, type Root, rootAt, rootsOf, slopeAtZero, widthOf } from "./root.ts";

/** So many that a table has room for them, and that the formula is asked for no more than 50,000 values, measurement included. */
const MOST_ENTRIES = 4080;
/** How many cells of the main grid around a root at 0 have its line. */
const LINED = 16;

/** Constant at both ends, without a root; a root at 0 at most, on the main grid; anything, a root having a grid of its own. */
export type Shape = "flat" | "gate" | "any";

/** The grids of a table of a certain shape. */
interface Layout {
  readonly shape: Shape;
  readonly grid: Grid;
  /** The line of a gate with a root at 0. */
  readonly line?: Line | undefined;
  readonly root?: Root | undefined;
  readonly entries: number;
}

/** What is known of a function before it is sampled throughout. */
export interface Plan extends Layout {
  readonly lo: number;
  readonly hi: number;
  readonly left: End;
  readonly right: End;
  readonly roots: readonly number[];
  readonly isEven: boolean;
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

function isEvenUpTo(f: Sampled, far: number): boolean {
  for (let i = 0; i < 24; i++) {
    const x = (far * (i + 1.37)) / 25;
    if (f(x) !== f(-x)) return false;
  }
  return true;
}

/** What has been seen of a function between its ends. */
class Study {
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

  #grid(places: readonly Place[], room: number, most: number, isCovered: (x: number) => boolean = () => false): Grid {
    return gridFor(places, this.from, this.to, room, most, isCovered);
  }

  flat(): Layout {
    const grid = this.#grid(this.places, MOST_ENTRIES, -Infinity);
    return { shape: "flat", grid, entries: grid.entries };
  }

  gate(): Layout {
    const { f, places, from, to, roots } = this;
    const slope = roots[0] === 0 ? slopeAtZero(f, from, to) : 0;
    const seen = besideLine(places, slope);
    const widthOn = (grid: Grid) => (slope === 0 ? 0 : LINED * 2 ** -grid.main);
    const most = widthOn(this.#grid(seen, MOST_ENTRIES, Infinity));
    const grid = this.#grid(seen, MOST_ENTRIES, slope === 0 ? Infinity : -most);
    const line = slope === 0 ? undefined : { slope, width: Math.min(most, widthOn(grid)) };
    return { shape: "gate", grid, line, entries: grid.entries };
  }

  any(): Layout {
    const { f, places, from, to, roots } = this;
    const [chosen] = roots;
    if (chosen === undefined) {
      const grid = this.#grid(places, MOST_ENTRIES, Infinity);
      return { shape: "any", grid, entries: grid.entries };
    }
    const room = MOST_ENTRIES - 2 * REACH - 1;
    const rough = this.#grid(places, room, Infinity, (x) => roots.some((root) => Math.abs(x - root) < 0.2));
    const root = rootAt(f, chosen, rough.main, from, to);
    const width = widthOf(root);
    const grid = this.#grid(places, room, root.x - width, (x) => Math.abs(x - root.x) < width);
    return { shape: "any", grid, root, entries: grid.entries + root.left + root.right + 1 };
  }

  /** The layouts that serve, the fastest first. */
  *layouts(isFlat: boolean, isEven: boolean, isGradient: boolean): Generator<Layout> {
    const [root] = this.roots;
    if (!isGradient && !isEven) {
      if (isFlat && root === undefined) yield this.flat();
      if (root === undefined || root === 0) yield this.gate();
    }
    yield this.any();
  }

  /** What the entries are multiplied with, so that none is subnormal or Infinity. */
  scale(ends: readonly End[]): number {
    if (ends.some(({ slope, offset }) => slope === 0 && offset === 0)) return 2 ** 26;
    return this.places.some(({ y }) => Math.abs(y) > OVERFLOW / 2 ** 8) ? 2 ** -8 : 1;
  }
}

/** Looks at f, and plans its table. */
export function plan(f: Sampled, wanted: Wanted, isGradient: boolean): Plan | Refusal {
  let right = endFor(f, 1, wanted);
  if (typeof right === "string") return right;
  let left = endFor(f, -1, wanted);
  if (typeof left === "string") return left;
  const isEven = isEvenUpTo(f, Math.max(Math.abs(left.border), Math.abs(right.border), 1));
  // The table covers what lies to the left of 0, and the end of the right is never met.
  if (isEven) right = { border: 0, slope: 0, offset: f(0) };
  // Not curved anywhere: the table covers a short stretch to the left of where the ends meet.
  if (left.border >= right.border) left = { ...left, border: right.border - 1 };

  const study = new Study(f, left.border, right.border);
  const isFlat = left.slope === 0 && right.slope === 0;
  let least: Layout | undefined;
  for (const layout of study.layouts(isFlat, isEven, isGradient)) {
    if (!least || layout.entries < least.entries) least = layout;
    if (layout.entries <= MOST_ENTRIES) break;
  }
  const { grid, entries } = least as Layout;
  if (entries > MOST_ENTRIES) {
    return (
      `the ${wanted.what} needs ${entries} cells from ${text(left.border)} to ${text(right.border)}, expected at most ${MOST_ENTRIES}; ` +
      "it is too steep, reaches too far or loses its digits for a table"
    );
  }
  // A cell that is Infinity throughout lies beyond.
  const beyond = ({ offset }: End, bits: number) => (Math.abs(offset) === Infinity ? 2 ** -bits : 0);
  return {
    ...(least as Layout),
    lo: outward(left.border - beyond(left, grid.tail), grid.tail, -1),
    hi: outward(right.border + beyond(right, grid.main), grid.main, 1),
    left,
    right,
    roots: study.roots,
    isEven,
    scale: study.scale(isEven ? [left] : [left, right]),
  };
}
