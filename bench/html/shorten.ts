/** A report in fewer digits: two more than any clock gives. */
import type { Report } from "../results.ts";

const DIGITS = 5;

export function shortened(report: Report): Report {
  const short = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;
  return JSON.parse(JSON.stringify(report, short)) as Report;
}
