/** An activation of the caller's: a float64 function becomes an op. */
import * as engine from "#engine";
import type { ActivationName } from "../engine/engine.ts";
import type { Accuracy, Fitted, Wanted } from "../model/curve.ts";
import type { Row } from "../model/row.ts";
import { kindOf } from "./arrays.ts";
import { type Activation, activation, type Gradient, gradient } from "./elementwise.ts";
import { checkOptions, isPlain, type Options, ownOption } from "./options.ts";
import { rangeError, typeError } from "./refusal.ts";

/** A function of float64 numbers. */
export type Formula = (x: number) => number;

export interface CustomOptions {
  /** f'; without it there is no `gradient`. */
  readonly derivative?: Formula | undefined;
  /** The most that a result may be off, in ULP; 2. */
  readonly maxUlp?: number | undefined;
  /**
   * Below `from` and above `to` the function is constant, x or a line. Found by itself if not said.
   */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/** dx = dy f'(x), and how far f' is from the derivative that was given. */
export interface CustomGradient extends Gradient {
  readonly accuracy: Accuracy;
}

export interface CustomActivation extends Activation {
  /** How far results are from the formula, measured when the op was made. */
  readonly accuracy: Accuracy;
  readonly gradient?: CustomGradient;
}

const NAMES = ["derivative", "maxUlp", "from", "to"];

/** The worst error that is accepted, unless said. */
const MAX_ULP = 2;

/**
 * The largest powers of two: what is the same there, or grows from one to the other, goes on so.
 */
const [FAR, FARTHER] = [2 ** 126, 2 ** 127];

function limit(f: Formula, side: number): number {
  const [y, z] = [f(side * FAR), f(side * FARTHER)];
  return Math.abs(z) > Math.abs(y) ? z * Infinity : z;
}

/**
 * The formula as an op is to follow it: NaN of NaN, the limit at ±Infinity, and a refusal of what
 * is no number.
 */
function checked(op: string, what: string, f: Formula): Formula {
  const at = (x: number) => {
    const y: unknown = f(x);
    if (typeof y !== "number") throw typeError(op, `${what}(${x}) is ${kindOf(y)}`, "a number");
    return y;
  };
  return (x) => {
    if (Number.isFinite(x)) return at(x);
    if (Number.isNaN(x)) return x;
    const y = at(x);
    return Number.isNaN(y) ? limit(at, Math.sign(x)) : y;
  };
}

/**
 * The caller's function while it is sampled, at finite x: called as directly as can be, it is new
 * to the engine.
 */
function strict(op: string, what: string, f: Formula): Formula {
  return (x) => {
    const y: unknown = f(x);
    if (typeof y !== "number") throw typeError(op, `${what}(${x}) is ${kindOf(y)}`, "a number");
    if (Number.isNaN(y)) throw rangeError(op, `${what}(${x}) is NaN`, "a number for every finite x");
    return y;
  };
}

function readFunction(op: string, what: string, value: unknown): Formula {
  if (typeof value === "function") return value as Formula;
  throw typeError(op, `${what} is ${kindOf(value)}`, "a function of a number");
}

function readNumber(op: string, options: Options, name: string, least: number): number | undefined {
  const value = ownOption(options, name);
  if (value === undefined) return undefined;
  if (typeof value !== "number") throw typeError(op, `${name} is ${kindOf(value)}`, "a finite number");
  if (!Number.isFinite(value) || value < least) {
    const expected = least > 0 ? `a finite number, ${least} or more` : "a finite number";
    throw rangeError(op, `${name} is ${value}`, expected);
  }
  return value;
}

/**
 * An activation of a function of your own: the call forms, arrays and refusals of the other ops, at
 * the speed of a built-in curve. Its table is made of values of the formula, which is called at
 * most 50,000 times; and once for each number of float16, when a Float16Array comes first.
 *
 * @param name what its messages begin with
 * @param formula f(x) in float64; without side effects, and a number for every finite x
 * @throws RangeError, which says where and what would help, where a table cannot be within
 * `maxUlp`: at a kink or a pole elsewhere than at 0 or an end, or where the function never becomes
 * constant, x or a line.
 * @example
 * const logish = custom("logish", (x) => x * Math.log1p(1 / (1 + Math.exp(-x))));
 * logish(x, out);
 * logish.accuracy; // { maxUlp: …, at: …, inputs: … }
 */
export function custom(
  name: string,
  formula: Formula,
  options: CustomOptions & { readonly derivative: Formula },
): CustomActivation & { readonly gradient: CustomGradient };
export function custom(name: string, formula: Formula, options?: CustomOptions): CustomActivation;
export function custom(name: string, formula: Formula, options?: unknown): CustomActivation {
  if (typeof name !== "string") throw typeError("custom", `name is ${kindOf(name)}`, "a string");
  if (name === "") throw rangeError("custom", "name is empty", "what messages are to begin with");
  const own = readFunction(name, "formula", formula);
  const given = options === undefined ? {} : options;
  if (!isPlain(given)) throw typeError(name, `options is ${kindOf(given)}`, "an object");
  checkOptions(name, given, NAMES, "Float32Array");
  const slope = ownOption(given, "derivative");
  const ownSlope = slope === undefined ? undefined : readFunction(name, "derivative", slope);
  const maxUlp = readNumber(name, given, "maxUlp", 0.5) ?? MAX_ULP;
  const from = readNumber(name, given, "from", -Infinity);
  const to = readNumber(name, given, "to", -Infinity);
  if (from !== undefined && to !== undefined && from >= to) {
    throw rangeError(name, `from is ${from}, to is ${to}`, "from < to");
  }
  const made = (f: Formula, what: string, isGradient: boolean): Fitted => {
    const wanted: Wanted = { op: name, what, maxUlp, from, to };
    return engine.sampled(strict(name, what, f), wanted, isGradient);
  };
  const forward = made(own, "formula", false);
  const backward = ownSlope && made(ownSlope, "derivative", true);
  const row: Row = {
    value: checked(name, "formula", own),
    derivative: ownSlope ? checked(name, "derivative", ownSlope) : () => Number.NaN,
    isCustom: true,
    curve: forward.curve,
    slopeCurve: backward?.curve,
    about: false,
  };
  const op = activation(name as ActivationName, row);
  const withAccuracy = { accuracy: { value: forward.accuracy, enumerable: true } };
  if (!backward) return Object.defineProperties(op, withAccuracy) as CustomActivation;
  const grad = Object.defineProperty(gradient(op), "accuracy", { value: backward.accuracy, enumerable: true });
  return Object.defineProperties(op, {
    ...withAccuracy,
    gradient: { value: grad, enumerable: true },
  }) as CustomActivation;
}
