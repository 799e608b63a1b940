/** The examples of docs/layers.md run, and give what the formulas give. */
import { expect, test } from "vitest";
import { elu, gelu } from "../src/activations.generated.ts";
import { known } from "../src/calls/describe.ts";
import { examplesOf, near } from "./page-examples.ts";

const examples = examplesOf("docs/layers.md");
const printed = (index: number) => examples[index]?.();

test("the bias", () => {
  const { value } = known(gelu, "map").row;
  expect(printed(0)).toEqual([[near([1, 0, 0, 0, 2, -2].map((z) => value(z, 0, 0, 0)))]]);
});

test("batch normalization", () => {
  // Channel 0: (x - 1) / 2 + 0.5, channel 1: 2 x - 1.
  expect(printed(1)).toEqual([[near([0.5, 1.5, 0, 2.5, 1, 5, 0, 9])]]);
});

test("the residual block", () => {
  expect(printed(2)).toEqual([[[1.25, 0.25, 0, 4.25]]]);
});

test("parameters per channel", () => {
  const { value, derivative } = known(elu, "map").row;
  expect(printed(3)).toEqual([
    [near([value(-1, 1, 0, 0), 1, value(-1, 0.5, 0, 0), 1])],
    [near([derivative(-1, 1, 0, 0), 1, derivative(-1, 0.5, 0, 0), 1])],
  ]);
});

test("training: the gradients are those of the sum of the results, by differences", () => {
  const loss = (x: readonly number[], scale: readonly number[], shift: readonly number[]) =>
    x.reduce((sum, v, i) => {
      const z = (scale[i % 2] as number) * v + (shift[i % 2] as number);
      return sum + z / (1 + Math.exp(-z));
    }, 0);
  const at = [
    [1, 2, 3, 4],
    [2, -1],
    [0, 1],
  ] as const;
  const step = 1e-4;
  const differences = at.map((values, k) =>
    values.map((_, i) => {
      const moved = (by: number) => {
        const copy = at.map((array) => [...array]) as [number[], number[], number[]];
        (copy[k] as number[])[i] = (copy[k]?.[i] as number) + by;
        return loss(...copy);
      };
      return (moved(step) - moved(-step)) / (2 * step);
    }),
  );
  expect(printed(4)).toEqual([differences.map(near)]);
});

test("every example is run by a test above", () => {
  expect(examples).toHaveLength(5);
});
