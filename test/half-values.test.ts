/**
 * Results on Float16Array: of every input of every elementwise op and setting, and of the others.
 */
import { describe, expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import { type Case, casesOf } from "../oracle/cases.ts";
import { EVERY_HALF, halfError, roundToHalf } from "../oracle/half.ts";
import { roundedAt } from "../oracle/rounded.ts";
import { type Package, shapedRuns } from "../scripts/fingerprint/ops.ts";
import { bitsOfHalves, describeHalf, halvesFor } from "./half-arrays.ts";

const ENTRIES: readonly (readonly [string, Package])[] = [
  ["wasm", wasm as unknown as Package],
  ["js", js as unknown as Package],
];

const call = (ops: Package, name: string) => ops[name] as unknown as (...args: readonly unknown[]) => Float16Array;
const optionsOf = ({ setting, options }: Case) => (setting === "default" ? [] : [options]);

test("rounding to float16", () => {
  expect(EVERY_HALF.filter((x) => !Object.is(roundToHalf(x), x))).toEqual([]);
  expect([1 + 2 ** -11, 1 + 3 * 2 ** -11, 2 ** -25, 3 * 2 ** -25, 65519, 65520].map(roundToHalf)).toEqual([
    1,
    1 + 2 ** -9,
    0,
    2 ** -23,
    65504,
    Infinity,
  ]);
  expect(halfError(1, 1 + 2 ** -10)).toBe(1);
  expect(halfError(Infinity, 65504)).toBe(1);
});

describeHalf("elementwise ops on Float16Array", () => {
  const every = Float16Array.from(EVERY_HALF);

  test("the order of the bits is that of the oracle", () => {
    expect(bitsOfHalves(every).findIndex((bits, i) => bits !== i && !Number.isNaN(EVERY_HALF[i]))).toBe(-1);
  });

  const forward = casesOf(true).filter(({ direction }) => direction === "forward");
  test.each(forward.map((subject) => [`${subject.op}, ${subject.setting}`, subject] as const))(
    "%s: the exact value, rounded once, of all inputs",
    (_, subject) => {
      const expected = bitsOfHalves(Float16Array.from(EVERY_HALF, (x) => roundedAt(subject, x)));
      for (const [entry, ops] of ENTRIES) {
        const found = bitsOfHalves(call(ops, subject.op)(every, ...optionsOf(subject)));
        const wrong = found.findIndex((bits, i) => bits !== expected[i]);
        expect(wrong, `${entry}, f(${EVERY_HALF[wrong]}) is ${found[wrong]}, not ${expected[wrong]}`).toBe(-1);
      }
    },
  );

  const gradients = casesOf(true).filter(({ direction }) => direction === "gradient");
  const factors = Float16Array.from(EVERY_HALF, (_, i) => ((i * 2654435761) % 4096) / 512 - 4);
  test.each(gradients.map((subject) => [`${subject.op}, ${subject.setting}`, subject] as const))(
    "%s: within 0.51 ULP of all inputs, for dy = 1 and others",
    (_, subject) => {
      const { row, a, b, c } = subject;
      for (const dy of [every.map(() => 1), factors]) {
        for (const [entry, ops] of ENTRIES) {
          const found = call(ops, subject.op)(dy, every, ...optionsOf(subject));
          const wrong = found.findIndex((dx, i) => {
            const x = EVERY_HALF[i] as number;
            return !(halfError(dx, (dy[i] as number) * row.derivative(x, a, b, c)) <= 0.51);
          });
          expect(wrong, `${entry}, at ${EVERY_HALF[wrong]}: ${found[wrong]}`).toBe(-1);
        }
      }
    },
  );
});

describeHalf("ops along an axis on Float16Array", () => {
  const SHAPES = [
    { shape: [7, 34], axis: -1 },
    { shape: [6, 34, 5], axis: 1 },
    { shape: [2, 8, 700], axis: 1 },
    { shape: [3, 70000], axis: 1 },
    { shape: [2, 40, 3000], axis: 1 },
  ] as const;
  // In float64, the sums too.
  const exact = new Map(shapedRuns(js as unknown as Package));

  describe.each(ENTRIES)("%s", (_, ops) => {
    test.each(shapedRuns<Float16Array>(ops))("%s: within 0.51 ULP of what float32 gives", (name, run) => {
      for (const { shape, axis } of SHAPES) {
        const length = shape.reduce((product: number, n) => product * n, 1);
        const [x, above] = [halvesFor(length), halvesFor(length, 7)];
        const channels = shape.at(axis) as number;
        const found = run(x, above, { shape, axis }, channels);
        const wide = exact.get(name)?.(new Float32Array(x), new Float32Array(above), { shape, axis }, channels) ?? [];
        expect(found.length).toBe(wide.length);
        found.forEach((y, k) => {
          expect(y).toBeInstanceOf(Float16Array);
          const want = wide[k] as Float32Array;
          const wrong = y.findIndex((value, i) => !(halfError(value, want[i] as number) <= 0.51));
          expect(wrong, `[${shape}]: ${y[wrong]}, not ${want[wrong]}`).toBe(-1);
        });
      }
    });
  });
});
