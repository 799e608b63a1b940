/** Numbers as the report writes them: three digits, never more. */

const MINUS = "−";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

function raised(exponent: number): string {
  const digits = [...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]).join("");
  return exponent < 0 ? `⁻${digits}` : digits;
}

/** Three significant digits: 0.0912, 1.65, 18.7, 187, 18,700; powers of ten where that would be long. */
export function three(value: number | undefined): string {
  if (value === undefined || Number.isNaN(value)) return "–";
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

/** A share as whole percents, with a word where rounding would lie: "under 1 %". */
export function percent(share: number | undefined): string {
  if (share === undefined || Number.isNaN(share)) return "–";
  const whole = Math.round(100 * share);
  if (whole === 0 && share > 0) return "under 1 %";
  if (whole === 100 && share < 1) return "over 99 %";
  return `${whole} %`;
}

/** A number of elements: 16, 4 Ki, 1 Mi where it is a power of two, else with commas. */
export function count(n: number): string {
  if (n >= 2 ** 20 && n % 2 ** 20 === 0) return `${n / 2 ** 20} Mi`;
  if (n >= 2 ** 10 && n % 2 ** 10 === 0) return `${n / 2 ** 10} Ki`;
  return n.toLocaleString("en");
}

/** "2 min 5 s". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
