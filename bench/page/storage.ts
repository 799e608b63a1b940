/** The last run, kept for the next visit. */
import { type Packed, pack, unpack } from "../html/pack.ts";
import type { Report } from "../results.ts";

const KEY = "wasm-activations report";
const FORMAT = 2;

/** Undefined if there is none, or none of this format, or storage is forbidden. */
export function lastReport(): Report | undefined {
  try {
    const packed = JSON.parse(localStorage.getItem(KEY) ?? "null") as Packed | null;
    return packed?.format === FORMAT ? unpack(packed) : undefined;
  } catch {
    return undefined;
  }
}

/** Where storage is full or forbidden the run is kept until the page is left. */
export function keepReport(report: Report): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(pack(report)));
  } catch {
    // Nothing to do.
  }
}
