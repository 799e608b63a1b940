/**
 * Numbers that span many powers of ten, ticks, durations; all others are written as everywhere:
 * ../../show/figures.ts.
 */
import { NOTHING } from "../../show/figures.ts";

const MINUS = "−";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]).join("");
  return exponent < 0 ? `⁻${digits}` : digits;
}

/**
 * Three significant digits: 0.0912, 1.65, 18.7, 187, 18,700; powers of ten where that would be
 * long.
 */
export function three(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return NOTHING;
  if (!Number.isFinite(value)) return value > 0 ? "∞" : `${MINUS}∞`;
  if (value < 0) return `${MINUS}${three(-value)}`;
  if (value === 0) return "0";
  if (value >= 99_950_000 || value < 0.000995) {
    const [digits, exponent] = value.toExponential(1).split("e") as [string, string];
    return `${digits === "1.0" ? "" : `${digits} × `}10${raised(Number(exponent))}`;
  }
  const rounded = Number(value.toPrecision(3));
  if (rounded >= 1000) return rounded.toLocaleString("en");
  return rounded >= 100 ? rounded.toFixed(0) : rounded.toPrecision(3);
}

/** A tick of an axis, or a setting: no digit that says nothing. */
export function plain(value: number): string {
  return value !== 0 && (Math.abs(value) >= 1e6 || Math.abs(value) < 0.001)
    ? three(value)
    : three(Number(value.toPrecision(3)))
        .replace(/(\.\d*?)0+$/, "$1")
        .replace(/\.$/, "");
}

/** "2 min 5 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
