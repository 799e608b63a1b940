/** What an output must hold, and whether it does. */
import { hex } from "../../oracle/ulp.ts";
import type { Numbers } from "./numbers.ts";

/** The exact values of an output in float64, and how far off each may be. */
export interface Expected {
  readonly exact: Float64Array;
  /** In ULP of the exact value: one bound for all, or one each. */
  readonly ulps: number | Float64Array;
  /** Further room for sums whose terms cancel, absolute. */
  readonly slack?: Float64Array;
  /** 1 where float64 cannot tell Infinity from NaN: what is not finite is right. */
  readonly open?: Uint8Array;
  /** What rounds to 0 may have either sign: a sum leaves out what is far too small to count. */
  readonly eitherZero?: boolean;
}

/** Room for the error of the float64 formulas themselves. */
const REFERENCE_ERROR = 0.02;

function isRight(
  got: number,
  exact: number,
  ulps: number,
  slack: number,
  eitherZero: boolean,
  { allowed, end, vanishes }: Numbers,
): boolean {
  if (Number.isNaN(got) || Number.isNaN(exact)) return Number.isNaN(got) && Number.isNaN(exact);
  // A zero has the sign that the formula gives, of 0 or of what rounds to 0.
  if (got === 0 && eitherZero && exact !== 0 && Math.abs(exact) <= vanishes) return true;
  if (got === 0 && slack === 0 && Object.is(got, -0) !== (exact < 0 || Object.is(exact, -0))) return false;
  const within = (x: number) => Math.min(Math.max(x, -end), end);
  return Math.abs(within(got) - within(exact)) <= allowed(exact, ulps + REFERENCE_ERROR) + slack;
}

/** The first element that is wrong, as a message; undefined if none is. */
export function wrongIn(
  what: string,
  got: ArrayLike<number>,
  expected: Expected,
  numbers: Numbers,
): string | undefined {
  const { exact, ulps, slack, open, eitherZero = false } = expected;
  if (got.length !== exact.length) return `${what} has length ${got.length}, must have ${exact.length}`;
  for (let i = 0; i < exact.length; i++) {
    const [value, want] = [got[i] as number, exact[i] as number];
    if (open?.[i] && !Number.isFinite(value)) continue;
    const bound = typeof ulps === "number" ? ulps : (ulps[i] as number);
    if (isRight(value, want, bound, slack?.[i] ?? 0, eitherZero, numbers)) continue;
    const shown = Object.is(value, -0) ? "-0" : value;
    return `${what}[${i}] is ${shown} (${hex(value)}), must be ${Object.is(want, -0) ? "-0" : want} within ${bound} ULP`;
  }
  return undefined;
}
