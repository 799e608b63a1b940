/** Words that stand for settings, in one place: controls, captions and tables say the same. */
import type { Cost, Direction, Engine, Family, Mode } from "../results.ts";
import { figure, NOTHING, percent, spreadOf } from "../show/figures.ts";

export const DIRECTIONS: Record<Direction, string> = { forward: "forward, f(x)", gradient: "gradient, dy f′(x)" };

export const ENGINES: Record<Engine, string> = { wasm: "this package", js: "plain JavaScript" };

export const MODES: Record<Mode, string> = {
  alloc: "resident, nothing copied",
  out: "copied in and out",
  new: "copied, result in a new array",
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

/**
 * Nanoseconds per element, with as many digits as the noise allows; `unit` is what counts as one.
 */
export const nsText = (cost: Cost | undefined, unit = 1): string =>
  cost ? figure(cost.ns.median / unit, spreadOf(cost)) : NOTHING;

export const spreadText = (cost: Cost): string => `± ${percent(spreadOf(cost))}`;
