/**
 * Random calls against the contract, always the same ones; `npm run fuzz` draws others, and more.
 */
import fc from "fast-check";
import { test } from "vitest";
import { complaintOf } from "./check.ts";
import { plans } from "./plan.ts";
import { ENTRIES } from "./table.ts";

const CALLS = 20_000;
const SEED = 20_000;

test(`${CALLS} random calls do what the contract says, and nothing else`, () => {
  fc.assert(
    fc.property(plans(), (plan) => {
      for (const entry of ENTRIES) {
        const complaint = complaintOf(plan, entry);
        if (complaint) throw new Error(complaint);
      }
    }),
    { seed: SEED, numRuns: CALLS / ENTRIES.length },
  );
});
