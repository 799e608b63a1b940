/**
 * The domains of parameters. A row names that of each, so that a bundle holds the checks of its own
 * ops only.
 */
import type { Domain, Param } from "../model/row.ts";
import { kindOf } from "./arrays.ts";
import { rangeError, typeError } from "./refusal.ts";

/** The value of a parameter, in float32 unless `exact`. */
function read(op: string, name: string, value: unknown, param: Param, exact?: boolean): number {
  const { text, holds } = param.domain;
  if (value === undefined) return exact ? param.default : Math.fround(param.default);
  if (typeof value !== "number") throw typeError(op, `${name} is ${kindOf(value)}`, text);
  const used = exact ? value : Math.fround(value);
  if (!holds(used)) {
    const rounded = Object.is(used, value) || Number.isNaN(value) ? "" : ` (${used} in float32)`;
    throw rangeError(op, `${name} is ${value}${rounded}`, text);
  }
  return used;
}

const isNumber = (value: number) => Number.isFinite(value);

export const finite: Domain = { name: "finite", text: "a finite number", holds: isNumber, read };

export const nonzero: Domain = {
  name: "nonzero",
  text: "a finite number other than 0",
  holds: (value) => isNumber(value) && value !== 0,
  read,
};

export const positive: Domain = {
  name: "positive",
  text: "a finite number above 0",
  holds: (value) => isNumber(value) && value > 0,
  read,
};

/** A size has no sign: -0 is 0. */
export const nonnegative: Domain = {
  name: "nonnegative",
  text: "a finite number, 0 or more",
  holds: (value) => isNumber(value) && value >= 0,
  read: (...call) => read(...call) + 0,
};

/** A size that may be Infinity. */
export const unsigned: Domain = {
  name: "unsigned",
  text: "a number, 0 or more",
  holds: (value) => value >= 0,
  read: (...call) => read(...call) + 0,
};

/** Infinities too. */
export const number: Domain = { name: "number", text: "a number", holds: (value) => !Number.isNaN(value), read };
