/**
 * What the names of docs/coverage.json are to give: the formulas of the projects, evaluated in
 * float64 beside the calls.
 */
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import { ulp32 } from "../oracle/ulp.ts";
import type { Computation, Example, Served } from "../scripts/docs/coverage/data.ts";
import { rowOf } from "../scripts/docs/coverage/page.ts";
import { rowCases } from "../scripts/verify/rows.ts";
import { erf, erfc } from "../src/math/erf.ts";
import { split } from "./halves.ts";
import { product, rowsOf } from "./shaped.ts";

/** The functions of the formulas. */
const MATH = {
  ...{ abs: Math.abs, cosh: Math.cosh, erf, erfc, exp: Math.exp, expm1: Math.expm1, ln: Math.log, max: Math.max },
  ...{ min: Math.min, pi: Math.PI, sin: Math.sin, sqrt: Math.sqrt, tanh: Math.tanh },
  sigmoid: (x: number) => 1 / (1 + Math.exp(-x)),
  softplus: (x: number) => Math.log1p(Math.exp(x)),
};

const SHAPE = [4, 8, 6];
const LENGTH = product(SHAPE);
/**
 * All of so few digits that a scale and a shift round nothing; `far` is where functions are
 * constant or a line.
 */
const near = Float32Array.from({ length: LENGTH }, (_, i) => (((i * 85) % LENGTH) - LENGTH / 2) / 16);
const far = near.map((v) => 16 * v);
const other = near.map((_, i) => (((i * 37) % LENGTH) - LENGTH / 2) / 32);

type Scope = Readonly<Record<string, unknown>>;

function evaluate(expression: string, scope: Scope): unknown {
  return new Function(...Object.keys(scope), `return ${expression};`)(...Object.values(scope)) as unknown;
}

const isNumber = (text: string) => /^[-\d. /()*e]+$/.test(text);
const numberOf = (text: string) => evaluate(text, {}) as number;

/** The index in an array of this shape of each element of x. */
function spread(shape: readonly number[]): number[] {
  const full = [...SHAPE.map(() => 1), ...shape].slice(-SHAPE.length);
  return Array.from({ length: LENGTH }, (_, i) => {
    let [rest, at, size] = [i, 0, 1];
    for (let axis = SHAPE.length - 1; axis >= 0; axis--) {
      const [count, given] = [SHAPE[axis] as number, full[axis] as number];
      at += given === 1 ? 0 : (rest % count) * size;
      size *= given;
      rest = Math.floor(rest / count);
    }
    return at;
  });
}

const SLOPE_SHAPE = [8, 1];
const SHAPES = { shape: SHAPE, slopeShape: SLOPE_SHAPE };

function slopeShapeOf({ options = {} }: Computation): readonly number[] {
  if ("slopeShape" in options) return SLOPE_SHAPE;
  if (!("shape" in options)) return SHAPE;
  const axis = Number(options.axis ?? 1);
  return SHAPE.map((size, i) => (i === (axis + SHAPE.length) % SHAPE.length ? size : 1));
}

/** The number with which the parts of a row above it have the sum 1. */
function cut(row: readonly number[]): number {
  let [low, high] = [Math.min(...row) - 1, Math.max(...row)];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (row.reduce((sum, v) => sum + Math.max(v - middle, 0), 0) > 1) low = middle;
    else high = middle;
  }
  return low;
}

/** The arrays of a call besides x, by the names that calls and formulas have for them. */
function arraysOf(computation: Computation, rows: number): Readonly<Record<string, Float32Array | Uint8Array>> {
  return {
    b: other,
    bias: other,
    dy: other,
    mask: Uint8Array.from(other, (_, i) => Number((7 * i) % 5 !== 1)),
    noise: other,
    sink: other.slice(0, rows),
    slope: other.slice(0, product(slopeShapeOf(computation))),
  };
}

/** What the formula gives, in the order of the results. */
function wanted(
  { over, formula, op, options = {} }: Computation,
  scope: Scope,
  x: Float32Array,
  axis: number,
): number[] {
  const arrays = Object.entries(scope).filter((entry): entry is [string, Float32Array] => ArrayBuffer.isView(entry[1]));
  const at = (of: Scope) => evaluate(formula, { ...scope, ...MATH, ...of }) as number;
  if (over === "row") {
    const rows = "shape" in options ? rowsOf(SHAPE, axis) : [[...x.keys()]];
    const results = new Map<number, number>();
    rows.forEach((indices, row) => {
      const sum = (term: (j: number) => number) => indices.reduce((total, _, j) => total + Number(term(j)), 0);
      const first = (key: (j: number) => number) => {
        const keys = indices.map((_, j) => key(j));
        return keys.indexOf(Math.max(...keys));
      };
      const one = (array: Float32Array) =>
        array.length === rows.length ? array[row] : indices.map((index) => array[index]);
      const ofRow = { ...Object.fromEntries(arrays.map(([name, array]) => [name, one(array)])), sum, first, cut };
      const elements = { ...ofRow, x: indices.map((index) => x[index]) };
      if (op === "logSumExp") results.set(row, at(elements));
      else for (const [i, index] of indices.entries()) results.set(index, at({ ...elements, i }));
    });
    return Array.from({ length: results.size }, (_, i) => results.get(i) as number);
  }
  if (over) {
    const [first, second] = over === "pair" ? [x, other] : split(x, { shape: SHAPE, axis });
    return Array.from(first, (a, i) => at({ a, b: second[i] }));
  }
  const slopes = spread(slopeShapeOf({ of: "", op, formula, options }));
  return Array.from(x, (v, i) => at({ x: v, dy: other[i], slope: (scope.slope as Float32Array)[slopes[i] as number] }));
}

