/** Words that stand for settings, in one place: controls, captions and tables say the same. */
import type { Cost, Direction, Family, Flag, Mode } from "../results.ts";

export const DIRECTIONS: Record<Direction, string> = { forward: "forward, f(x)", gradient: "gradient, dy f′(x)" };

export const MODES: Record<Mode, string> = {
  alloc: "resident in WebAssembly memory",
  out: "ordinary, copied in and out",
  new: "ordinary, and a new array for the result",
};

export const FAMILIES: Record<Family | "all", string> = {
  all: "all",
  "piecewise linear": "piecewise linear",
  bounded: "bounded, between two values",
  curved: "curved, unbounded",
  "along an axis": "along an axis (softmax …)",
  gated: "gated (two halves multiplied)",
  "learned slope": "with a learned slope",
};

/** Before a figure that the machine disturbed. */
export const markOf = ({ flags }: { readonly flags: readonly Flag[] }): string => (flags.length > 0 ? "~" : "");

export const spreadOf = ({ ns: { median, mad } }: Cost): string => `± ${Math.round((100 * mad) / median)} %`;
