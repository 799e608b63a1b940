/** The exact value of an op at a number of float16, rounded once. */
import type { Case } from "./cases.ts";
import { sideOf } from "./exact.ts";
import { roundToHalf, ulp16 } from "./half.ts";

/**
 * How far a formula in float64 may be off, relatively: 0.01 ULP of float32
 * (test/reference.test.ts).
 */
const MARGIN = 2 ** -30;
const FLOAT64 = 2 ** -52;
/** e^-UNSEEN is 7e-218. */
const UNSEEN = 500;

function isOpen(y: number, margin: number): boolean {
  return !Object.is(roundToHalf(y * (1 - margin)), roundToHalf(y * (1 + margin)));
}

/** f(x) by the formula, and where that is too near to a tie to tell, by 240 digits. */
export function roundedAt(subject: Case, x: number): number {
  const { row, a, b, c } = subject;
  const y = row.value(x, a, b, c);
  if (!row.about || !isOpen(y, MARGIN)) return roundToHalf(y);
  const step = ulp16(y) / 2;
  const tie = Math.round(y / step) * step;
  const side = sideOf(row.about.exact, x, subject, tie);
  // Here an e^x may be smaller than what the digits can tell, but not nothing: that is left to the
  // formula.
  if (side === 0 && Math.abs(x) > UNSEEN) return roundToHalf(y);
  return roundToHalf(tie * (1 + side * Math.sign(tie) * FLOAT64));
}
