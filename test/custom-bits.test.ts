/**
 * The tables that are made of callers' formulas: of formulas whose every step is rounded exactly,
 * the results have the same bits on each runtime, and stay as they are.
 *
 * A change of how tables are made changes the hashes: `npx vitest run test/custom-bits.test.ts -u`.
 */
import { expect, test } from "vitest";
import { custom } from "wasm-activations";
import { canonicalBits, steppedInputs } from "../scripts/fingerprint/numbers.ts";
import { Sha256 } from "../scripts/fingerprint/sha256.ts";

type Formula = (x: number) => number;

const between = (x: number, from: number, to: number) => Math.min(Math.max(x, from), to);
const inside = (x: number, from: number, to: number) => (x > from && x < to ? 1 : 0);
const unit: Formula = (x) => x / Math.sqrt(1 + x * x);
const unitSlope: Formula = (x) => 1 / ((1 + x * x) * Math.sqrt(1 + x * x));
/** Comes to its ends fast, as tanh does. */
const swift: Formula = (x) => {
  const fourth = x * x * x * x;
  return x / Math.sqrt(Math.sqrt(Math.sqrt(1 + fourth * fourth)));
};
const cubic: Formula = (x) => x * x * x - x;

/** Formula and derivative, from +, -, *, / and roots. */
const EXACT: Record<string, readonly [Formula, Formula]> = {
  softsign: [(x) => x / (1 + Math.abs(x)), (x) => 1 / ((1 + Math.abs(x)) * (1 + Math.abs(x)))],
  unit: [unit, unitSlope],
  "no root": [(x) => 2 + unit(x), unitSlope],
  "bend at 0": [(x) => (x >= 0 ? x : x / (1 - x)), (x) => (x >= 0 ? 1 : 1 / ((1 - x) * (1 - x)))],
  "jump of the slope at 0": [(x) => (x >= 0 ? x : (2 * x) / (1 - x)), (x) => (x >= 0 ? 1 : 2 / ((1 - x) * (1 - x)))],
  "root at 1": [(x) => unit(1.3 * (x - 1)), (x) => 1.3 * unitSlope(1.3 * (x - 1))],
  "root at 0.3": [(x) => unit(x - 0.3), (x) => unitSlope(x - 0.3)],
  "root far out": [(x) => unit((x + 37) / 8), (x) => unitSlope((x + 37) / 8) / 8],
  "root before an end": [
    (x) => unit(between(x, -4, 0.3) - 0.25),
    (x) => inside(x, -4, 0.3) * unitSlope(between(x, -4, 0.3) - 0.25),
  ],
  "root after an end": [
    (x) => unit(between(x, 0.2, 4) - 0.25),
    (x) => inside(x, 0.2, 4) * unitSlope(between(x, 0.2, 4) - 0.25),
  ],
  "root of the slope before an end": [
    (x) => unit(between(x, -2, 1.1) ** 2 / 2 - between(x, -2, 1.1)),
    (x) => inside(x, -2, 1.1) * unitSlope(x ** 2 / 2 - x) * (x - 1),
  ],
  "slope that ends at its root": [
    (x) => unit(8 * (between(x, -3, 1) - 1) ** 2),
    (x) => inside(x, -3, 1) * (x - 1) * (x + 3) * (x + 3),
  ],
  "slope that begins at its root": [
    (x) => unit(8 * (between(x, -1, 3) + 1) ** 2),
    (x) => inside(x, -1, 3) * (x + 1) * (x - 3) * (x - 3),
  ],
  // Of these the values are of no interest: a gradient with one root.
  "slope with a root at 0": [unit, (x) => swift(x) + 0],
  "slope with a root at 0.02": [unit, (x) => swift(x - 0.02)],
  "slope with a root at -1.3": [unit, (x) => 3 * swift(x + 1.3)],
  "slope with a root far out": [unit, (x) => swift((x + 37) / 8)],
  "slope with a root near its end": [unit, (x) => swift(x - 4) + 0.9999],
  "steep at 0": [(x) => unit(40 * x), (x) => 40 * unitSlope(40 * x)],
  "a line beyond": [(x) => 0.375 * x + unit(between(x, -8, 8)), (x) => 0.375 + inside(x, -8, 8) * unitSlope(x)],
  "positive domain": [(x) => 1 / between(x, 1, 9), (x) => -inside(x, 1, 9) / (between(x, 1, 9) * between(x, 1, 9))],
  "negative domain": [(x) => unit(between(x, -9, -1)), (x) => inside(x, -9, -1) * unitSlope(between(x, -9, -1))],
  "domain from 0": [(x) => unit(between(x, 0, 5)), (x) => inside(x, 0, 5) * unitSlope(between(x, 0, 5))],
  "several roots": [
    (x) => cubic(between(x, -2, 3)),
    (x) => inside(x, -2, 3) * (3 * between(x, -2, 3) * between(x, -2, 3) - 1),
  ],
  "x beyond": [
    (x) => (x > 6 ? x : x < -6 ? 0 : x * (0.5 + 0.5 * unit(x) * (1 + 1 / 72))),
    (x) => (x > 6 ? 1 : x < -6 ? 0 : 0.5 + (0.5 * unit(x) + 0.5 * x * unitSlope(x)) * (1 + 1 / 72)),
  ],
  "no end": [(x) => (x > 0 ? Math.sqrt(x / 3) : 0), (x) => (x > 0 ? x / 3 : 0)],
  "small results": [(x) => 2 ** -120 * (1 + unit(x)), (x) => 2 ** -120 * unitSlope(x)],
  "large results": [(x) => 2 ** 120 * unit(between(x, -4, 4)), (x) => 2 ** 120 * inside(x, -4, 4) * unitSlope(x)],
};

const inputs = new Float32Array([
  ...steppedInputs(2 ** 13),
  ...Float32Array.from({ length: 2 ** 13 }, (_, i) => (i - 2 ** 12) * (5 / 2 ** 10 + 2 ** -20)),
]);
const ones = new Float32Array(inputs.length).fill(1);

/** What a call gives, in a few letters; what is said where there is no table. */
function resultOf(make: () => Float32Array): string {
  try {
    const y = make();
    return new Sha256().update(canonicalBits(y)).digest().slice(0, 16);
  } catch (error) {
    return String(error);
  }
}

test.each(Object.entries(EXACT))("%s", (name, [formula, derivative]) => {
  expect(resultOf(() => custom(name, formula)(inputs))).toMatchSnapshot("value");
  // As a formula of its own, too.
  expect(resultOf(() => custom(name, derivative)(inputs))).toMatchSnapshot("slope as a formula");
  expect(resultOf(() => custom(name, formula, { derivative, maxUlp: 4 }).gradient(ones, inputs))).toMatchSnapshot(
    "gradient",
  );
});