/** Bounds in ULP of the ops that are not elementwise; those of an expression add up. */
const bounds = new Map(rowCases().map(({ op, bound }) => [op, bound]));

function boundOf(call: string): number {
  const ops = [...call.matchAll(/(\w+)\(/g)].map(([, name = ""]) => name).filter((name) => name in wasm);
  return ops.reduce((sum, op) => sum + (bounds.get(op) ?? 1), 0);
}

/** A call in which a parameter may have the name of an op. */
const qualified = (call: string) =>
  call.replace(/\b(\w+)\(/g, (text, name: string) => (name in wasm ? `lib.${text}` : text));

/** Whether parameters are used as they are; else they are rounded to float32 first. */
function keepsParameters(call: string): boolean {
  return [...call.matchAll(/(\w+)\(/g)].some(([, name = ""]) => {
    const row = rowOf(name);
    return row && "exactParams" in row && row.exactParams === true;
  });
}

/**
 * The numbers of a formula: the variables, and what the call computes for an option; in float32 if
 * the op takes them so.
 */
function numbersOf(call: string, { options = {} }: Computation, values: Scope, arrays: Scope): Scope {
  const scope = { ...wasm, ...SHAPES, ...arrays, ...values, x: near };
  const computed = Object.entries(options).map(([name, text]) => [name, evaluate(text, scope)] as const);
  const numbers = [...computed, ...Object.entries(values)].filter(([, value]) => typeof value === "number");
  return Object.fromEntries(
    numbers.map(([name, value]) => [name, keepsParameters(call) ? value : Math.fround(value as number)]),
  );
}

/** Where a call does not give what its formula gives. */
export function complaintsAbout({ call, computation, variables }: Served): string[] {
  const { over, formula, options = {} } = computation;
  const axisText = variables.get("axis") ?? "";
  const axis = !("axis" in options) ? -1 : isNumber(axisText) ? numberOf(axisText) : 1;
  const rows = over === "row" && "shape" in options ? LENGTH / (SHAPE.at(axis) as number) : 1;
  const arrays = arraysOf(computation, rows);
  /** Where the call leaves a variable open it has the name of a parameter. */
  const values: Record<string, unknown> = { axis };
  const open: Record<string, unknown> = {};
  for (const [name, text] of variables) {
    if (isNumber(text)) values[name] = numberOf(text);
    else values[name] = open[text] = name === "axis" ? axis : (computation.try?.[name] ?? arrays[name]);
  }
  const scope = { ...arrays, ...values, ...numbersOf(call, computation, values, arrays) };
  return [near, ...(over ? [] : [far])].flatMap((x) => {
    const want = wanted(computation, scope, x, axis);
    return [wasm, js].flatMap((lib) => {
      const given = { lib, ...arrays, ...SHAPES, ...open, x, a: x };
      const result = evaluate(qualified(call), given) as Float32Array | { readonly dx: Float32Array };
      const got = result instanceof Float32Array ? result : result.dx;
      if (got.length !== want.length) return [`${call} has length ${got.length}, ${formula} ${want.length}`];
      return [...got].flatMap((y, i) => {
        const exact = want[i] as number;
        // What float64 loses where a formula takes 1 and a small number together.
        const slack = 2 ** -50 * Math.max(1, Math.abs(x[i] ?? 1));
        const isRight = Number.isFinite(Math.fround(exact))
          ? Math.abs(y - exact) <= boundOf(call) * ulp32(exact) + slack
          : Object.is(y, Math.fround(exact));
        return isRight ? [] : [`${call} at ${x[i]}: ${y}, ${formula} is ${exact}`];
      });
    });
  });
}

/** What an example of a difference says. */
export const numbers = (said: Example["x"]) =>
  [said].flat().map((value) => (typeof value === "number" ? value : (evaluate(value, {}) as number)));

/** What both entries give at these x. */
export function resultsAt(call: string, at: readonly number[]): Float32Array[] {
  const x = Float32Array.from(at);
  return [wasm, js].map((lib) => evaluate(qualified(call), { lib, x, dy: x.map(() => 1) }) as Float32Array);
}
