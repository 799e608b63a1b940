/**
 * npm run fuzz: random calls of every op against the contract.
 *
 *   npm run fuzz -- --calls 1000000          so many calls, half of them to each entry
 *   npm run fuzz -- --seed S --path P        one failure again, as a failing run prints it
 *   npm run fuzz -- --op softmax,reluGrad    some ops only
 *   npm run fuzz -- --survey                 does not stop at failures, but counts them
 */
import { parseArgs } from "node:util";
import fc from "fast-check";
import { complaintOf } from "./check.ts";
import { type Plan, plans } from "./plan.ts";
import { ENTRIES, EVERY } from "./table.ts";

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "100000" },
    seed: { type: "string" },
    path: { type: "string" },
    op: { type: "string" },
    survey: { type: "boolean", default: false },
  },
});

const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const chosen = values.op?.split(",");
const ops = EVERY.flatMap(({ name }, i) => (!chosen || chosen.includes(name) ? [i] : []));
if (ops.length === 0) throw new Error(`no op is called ${values.op}`);
const numRuns = Math.ceil(Number(values.calls) / ENTRIES.length);

let calls = 0;
const start = performance.now();
let told = start;
function count(): void {
  calls++;
  const now = performance.now();
  if (now - told < 10_000) return;
  told = now;
  tell();
}
function tell(): void {
  const seconds = (performance.now() - start) / 1000;
  console.log(`${calls} calls in ${seconds.toFixed(0)} s, ${Math.round(calls / seconds)} a second`);
}

function complaints(plan: Plan): string[] {
  return ENTRIES.flatMap((entry) => {
    count();
    return complaintOf(plan, entry) ?? [];
  });
}

function survey(): void {
  const found = new Map<string, { times: number; example: string; ops: Set<string> }>();
  fc.assert(
    fc.property(plans(ops), (plan) => {
      for (const complaint of complaints(plan)) {
        const kind = complaint
          .replaceAll(EVERY[plan.op]?.name ?? "", "op")
          .replace(/-?\d[\d.e+-]*|0x[0-9a-f]+|-?Infinity|NaN/g, "#");
        const known = found.get(kind) ?? { times: 0, example: complaint, ops: new Set() };
        known.ops.add(EVERY[plan.op]?.name ?? "");
        found.set(kind, { ...known, times: known.times + 1 });
      }
    }),
    { seed, numRuns },
  );
  for (const { times, example, ops: which } of [...found.values()].sort((a, b) => b.times - a.times)) {
    const others = which.size > 1 ? ` (${which.size} ops: ${[...which].slice(0, 8).join(", ")})` : "";
    console.log(`${times} x ${example}${others}`);
  }
}

console.log(`seed ${seed}`);
if (values.survey) survey();
else {
  const outcome = fc.check(
    fc.property(plans(ops), (plan) => {
      const [complaint] = complaints(plan);
      if (complaint) throw new Error(complaint);
    }),
    { seed, numRuns, ...(values.path === undefined ? {} : { path: values.path }) },
  );
  if (outcome.failed) {
    const { counterexample, counterexamplePath, errorInstance, numShrinks } = outcome;
    console.log(fc.stringify(counterexample?.[0]));
    console.log(errorInstance instanceof Error ? errorInstance.message : errorInstance);
    const only = values.op === undefined ? "" : ` --op ${values.op}`;
    console.log(
      `after ${numShrinks} shrinks; again: npm run fuzz -- --seed ${seed} --path ${counterexamplePath}${only}`,
    );
    process.exitCode = 1;
  }
}
tell();
