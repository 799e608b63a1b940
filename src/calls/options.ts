/**
 * Reading of options: each own property once, before any array is looked at. A getter may change, free or detach
 * arrays; what is checked after it is what is used.
 */
import type { FloatArray } from "../model/arrays.ts";
import type { Param } from "../model/row.ts";
import { checkKind, kindOf } from "./arrays.ts";

export type Options = Readonly<Record<string, unknown>>;

/** An object literal, by the shortest way, or else an object that is no array, map, date, … */
function isPlain(value: unknown): value is object {
  return (
    (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) ||
    kindOf(value) === "an object"
  );
}

/** That the last argument is an object, every key of which is one of `known`. */
export function checkOptions(op: string, options: unknown, known: readonly string[]): asserts options is Options {
  hasFurther(op, options, known, []);
}

/** The same where there are `further` options that calls seldom have: whether this one has. */
export function hasFurther(
  op: string,
  options: unknown,
  known: readonly string[],
  further: readonly string[],
): boolean {
  if (!isPlain(options)) {
    throw new TypeError(
      `${op}: the last argument is ${kindOf(options)}, expected a Float32Array or an object of options`,
    );
  }
  let has = false;
  for (const key in options) {
    if (known.includes(key) || !Object.hasOwn(options, key)) continue;
    if (!further.includes(key)) {
      throw new TypeError(`${op}: unknown option "${key}", expected ${oneOf([...known, ...further])}`);
    }
    has = true;
  }
  return has;
}

/** "alpha, beta or out" */
function oneOf(names: readonly string[]): string {
  return names.length === 1 ? `${names[0]}` : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}

/** The value of an option, undefined where it is not given. Read once. */
export function ownOption(options: Options, name: string): unknown {
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

/** An array among the options. Whether it is in use is looked at when all options are read. */
export function readArray(op: string, options: Options, name: string): FloatArray | undefined {
  const array = ownOption(options, name);
  if (array !== undefined) checkKind(op, name, array);
  return array;
}

const DOMAINS: Record<NonNullable<Param["domain"]>, { text: string; holds(value: number): boolean }> = {
  finite: { text: "a finite number", holds: Number.isFinite },
  nonzero: { text: "a finite number other than 0", holds: (value) => Number.isFinite(value) && value !== 0 },
  nonnegative: { text: "a finite number, 0 or more", holds: (value) => Number.isFinite(value) && value >= 0 },
  number: { text: "a number", holds: (value) => !Number.isNaN(value) },
};

/** The value of a parameter, in float32 unless `exact`. */
export function checkParam(op: string, name: string, value: unknown, param: Param, exact: boolean): number {
  if (value === undefined) return exact ? param.default : Math.fround(param.default);
  const domain = DOMAINS[param.domain ?? "finite"];
  if (typeof value !== "number") throw new TypeError(`${op}: ${name} is ${kindOf(value)}, expected ${domain.text}`);
  const used = exact ? value : Math.fround(value);
  if (!domain.holds(used)) {
    const rounded = Object.is(used, value) || Number.isNaN(value) ? "" : ` (${used} in float32)`;
    throw new RangeError(`${op}: ${name} is ${value}${rounded}, expected ${domain.text}`);
  }
  // A size has no sign: -0 is 0.
  return param.domain === "nonnegative" ? used + 0 : used;
}
