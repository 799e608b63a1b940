/** How the benches size a batch of calls: by a clock that the test moves. */
import { expect, test, vi } from "vitest";

/** As many as there are attempts at one size, at least. */
const INTERRUPTIONS = 5;
const INTERRUPTION_MS = 2;
const CALL_MS = 1e-5;

test("interruptions while a batch is sized do not make it short", async () => {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => {
    now += 5e-5;
    return now;
  });
  const { time } = await import("../bench/measure/clock.ts");
  const asked: number[] = [];
  const { samples } = time((times) => {
    if (asked.push(times) <= INTERRUPTIONS) now += INTERRUPTION_MS;
    now += times * CALL_MS;
  }, 5);
  vi.restoreAllMocks();
  expect(asked[0]).toBe(1);
  expect(asked.at(-1)).toBeGreaterThan(100);
  for (const ns of samples) expect(ns / (CALL_MS * 1e6)).toBeCloseTo(1, 1);
});
