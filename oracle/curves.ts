/**
 * What can be seen of a function of one number by evaluating it: jumps, direction, and where a
 * derivative vanishes.
 */

type Real = (x: number) => number;

/** Where the ops do something; drawn, and searched for jumps. */
export const SHOWN = 7;
/** Here no derivative has underflowed to 0 in float64 yet. */
const SEARCHED = 20;
const STEP = 2 ** -6;
const FINEST = 2 ** -40;
/** From a jump to the points beside it. */
export const BESIDE = 1e-9;

/** Without what is below a millionth. */
const plain = (x: number) => Number(x.toFixed(6)) + 0;

export function gridOf(low: number, high: number, step: number): number[] {
  return Array.from({ length: Math.round((high - low) / step) + 1 }, (_, i) => low + i * step);
}

/** Where f changes by more than a thousandth from one point to the next. */
export function jumpsOf(f: Real): number[] {
  const jumps = gridOf(-SHOWN, SHOWN - STEP, STEP).flatMap((start) => {
    let [low, high] = [start, start + STEP];
    const change = (a: number, b: number) => Math.abs(f(b) - f(a));
    while (high - low > FINEST && change(low, high) > 1e-3) {
      const middle = (low + high) / 2;
      if (change(low, middle) > change(middle, high)) high = middle;
      else low = middle;
    }
    return change(low, high) > 1e-3 ? [plain((low + high) / 2)] : [];
  });
  return [...new Set(jumps)];
}

export function slopeOf(f: Real, x: number): number {
  const h = 2 ** -13;
  return (f(x + h) - f(x - h)) / (2 * h);
}

export function directionOf(f: Real): "increasing" | "decreasing" | "constant" | "not monotone" {
  const values = gridOf(-SHOWN, SHOWN, STEP).map((x) => f(x));
  const steps = values.slice(1).map((y, i) => y - (values[i] as number));
  const [rises, falls] = [steps.some((step) => step > 1e-12), steps.some((step) => step < -1e-12)];
  if (rises && falls) return "not monotone";
  return rises ? "increasing" : falls ? "decreasing" : "constant";
}

/** The point between two where a condition that holds at the first ceases to hold. */
function border(holds: (x: number) => boolean, inside: number, outside: number): number {
  let [yes, no] = [inside, outside];
  while (Math.abs(no - yes) > FINEST) {
    const middle = (yes + no) / 2;
    if (holds(middle)) yes = middle;
    else no = middle;
  }
  return plain((yes + no) / 2);
}

/** The intervals in which something holds; an end of the search stands for infinity. */
export function intervalsOf(holds: (x: number) => boolean, reach = SEARCHED): [number, number][] {
  const grid = gridOf(-reach, reach, STEP);
  const found: [number, number][] = [];
  let first: number | undefined;
  for (const [i, x] of grid.entries()) {
    if (!holds(x)) continue;
    first ??= i;
    const next = grid[i + 1];
    if (next !== undefined && holds(next)) continue;
    const before = grid[first - 1];
    const low = before === undefined ? -Infinity : border(holds, grid[first] as number, before);
    const high = next === undefined ? Infinity : border(holds, x, next);
    if (i > first) found.push([low, high]);
    first = undefined;
  }
  return found;
}

const short = (x: number) => String(Number(x.toPrecision(4)));

function where([low, high]: readonly [number, number], ends: (x: number) => boolean): string {
  const [above, below] = [ends(low) ? ">=" : ">", ends(high) ? "<=" : "<"];
  if (!Number.isFinite(high)) return Number.isFinite(low) ? `x ${above} ${low}` : "all x";
  if (!Number.isFinite(low)) return `x ${below} ${high}`;
  return `${low} ${ends(low) ? "<=" : "<"} x ${below} ${high}`;
}

/** What f' does far to one side. */
function farText(f1: Real, side: -1 | 1, dead: boolean): string | undefined {
  const name = side < 0 ? "left" : "right";
  const limit = f1(side * Infinity);
  if (dead) return undefined;
  if (limit !== 0) {
    return Number.isFinite(limit)
      ? `f' goes to ${short(limit)} on the ${name}`
      : `f' grows without bound on the ${name}`;
  }
  const small = intervalsOf((x) => Math.abs(f1(x)) < 0.01, 200).find((interval) => interval.includes(side * Infinity));
  const from = small && short(side < 0 ? small[1] : small[0]);
  const below = from === undefined ? "" : `, |f'| < 0.01 for x ${side < 0 ? "<" : ">"} ${from}`;
  return `saturates on the ${name}: f' goes to 0${below}`;
}

/** What someone who trains with it asks of f'; `derivative` must know the limits at ±Infinity. */
export function gradientText(f1: Real): string {
  const zeros = intervalsOf((x) => f1(x) === 0);
  const has = (end: number) => zeros.some((interval) => interval.includes(end));
  const dead = zeros.map((interval) => {
    const far = interval.some((end) => !Number.isFinite(end));
    return `${far ? "dies" : "dead zone"}: f' = 0 for ${where(interval, (x) => f1(x) === 0)}`;
  });
  const sides = jumpsOf(f1).flatMap((x) => [x - BESIDE, x + BESIDE]);
  const values = [...gridOf(-SEARCHED, SEARCHED, 2 ** -10), ...sides, -Infinity, Infinity].map((x) => f1(x));
  const [least, most] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const between =
    least === most ? `f' = ${short(most)} throughout` : `f' is between ${short(least)} and ${short(most)}`;
  if (least === most) return between;
  const far = [farText(f1, -1, has(-Infinity)), farText(f1, 1, has(Infinity))].filter((text) => text !== undefined);
  return [`${between}, f'(0) = ${short(f1(0))}`, ...dead, ...far].join("; ");
}
