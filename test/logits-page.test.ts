/** The examples of docs/logits.md run, and give what the formulas give. */
import { expect, test } from "vitest";
import { examplesOf, near } from "./page-examples.ts";

const [token, attention, router, training, ...others] = examplesOf("docs/logits.md");

/** softmax of the elements that are numbers, 0 for the others, over `more` and them. */
function softmax(row: readonly (number | undefined)[], more = 0): number[] {
  const exponentials = row.map((x) => (x === undefined ? 0 : Math.exp(x)));
  const sum = exponentials.reduce((a, b) => a + b, more);
  return exponentials.map((e) => e / sum);
}

test("the next token", () => {
  const p = softmax([4, 2, 0, undefined, -2]).map(Math.log);
  expect(token?.()).toEqual([
    [
      [
        [0, ...near([p[0] as number])],
        [1, ...near([p[1] as number])],
      ],
    ],
    [[0, 1]],
  ]);
});

test("a row of attention", () => {
  const rows = [
    [2, undefined, undefined],
    [0.75, 2, undefined],
    [-0.5, 0.75, 2],
  ];
  expect(attention?.()).toEqual([
    [near(rows.flatMap((row) => softmax(row)))],
    [near(rows.flatMap((row) => softmax(row, 1)))],
  ]);
});

test("a router", () => {
  const rows = [
    [undefined, 3, undefined, 2],
    [undefined, undefined, 5, 1],
  ];
  expect(router?.()).toEqual([[near(rows.flatMap((row) => softmax(row)))]]);
});

test("training", () => {
  const rows = [softmax([1, 2, 0]), softmax([0, 0, 3])];
  const [first, second] = rows as [number[], number[]];
  expect(training?.()).toEqual([
    [
      near([-Math.log(first[1] as number), -Math.log(second[0] as number)]),
      near([...first.map((p, i) => p - Number(i === 1)), ...second.map((p, i) => p - Number(i === 0))]),
    ],
  ]);
});

test("every example is run by a test above", () => {
  expect(training).toBeDefined();
  expect(others).toEqual([]);
});
