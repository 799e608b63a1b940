/**
 * docs/gates.md: each call gives the result that stands beside it, from factors that lie as it
 * says, and so does its gradient.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import { fileOf } from "../scripts/files.ts";
import * as table from "../src/activations.generated.ts";
import { describe } from "../src/calls/describe.ts";
import { parametersOf } from "../src/calls/parameters.ts";

/** Factors on both sides of every bound in the table. */
const A = [-3, -0.5, 0.25, 2, 6.5, 8, 12, -5];
const B = [0.5, -2, 11, -8, 3, -11, 7.5, 1];
const SHAPE = [2, A.length];

const CELL = /^\| (.+?) \| (two arrays|halves|in turn) \| `(.+?)` \| `(.+?)` \|$/gm;
const lines = [...readFileSync(fileOf("docs/gates.md"), "utf8").matchAll(CELL)].map(
  ([, where = "", lie = "", call = "", result = ""]) => ({ where, lie, call, result }),
);

/** The functions of the results, in float64. */
const FUNCTIONS: Readonly<Record<string, (x: number, bound: number) => number>> = {
  ...Object.fromEntries(
    Object.values(table).flatMap((op) => {
      const known = describe(op);
      if (known?.kind !== "map") return [];
      const { a, b, c } = parametersOf(known.row);
      return [[known.name, (x: number) => known.row.value(x, a, b, c)]];
    }),
  ),
  least: Math.min,
  clip: (x, bound) => Math.min(Math.max(x, -bound), bound),
};

/** What an expression of the page gives. */
function evaluate(expression: string, scope: Readonly<Record<string, unknown>>): unknown {
  return new Function(...Object.keys(scope), `return ${expression};`)(...Object.values(scope)) as unknown;
}

function arrayOf(lie: string): Float32Array {
  const length = A.length / 2;
  const rows = [0, 1].map((row) => [A, B].map((half) => half.slice(row * length, (row + 1) * length)));
  const joined = rows.flatMap(([a = [], b = []]) =>
    lie === "halves" ? [...a, ...b] : a.flatMap((x, i) => [x, b[i] as number]),
  );
  return Float32Array.from(joined);
}

test("every op that is gated, and every way to lie", () => {
  const gated = Object.values(table).flatMap((op) => {
    const known = describe(op);
    return known?.kind === "gated" ? [known.name] : [];
  });
  expect([...new Set(lines.map(({ call }) => call.split("(")[0]))].sort()).toEqual(gated.sort());
  expect(new Set(lines.map(({ lie }) => lie)).size).toBe(3);
});

test.each(lines)("$where", ({ lie, call, result }) => {
  const want = A.map((a, i) => evaluate(result, { ...FUNCTIONS, a, b: B[i] }) as number);
  const dy = Float32Array.from(A, (_, i) => i - 2.5);
  for (const lib of [wasm, js]) {
    const scope = { ...lib, a: Float32Array.from(A), b: Float32Array.from(B), x: arrayOf(lie), shape: SHAPE, dy };
    const got = evaluate(call, scope) as Float32Array;
    got.forEach((y, i) => {
      expect(Math.abs(y - (want[i] as number))).toBeLessThanOrEqual(3e-7 * Math.abs(want[i] as number));
    });
    const dx = evaluate(call.replace("(", "Grad(dy, "), scope) as Float32Array | { da: Float32Array; db: Float32Array };
    const lengths = dx instanceof Float32Array ? [dx.length] : [dx.da.length, dx.db.length];
    expect(lengths).toEqual(lie === "two arrays" ? [A.length, A.length] : [2 * A.length]);
  }
});
