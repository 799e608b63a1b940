/**
 * Where a function is 0: beside a root the relative error of a sum is unbounded, unless a line is
 * added last, or the root is a centre.
 */
import { neighbour, ulp32 } from "../math/ulp.ts";
import type { Sampled } from "../model/curve.ts";
import { UNDERFLOW } from "./ends.ts";
import type { Place } from "./grid.ts";

const BISECTIONS = 55;
/** More than one to a piece are of no use. */
const MOST = 32;

/** Cells of the root's grid on each side. */
export const REACH = 32;
/** How much finer that is than the main one. */
const FINER = 2;

export interface Root {
  /** A float32. */
  readonly x: number;
  /** Of the line: so short that its products with x - root are exact. */
  readonly slope: number;
  /** The grid around the root has the step 2^-bits and reaches `REACH` steps. */
  readonly bits: number;
  /** How far, in these steps: one side has none where the root is an end. */
  readonly left: number;
  readonly right: number;
}

/** How far from a root its line is added. */
export const widthOf = ({ bits }: Root) => REACH * 2 ** -bits;

type Point = Pick<Place, "x" | "y">;

/** The points where f crosses or meets 0. */
export function rootsOf(f: Sampled, places: readonly Place[], lo: number, hi: number): number[] {
  const roots = lo <= 0 && hi >= 0 && f(0) === 0 ? [0] : [];
  // Nothing of what f is at its ends, where it may jump.
  const inside = (x: number): Point => ({ x, y: f(x) });
  const all = [inside(neighbour(lo, 1)), ...places, inside(neighbour(hi, -1))];
  const seen = all.filter(({ y }) => Math.abs(y) > UNDERFLOW);
  for (let i = 1; i < seen.length; i++) {
    const [before, after] = [seen[i - 1] as Point, seen[i] as Point];
    if (roots.length === MOST || before.y < 0 === after.y < 0) continue;
    if (roots[0] === 0 && before.x < 0 && after.x > 0) continue;
    let [left, right] = [before.x, after.x];
    for (let k = 0; k < BISECTIONS && left < right; k++) {
      const middle = (left + right) / 2;
      if (middle === left || middle === right) break;
      if (f(middle) < 0 === before.y < 0) left = middle;
      else right = middle;
    }
    roots.push((left + right) / 2);
  }
  return roots;
}

/** A number with so many bits near to another one. */
function short(y: number, bits: number): number {
  if (y === 0) return 0;
  const unit = 2 ** (Math.floor(Math.log2(Math.abs(y))) - bits + 1);
  return Math.round(y / unit) * unit;
}

/** The slope of f at a root, from the sides on which f goes on. */
function steepness(f: Sampled, x: number, h: number, left: boolean, right: boolean): number {
  const [before, after] = [left ? h : 0, right ? h : 0];
  return (f(x + after) - f(x - before)) / (before + after);
}

/** The slope of the line at a root at 0: its products with any x are exact. */
export function slopeAtZero(f: Sampled, lo: number, hi: number): number {
  return short(steepness(f, 0, 2 ** -12, lo < 0, hi > 0), 1);
}

/** What is to be added around a root, where the main grid has the step 2^-main. */
export function rootAt(f: Sampled, root: number, main: number, lo: number, hi: number): Root {
  const x = Math.fround(root);
  let bits = main + FINER;
  // x - root must be a multiple of the ULP of the smallest x.
  while (x !== 0 && REACH * 2 ** -bits > Math.abs(x) / 2) bits++;
  const width = REACH * 2 ** -bits;
  const left = x - width < lo ? 0 : REACH;
  const right = x + width > hi ? 0 : REACH;
  const digits = x === 0 ? 23 : Math.ceil(Math.log2(width / ulp32(Math.abs(x) - width)));
  const slope = steepness(f, x, 2 ** -(bits + 4), left > 0, right > 0);
  return { x, slope: short(slope, Math.max(1, 24 - digits)), bits, left, right };
}
