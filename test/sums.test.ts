/** Sums over elements that cancel: what an addition in float64 loses is not lost. */
import { describe, expect, test } from "vitest";
import { ENTRIES, random } from "./shaped.ts";

const LARGE = 2 ** 60;

describe.each(ENTRIES)("the $entry entry", ({ lib }) => {
  test.each([3, 8, 64, 1000, 5000])("the gradients of a scale and a shift of %i elements are exact", (n) => {
    const next = random(n);
    const x = new Float32Array(2 * n).fill(-1);
    const dz = new Float32Array(2 * n);
    // In each of two channels two large numbers that cancel, and a small one anywhere else.
    for (const start of [0, n]) {
      const places = new Set<number>();
      while (places.size < 3) places.add(start + Math.floor(next() * n));
      const [plus = 0, minus = 0, one = 0] = places;
      dz[plus] = LARGE;
      dz[minus] = -LARGE;
      dz[one] = start === 0 ? 1 : -3;
    }
    const shape = [2, n];
    const scale = new Float32Array(2).fill(1);
    const layer = lib.affineGrad(dz, x, { scale, shift: scale, shape, axis: 0 });
    expect([...layer.dshift]).toEqual([1, -3]);
    expect([...layer.dscale]).toEqual([-1, 3]);
  });
});
