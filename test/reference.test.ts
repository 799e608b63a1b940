/** The float64 formulas of the table against exact values (npm run fixtures). */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bitsOf, fromBits, hex, ulpError } from "../oracle/ulp.ts";
import * as table from "../src/activations.generated.ts";
import { describe as describeOp } from "../src/calls/describe.ts";
import { parametersOf } from "../src/calls/parameters.ts";
import type { Row } from "../src/model/row.ts";

/** ULP of float32. A kernel's error is measured against these formulas: theirs must not count. */
const BOUND = 0.01;

interface Line {
  readonly op: string;
  readonly params: readonly string[];
  readonly x: string;
  readonly y: string;
  readonly dy: string;
}

const lines: readonly Line[] = JSON.parse(
  readFileSync(new URL("./fixtures/elementwise.json", import.meta.url), "utf8"),
);

const rows = new Map<string, Row<string>>();
for (const op of Object.values(table)) {
  const described = describeOp(op);
  if (described?.kind === "map") rows.set(described.name, described.row);
}

/** What is wrong with `got` for f(x) or f'(x), if anything. */
function complaint(what: string, x: number, got: number, want: number): string | undefined {
  const error = ulpError(got, want);
  // Beyond float32's range, and at the limits, the sign of a zero is not defined by the real
  // numbers.
  const signDiffers = what.startsWith("f ") && x === 0 && want === 0 && !Object.is(got, want);
  if (error <= BOUND && !signDiffers) return undefined;
  const zero = Object.is(got, -0) ? "-0" : got;
  return `${what}at ${hex(x)} (${x}): got ${zero}, want ${Object.is(want, -0) ? "-0" : want}, ${error} ULP`;
}

test("every row and every setting has exact values", () => {
  const settings = (op: string) => lines.filter((line) => line.op === op).map((line) => line.params.map(Number));
  expect([...new Set(lines.map((line) => line.op))].sort()).toEqual([...rows.keys()].sort());
  for (const [name, row] of rows) {
    const defaults = Object.values(row.params ?? {}).map((param) => param.default);
    const further = row.about ? (row.about.settings ?? []) : [];
    expect(settings(name), name).toEqual([defaults, ...further]);
  }
});

describe.each(lines.map((line) => ({ title: `${line.op}(${line.params.join(", ")})`, line })))("$title", ({ line }) => {
  const row = rows.get(line.op);
  const xs = line.x.split(" ").map((bits) => fromBits(Number.parseInt(bits, 16)));

  test(`f and f' are right to ${BOUND} ULP`, () => {
    if (!row) throw new Error(`no row ${line.op}`);
    const { a, b, c } = parametersOf(row, line.params.map(Number));
    const ys = line.y.split(" ").map(Number);
    const slopes = line.dy.split(" ").map(Number);
    const complaints = xs.flatMap((x, i) => [
      complaint("f ", x, row.value(x, a, b, c), ys[i] as number),
      complaint("f' ", x, row.derivative(x, a, b, c), slopes[i] as number),
    ]);
    expect(complaints.filter((text) => text !== undefined)).toEqual([]);
  });

  test("NaN stays NaN", () => {
    if (!row) throw new Error(`no row ${line.op}`);
    const { a, b, c } = parametersOf(row, line.params.map(Number));
    expect(row.value(Number.NaN, a, b, c)).toBeNaN();
    expect(row.derivative(Number.NaN, a, b, c)).toBeNaN();
  });
});

test("float32 bits and ULP", () => {
  expect(bitsOf(-1.5)).toBe(0xbfc00000);
  expect(fromBits(0x80000000)).toBe(-0);
  expect(hex(2 ** -149)).toBe("0x00000001");
  expect(ulpError(1, 1 + 2 ** -23)).toBe(1);
  expect(ulpError(2 ** -149, 0)).toBe(1);
  expect(ulpError(Infinity, 2 ** 200)).toBe(0);
  expect(ulpError(Infinity, fromBits(0x7f7fffff))).toBe(1);
  expect(ulpError(Number.NaN, 0)).toBe(Infinity);
});
