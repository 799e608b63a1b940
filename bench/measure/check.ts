/** Whether two engines agree: a result is checked before its time counts. */

import type { FloatArray } from "../../src/index.ts";
import type { Kind } from "../ops.ts";
import type { NumberType } from "../results.ts";
import { ARRAY_TYPES } from "./types.ts";

/**
 * Largest difference between the engines. Each is within 1 ULP of f and of f'; a gradient
 * multiplies the latter by dy, ops over rows sum up.
 */
export const TOLERANCE_ULP = { map: 2, other: 8 } as const;

function largestOf(values: FloatArray): number {
  let most = 0;
  for (const y of values) if (Number.isFinite(y)) most = Math.max(most, Math.abs(y));
  return most;
}

/** What is wrong with `got`, if anything. */
export function difference(
  kind: Kind,
  got: FloatArray,
  want: FloatArray,
  type: NumberType = "float32",
): string | undefined {
  const { error: errorOf, epsilon } = ARRAY_TYPES[type];
  const [bound, least] = kind.startsWith("map")
    ? [kind === "map" ? TOLERANCE_ULP.map : TOLERANCE_ULP.other, 0]
    : // A sum is as exact as its largest term, not as its result.
      [TOLERANCE_ULP.other, largestOf(want)];
  if (got.length !== want.length) return `length ${got.length}, expected ${want.length}`;
  for (let i = 0; i < want.length; i++) {
    const y = got[i] as number;
    const expected = want[i] as number;
    if (y === expected) continue;
    const error = errorOf(y, expected);
    if (error <= bound) continue;
    if (Math.abs(y - expected) <= bound * least * epsilon) continue;
    return `element ${i} is ${y}, in plain JavaScript ${expected}: ${error.toFixed(1)} ULP, at most ${bound} allowed`;
  }
  return undefined;
}
