/** How the benches size a batch of calls. */
import { expect, test } from "vitest";
import { time } from "../bench/measure/clock.ts";

/** What keeps the processor busy for so long. */
function busy(milliseconds: number): void {
  for (const start = performance.now(); performance.now() - start < milliseconds; );
}

/** As many as there are attempts at one size, at least. */
const INTERRUPTIONS = 5;

test("interruptions while a batch is sized do not make it short", () => {
  const asked: number[] = [];
  const run = (times: number) => {
    if (asked.push(times) <= INTERRUPTIONS) busy(2);
    busy(times * 1e-5);
  };
  const { samples } = time(run, 5);
  expect(asked[0]).toBe(1);
  expect(asked.at(-1)).toBeGreaterThan(100);
  for (const ns of samples) expect(ns).toBeGreaterThan(0);
});
