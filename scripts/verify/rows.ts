/**
 * Checks the ops along an axis on a dense random sample of rows, against the float64 formulas of
 * their rows.
 */

import { ulpError } from "../../oracle/ulp.ts";
import * as table from "../../src/activations.generated.ts";
import { type Described, describe } from "../../src/calls/describe.ts";
import { gateOf } from "../../src/calls/gated.ts";
import type { FloatArray } from "../../src/model/arrays.ts";
import { adverseRows } from "./adverse.ts";
import type { RowEntry } from "./entry.ts";
import type { Ops } from "./sweep.ts";

const LENGTHS = [1, 2, 3, 4, 5, 7, 8, 16, 33, 100, 257, 1000, 4096, 4097, 10_000, 65_537, 100_000, 1_000_000];
const SPREADS = [0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000];
/** Of short rows there are as many as make this many elements. */
const ELEMENTS = 20_000;

/** Rows of one kind, from random numbers of [0, 1) and of N(0, 1). */
interface Shape {
  readonly name: string;
  at(spread: number, index: number, uniform: () => number): number;
}

const normal = (uniform: () => number) => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());

const shapes: readonly Shape[] = [
  { name: "uniform", at: (spread, _, uniform) => spread * (2 * uniform() - 1) },
  { name: "normal", at: (spread, _, uniform) => spread * normal(uniform) },
  { name: "one above the others", at: (spread, index, uniform) => (index === 0 ? spread : 0) + 0.1 * normal(uniform) },
  // Where the logarithm of the sum is near 0.
  { name: "shifted", at: (spread, _, uniform) => spread * uniform() - spread - 1 },
];

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** An op, how it is called on one row, and its exact values, to `slack` as an absolute error. */
export interface RowCase {
  readonly op: string;
  readonly of: string;
  readonly bound: number;
  /** Rows must have an even length. */
  readonly even: boolean;
  exact(x: Float32Array): { readonly values: Float64Array; readonly slack: number };
}

/**
 * The ops along an axis that have a bound: not the gradients, in which terms of any size cancel.
 */
export function rowCases(): RowCase[] {
  const ops = [...new Set<unknown>(Object.values(table))].flatMap((op) => describe(op) ?? []);
  ops.sort((one, other) => (one.name < other.name ? -1 : 1));
  return ops.flatMap((op) => caseOf(op) ?? []);
}

function caseOf({ name: op, kind, row }: Described): RowCase | undefined {
  if (kind === "row") {
    const size = (x: Float32Array) => (row.reduces ? 1 : x.length);
    const exact = (x: Float32Array) => {
      const values = new Float64Array(size(x));
      // The formulas are float64 throughout; only the array that they write to rounds.
      row.value(x, x, values as Float64Array & Float32Array, 0, x.length, 1, 0);
      // Near 0 it is the difference of two numbers of the size of the maximum, and has lost what is
      // beyond their digits.
      const slack = row.reduces ? 2 ** -51 * Math.abs(x.reduce((most, y) => Math.max(most, y), -Infinity)) : 0;
      return { values, slack };
    };
    const isLogarithm = (exact(Float32Array.of(0, 0)).values[0] as number) < 0;
    return { op, of: op, bound: row.reduces ? 1 : isLogarithm ? 4 : 2, even: false, exact };
  }
  if (kind === "gated") {
    const { gated, value } = gateOf(row);
    const exact = (x: Float32Array) => {
      const half = x.length / 2;
      const values = new Float64Array(half);
      for (let i = 0; i < half; i++) {
        const first = x[i] as number;
        const second = x[half + i] as number;
        values[i] = gated === "a" ? value(first) * second : first * value(second);
      }
      return { values, slack: 0 };
    };
    return { op, of: op, bound: 2, even: true, exact };
  }
  return undefined;
}

/** A type of numbers, and how far a result may be off, in its ULP. */
export interface Precision {
  of(values: Float32Array): FloatArray;
  error(got: number, exact: number): number;
  readonly bound: number;
}

const rounded = (value: number) => Number(value.toPrecision(6));

function callOf(ops: Ops, op: string): (x: FloatArray) => FloatArray {
  const call = ops[op];
  if (typeof call !== "function") throw new Error(`the package has no ${op}`);
  return call as (x: FloatArray) => FloatArray;
}

/** The largest error in rows that are put together for it; undefined for an op of another shape. */
export function checkAdverseRows({ op, even, exact }: RowCase, ops: Ops): number | undefined {
  if (even || exact(Float32Array.of(0, 0)).values.length === 1) return undefined;
  const call = callOf(ops, op);
  let most = 0;
  for (const x of adverseRows(call, (row) => exact(row).values)) {
    const y = call(x);
    exact(x).values.forEach((want, j) => {
      most = Math.max(most, ulpError(y[j] as number, want));
    });
  }
  return most === 0 ? undefined : rounded(most);
}

export function checkRows(
  subject: RowCase,
  ops: Ops,
  fingerprint: string,
  { of, error: errorOf, bound }: Precision = { of: (values) => values, error: ulpError, bound: subject.bound },
): RowEntry {
  const { op, even, exact } = subject;
  const call = callOf(ops, op);
  let rows = 0;
  let elements = 0;
  let sum = 0;
  let misrounded = 0;
  let maxUlp = -1;
  let worst = { row: "", index: 0, got: 0, exact: 0 };
  for (const length of LENGTHS) {
    if (even && length % 2 !== 0) continue;
    for (const spread of SPREADS) {
      for (const { name, at } of shapes) {
        const uniform = random(length);
        for (let i = 0; i < Math.max(1, Math.floor(ELEMENTS / length)); i++) {
          const x = of(Float32Array.from({ length }, (_, index) => at(spread, index, uniform)));
          const y = call(x);
          const { values, slack } = exact(Float32Array.from(x));
          rows++;
          for (let j = 0; j < values.length; j++) {
            const got = y[j] as number;
            const want = values[j] as number;
            const near = got + Math.min(Math.max(want - got, -slack), slack);
            const error = errorOf(near, want);
            elements++;
            sum += error;
            if (error > 0.5) misrounded++;
            if (error <= maxUlp) continue;
            maxUlp = error;
            worst = { row: `${length} elements, ${name}, spread ${spread}, number ${i}`, index: j, got, exact: want };
          }
        }
      }
    }
  }
  return {
    rows,
    elements,
    bound,
    maxUlp: rounded(maxUlp),
    worst,
    meanUlp: rounded(sum / elements),
    correctlyRounded: rounded(1 - misrounded / elements),
    fingerprint,
  };
}
