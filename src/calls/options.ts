/**
 * Reading of options: each own property once, before any array is looked at. A getter may change,
 * free or detach arrays; what is checked after it is what is used.
 */
import type { Kind } from "../engine/kinds.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Param } from "../model/row.ts";
import { checkKind, isOfKind, kindOf } from "./arrays.ts";
import { typeError } from "./refusal.ts";

export type Options = Readonly<Record<string, unknown>>;

/** An object literal, by the shortest way, or else an object that is no array, map, date, … */
export function isPlain(value: unknown): value is object {
  return (
    (value !== null && value !== undefined && Object.getPrototypeOf(value) === Object.prototype) ||
    kindOf(value) === "an object"
  );
}

/** That the last argument is an object, every key of which is one of `known`. */
export function checkOptions(
  op: string,
  options: unknown,
  known: readonly string[],
  kind: Kind,
): asserts options is Options {
  hasFurther(op, options, known, [], kind);
}

/** The same where there are `further` options that calls seldom have: whether this one has. */
export function hasFurther(
  op: string,
  options: unknown,
  known: readonly string[],
  further: readonly string[],
  kind: Kind,
): boolean {
  if (!isPlain(options)) {
    throw typeError(op, `the last argument is ${kindOf(options)}`, `a ${kind} or an object of options`);
  }
  let has = false;
  for (const key in options) {
    if (known.includes(key) || !Object.hasOwn(options, key)) continue;
    if (!further.includes(key)) throw typeError(op, `unknown option "${key}"`, oneOf([...known, ...further]));
    has = true;
  }
  return has;
}

/** "alpha, beta or out" */
function oneOf(names: readonly string[]): string {
  return names.join(", ").replace(/, (?=\w+$)/, " or ");
}

/** The value of an option, undefined where it is not given. Read once. */
export function ownOption(options: Options, name: string): unknown {
  return Object.hasOwn(options, name) ? options[name] : undefined;
}

/**
 * An array among the options, of the type of the call. Whether it is in use is looked at when all
 * options are read.
 */
export function readArray(op: string, options: Options, name: string, kind: Kind): FloatArray | undefined {
  const array = ownOption(options, name);
  if (array !== undefined) checkKind(op, name, array, kind);
  return array;
}

/**
 * An argument that is a number of a domain, or an array; whether that is in use is looked at later.
 */
export function numberOrArray(op: string, name: string, value: unknown, param: Param, kind: Kind): number | FloatArray {
  if (typeof value === "number") return param.domain.read(op, name, value, param);
  if (!isOfKind(value, kind)) throw typeError(op, `${name} is ${kindOf(value)}`, `a number or a ${kind}`);
  checkKind(op, name, value, kind);
  return value;
}
