/** Where a table of custom is compared with the formula: everywhere, and at its ends. */
import { expect, test } from "vitest";
import { INPUTS, inputsFor } from "../src/fit/measure.ts";
import { bitsOf, neighbour } from "../src/math/ulp.ts";

const SIGN = 0x80000000;
const sizeOf = (x: number) => bitsOf(x) & ~SIGN;

test.each([
  [-4, 0.3],
  [-109, 17.5],
  [2, 2.5],
])("one input in each stratum, from %d to %d", (lo, hi) => {
  const inputs = inputsFor(lo, hi);
  const quarter = INPUTS / 4;
  expect(inputs.length).toBe(INPUTS);
  const borders = [lo, hi].map(Math.fround).flatMap((x) => [neighbour(x, -1), x, neighbour(x, 1)]);
  expect([...inputs.subarray(quarter - 6, quarter)]).toEqual(borders);
  const everywhere = inputs.subarray(0, quarter - 6);
  const wide = Math.ceil(0x7f7fffff / quarter);
  expect(new Set(everywhere.map((x) => Math.floor(sizeOf(x) / wide))).size).toBeGreaterThan(0.6 * quarter);
  expect(Math.max(...everywhere)).toBeGreaterThan(1e38);
  const [first, last] = [bitsOf(2 ** -11), bitsOf(Math.max(Math.abs(lo), Math.abs(hi), 1))];
  const sized = inputs.subarray(quarter, 2 * quarter);
  expect(sized.every((x) => sizeOf(x) >= first && sizeOf(x) <= last)).toBe(true);
  const narrow = (last - first) / quarter;
  expect(new Set(sized.map((x) => Math.floor((sizeOf(x) - first) / narrow))).size).toBeGreaterThan(0.99 * quarter);
  for (const part of [everywhere, sized]) {
    expect(part.filter((x) => x < 0).length / part.length).toBeCloseTo(0.5, 2);
  }
  const between = inputs.subarray(2 * quarter);
  const step = (hi - lo) / between.length;
  expect(between.every((x, i) => Math.abs(x - lo - (i + 0.5) * step) <= 0.51 * step)).toBe(true);
  // Nowhere in its stratum more often than elsewhere.
  const places = between.map((x, i) => (x - lo) / step - i);
  const mean = places.reduce((sum, place) => sum + place, 0) / places.length;
  expect(mean).toBeCloseTo(0.5, 1);
});
