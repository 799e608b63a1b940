/**
 * What the tests of options compare with, float64 formulas, against the same in many digits: rows
 * with a sink, and swiglu with alpha, offset and limit.
 */
import { describe, expect, test } from "vitest";
import { exactMath, Real } from "../oracle/exact.ts";
import { GATED, reference as gated } from "./halves.ts";
import { OPS, reference } from "./logits.ts";
import { random } from "./shaped.ts";

type Wide = ReturnType<typeof exactMath.of>;

const { of, logistic } = exactMath;
const LENGTHS = [1, 2, 3, 5, 12];
const SPREADS = [0.1, 1, 10, 80];
/** Far below an ULP of float32. */
const CLOSE = 2 ** -44;

/** `size`: of what a result is the difference of, where that is larger than it. */
function expectClose(got: number, want: Wide, size: number, what: string): void {
  const off = of(got).minus(want).abs().toNumber();
  const most = CLOSE * Math.max(size, want.abs().toNumber());
  expect(off, `${what}: ${got}, exactly ${want.toPrecision(20)}`).toBeLessThanOrEqual(most);
}

const sumOf = (values: readonly Wide[]) => values.reduce((sum, value) => sum.plus(value), of(0));

/** The op on a row, one more element in the sum. */
function exactRow(op: (typeof OPS)[number], row: readonly number[], sink: number | undefined): Wide[] {
  const sum = sumOf([...row, ...(sink === undefined ? [] : [sink])].map((v) => of(v).exp()));
  if (op === "logSumExp") return [sum.ln()];
  return row.map((v) => (op === "softmax" ? of(v).exp().div(sum) : of(v).minus(sum.ln())));
}

describe.each(OPS)("the formula of %s", (op) => {
  test.each([undefined, 0, -3.5, 60])("has float64's digits with sink %s", (sink) => {
    const next = random(11);
    for (const length of LENGTHS) {
      for (const spread of SPREADS) {
        const row = Array.from({ length }, () => Math.fround(spread * (2 * next() - 1)));
        const want = exactRow(op, row, sink);
        // A logarithm is a difference of the elements.
        const size = op === "softmax" ? 0 : Math.max(...row.map(Math.abs), Math.abs(sink ?? 0));
        reference(op, row, sink, false).forEach((got, i) => {
          expectClose(got, want[i] as Wide, size, `${op} of [${row.join(", ")}], element ${i}`);
        });
      }
    }
  });
});

const SETTINGS = [{ alpha: 1.702, offset: 1, limit: 7 }, { limit: 10 }, { alpha: -2.5, limit: 3 }, { offset: -0.25 }];

describe.each(GATED.filter(({ row }) => row.params))("the formula of $name", (op) => {
  test.each(SETTINGS)("has float64's digits with %o", ({ alpha = 1, offset = 0, limit = Infinity }) => {
    const next = random(12);
    for (let k = 0; k < 400; k++) {
      const [a, b] = [0, 1].map(() => Math.fround(12 * (2 * next() - 1))) as [number, number];
      const gate = of(Math.min(a, limit));
      const other = of(Math.min(Math.max(b, -limit), limit)).plus(of(Math.fround(offset)));
      const want = gate.times(logistic(gate.times(of(Math.fround(alpha))))).times(other);
      const [got] = gated(op, { alpha, offset, limit }, [a], [b]);
      expectClose(got as number, want, 0, `${op.name} of ${a} and ${b}`);
    }
  });
});

test("many digits are many", () => {
  expect(new Real(1).div(3).toFixed(40)).toBe(`0.${"3".repeat(40)}`);
});
