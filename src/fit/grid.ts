/** How fine the grid of a table must be, and where its step changes. */
import { ulp32 } from "../math/ulp.ts";
import type { Sampled } from "../model/curve.ts";
import { UNDERFLOW } from "./ends.ts";

/** What the cubic of a cell may be off, in ULP, by its fourth derivative. */
const TOLERANCES = [0.09, 0.25, 0.6];
/** Places on each side of 0 where the fourth derivative is looked at. */
const PLACES = 96;
/** The finest and the coarsest step, as exponents of 2. */
const [FINEST, COARSEST] = [-16, 20];

/** A place, f there, and the largest step with which a cubic would be off by 1 ULP. */
export interface Place {
  readonly x: number;
  readonly y: number;
  readonly step: number;
}

/** From lo to hi, in order, more of them near 0. */
function placesBetween(lo: number, hi: number): number[] {
  const shares = Array.from({ length: PLACES }, (_, i) => (i + 0.5) / PLACES);
  if (lo >= 0 || hi <= 0) {
    const both = Array.from({ length: 2 * PLACES }, (_, i) => (i + 0.5) / (2 * PLACES));
    if (lo > 0 || hi < 0) return both.map((share) => lo + share * (hi - lo));
    return lo === 0 ? both.map((t) => hi * t ** 3) : both.map((t) => lo * t ** 3).reverse();
  }
  return [...shares.map((t) => lo * t ** 3).reverse(), ...shares.map((t) => hi * t ** 3)];
}

/** Looks at f at x, and at s and twice that on both sides. */
export function placeAt(f: Sampled, x: number, s: number): Place {
  const y = f(x);
  const near = f(x - s) + f(x + s);
  const far = f(x - 2 * s) + f(x + 2 * s);
  const fourth = Math.abs(far - 4 * near + 6 * y);
  // Noise of the formula itself tells nothing.
  const noise = 2 ** -50 * (Math.abs(y) + Math.abs(far));
  const step = s * ((3072 * ulp32(Math.max(Math.abs(y), UNDERFLOW))) / Math.max(fourth, noise, 1e-300)) ** 0.25;
  return { x, y, step };
}

/** Looks at f between two ends. */
export function survey(f: Sampled, lo: number, hi: number): Place[] {
  const s = 2 ** Math.min(-3, Math.floor(Math.log2((hi - lo) / 4096)));
  return placesBetween(lo, hi).map((x) => placeAt(f, x, s));
}

/** The same where a line of this slope through 0 makes up for what a cubic is off near it. */
export function besideLine(places: readonly Place[], slope: number): Place[] {
  const near = places.filter(({ x }) => Math.abs(x) < 0.5);
  const most = near.reduce((step, { y, step: own }) => {
    // In the cell of the root the error counts four times as much, beside a smaller result.
    const ratio = (2 ** -26 * Math.abs(slope)) / ulp32(Math.max(Math.abs(y), UNDERFLOW));
    return Math.min(step, (ratio * own ** 4) ** (1 / 3));
  }, 1);
  return places.map((place) => (Math.abs(place.x) < most ? { ...place, step: Math.max(place.step, most) } : place));
}

/**
 * Two grids: to the left of `split`, a multiple of the coarser step, one of step 2^-tail, else of
 * step 2^-main.
 */
export interface Grid {
  readonly split: number;
  readonly tail: number;
  readonly main: number;
  readonly entries: number;
}

/** A step as a power of two, no larger: 2^-bits. */
export const bitsFor = (step: number) => -Math.floor(Math.log2(step));

const bitsWithin = (step: number) => Math.min(Math.max(bitsFor(step), -COARSEST), -FINEST);

/** Ends as multiples of the step, outwards. */
export function outward(x: number, bits: number, side: number): number {
  const whole = x * 2 ** bits;
  // What is a hair beyond a multiple is meant to be it.
  const near = Math.round(whole);
  if (Math.abs(whole - near) < 2 ** -8) return near / 2 ** bits;
  return (side < 0 ? Math.floor(whole) : Math.ceil(whole)) / 2 ** bits;
}

/** The least step of the places before each one, and from each one on. */
interface Minima {
  readonly before: readonly number[];
  readonly from: readonly number[];
}

function minimaOf(places: readonly Place[]): Minima {
  const steps = places.map(({ y, step }) => (Math.abs(y) <= UNDERFLOW ? Infinity : step));
  const [before, from] = [[Infinity], [...steps, Infinity]];
  for (const step of steps) before.push(Math.min(before.at(-1) as number, step));
  for (let i = steps.length - 1; i >= 0; i--) from[i] = Math.min(from[i] as number, from[i + 1] as number);
  return { before, from };
}

/** The two grids with the fewest entries that follow f. The split is at `most` at the most. */
function best(places: readonly Place[], lo: number, hi: number, most: number, steps: Minima, factor: number): Grid {
  const count = (from: number, to: number, bits: number) => Math.ceil((to - from) * 2 ** bits) + 2;
  const coarsest = (hi - lo) / 8;
  const bitsFrom = (step: number) => bitsWithin(Math.min(coarsest, step * factor));
  const one = bitsFrom(steps.from[0] as number);
  let found: Grid = { split: -Infinity, tail: one, main: one, entries: count(lo, hi, one) };
  for (let i = 8; i < places.length; i += 2) {
    const tail = bitsFrom(steps.before[i] as number);
    const main = bitsFrom(steps.from[i] as number);
    const coarse = Math.min(tail, main);
    const split = outward(((places[i - 1]?.x ?? 0) + (places[i]?.x ?? 0)) / 2, coarse, 1);
    // Room for the samples of a cell at an end.
    const margin = 4 * 2 ** -coarse;
    if (split - margin < lo || split + margin > hi || split > most) continue;
    const entries = count(lo, split, tail) + count(split, hi, main);
    if (entries < found.entries) found = { split, tail, main, entries };
  }
  return found;
}

/** The same as fine as there is room for so many entries. */
export function gridFor(places: readonly Place[], lo: number, hi: number, room: number, most: number): Grid {
  const steps = minimaOf(places);
  let grid: Grid | undefined;
  for (const tolerance of TOLERANCES) {
    grid = best(places, lo, hi, most, steps, tolerance ** 0.25);
    if (grid.entries <= room) break;
  }
  return grid as Grid;
}
