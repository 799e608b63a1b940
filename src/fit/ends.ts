/** Where a function is constant, x or another line: there it needs no table. */

import { neighbour, ulp32 } from "../math/ulp.ts";
import type { Sampled, Wanted } from "../model/curve.ts";

/** From `border` outwards, a float32, the function is slope x + offset. */
export interface End {
  readonly border: number;
  readonly slope: number;
  readonly offset: number;
}

export const LARGEST = (2 - 2 ** -23) * 2 ** 127;
/** From here on a number is Infinity in float32. */
export const OVERFLOW = (2 - 2 ** -24) * 2 ** 127;
/** Up to here it is 0. */
export const UNDERFLOW = 2 ** -150;

/** Borders are looked for down to here; below, they are at 0. */
const LEAST = -20;
const BISECTIONS = 40;
/** Where f comes to its end it may have been there before: a root at a power of 2. */
const BESIDE = 1 + 2 ** -6;
/** How far a number that is rounded yet, and one that is not, may be from the end, in ULP. */
const [LOOSE, EXACT] = [0.1, 0.45];

function isEqual(y: number, end: number): boolean {
  return y === end || Math.abs(y - end) < 1e-9 * Math.abs(end);
}

/** What far values say the end is. */
function lineThrough(f: Sampled, side: number): Omit<End, "border"> | undefined {
  const [near, far] = [side * 2 ** 126, side * 2 ** 127];
  const [y, last] = [f(near), f(far)];
  for (const end of [last, last < 0 ? -Infinity : Infinity, 0]) {
    const holds = (value: number) => isEqual(rounded(value), end);
    if (holds(y) && holds(last)) return { slope: 0, offset: last === 0 || end !== 0 ? end : last * 0 };
  }
  const slope = last / far;
  if (!isEqual(y / near, slope)) return undefined;
  const short = Math.abs(slope - Math.round(slope * 16) / 16) < 1e-12 ? Math.round(slope * 16) / 16 : slope;
  return { slope: short, offset: offsetOf(f, side, short) };
}

/** What a line that begins somewhere has added to it. */
function offsetOf(f: Sampled, side: number, slope: number): number {
  let before = Number.NaN;
  for (let k = 4; k < 24; k++) {
    const x = side * 2 ** k;
    const offset = f(x) - slope * x;
    if (Math.abs(offset - before) <= 2 ** -30 * Math.abs(slope * x)) {
      return Math.abs(offset) <= 2 ** -40 * Math.abs(slope * x) ? 0 : offset;
    }
    before = offset;
  }
  return 0;
}

/** As float32 ends, at both ends. */
function rounded(y: number): number {
  if (Math.abs(y) <= UNDERFLOW) return 0;
  return Math.abs(y) >= OVERFLOW ? y * Infinity : y;
}

/** Whether the function has come to its end at x. */
export function hasEnded(f: Sampled, x: number, { slope, offset }: Omit<End, "border">): boolean {
  const [y, end] = [rounded(f(x)), slope * x + offset];
  if (!Number.isFinite(end) || !Number.isFinite(y)) return y === rounded(end);
  if (end === 0) return y === 0;
  // A line has no more digits than its offset: not where that cancels.
  if (slope !== 0 && Math.abs(end) < Math.abs(offset) / 2) return false;
  const isExact = slope === 0 ? Math.fround(offset) === offset : slope === 1 && offset === 0;
  return Math.abs(y - end) <= (isExact ? EXACT : LOOSE) * ulp32(Math.min(Math.abs(y), Math.abs(end)));
}

/** The first float32 that lies beyond x. */
function firstBeyond(x: number, side: number): number {
  const nearest = Math.fround(x);
  return side * nearest > side * x ? nearest : neighbour(nearest, side);
}

/** Where f comes to its end, between a place where it has not and one where it has. */
function bisected(inside: number, outside: number, hasCome: (x: number) => boolean): number {
  for (let i = 0; i < BISECTIONS && Math.abs(outside - inside) > 2 ** -26 * Math.max(inside, outside); i++) {
    const middle = (inside + outside) / 2;
    if (hasCome(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
}

/** The end of a function on one side, -1 or 1; undefined where it has none. */
export function endOf(f: Sampled, side: number, wanted: Wanted): End | undefined {
  const line = lineThrough(f, side);
  if (!line) return undefined;
  const given = side < 0 ? wanted.from : wanted.to;
  if (given !== undefined) {
    for (let k = -6; k <= 20; k += 2) {
      if (!hasEnded(f, given + side * 2 ** k, line)) return undefined;
    }
    return { ...line, border: firstBeyond(given, side) };
  }
  const found = fromOutside(f, side, line) ?? inward(f, side, line) ?? 0;
  // f may jump there: the first float32 that is beyond.
  const nearest = Math.fround(found);
  return { ...line, border: hasEnded(f, nearest, line) ? nearest : neighbour(nearest, side) };
}

/** Where f comes to its end on its side of 0; undefined where it is there throughout. */
function fromOutside(f: Sampled, side: number, line: Omit<End, "border">): number | undefined {
  const ended = (x: number) => hasEnded(f, side * x, line);
  let k = 127;
  while (k > LEAST && ended(2 ** k) && ended(BESIDE * 2 ** k)) k--;
  if (k === LEAST) return undefined;
  return side * bisected(ended(2 ** k) ? BESIDE * 2 ** k : 2 ** k, 2 ** (k + 1), ended);
}

/** Where a function leaves the end that it is at from the other side of 0 on, if it does. */
function inward(f: Sampled, side: number, line: Omit<End, "border">): number | undefined {
  const ended = (x: number) => hasEnded(f, -side * x, line);
  if (!ended(0)) return undefined;
  let k = LEAST;
  while (k < 127 && ended(2 ** k)) k++;
  if (k === LEAST || k === 127) return undefined;
  return -side * bisected(2 ** k, 2 ** (k - 1), ended);
}
