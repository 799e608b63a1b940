/**
 * The package from its tarball, as consumers use it, after a build:
 * `npm run test:consumers [-- --write] [names]`, all of them or those whose names contain one of
 * these.
 *
 *   --write   keeps what was found in docs/consumers.json, from which `npm run docs` makes pages
 *
 * Status 1 if a check fails, 2 if all that ran passed but a tool could not be installed: neither is
 * silent.
 */
import { parseArgs } from "node:util";
import type { Check, Found } from "./check.ts";
import { CHECKS, NOT_IN_CI, titleOf } from "./checks.ts";
import { NotInstalled } from "./place.ts";
import { missing, printed, write } from "./results.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const isAsked = (check: Check) =>
  positionals.length === 0 || positionals.some((part) => titleOf(check).toLowerCase().includes(part.toLowerCase()));
const asked = CHECKS.filter(isAsked);
if (asked.length === 0) throw new Error(`no such check; there are ${CHECKS.map(titleOf).join("; ")}`);

const isCI = Boolean(process.env.CI);
const left = asked.filter((check) => isCI && NOT_IN_CI.includes(titleOf(check)));
for (const check of left) console.log(`NOT IN CI ${titleOf(check)}`);

const results = new Map<Check, Found>();
let status = 0;

async function look(check: Check): Promise<void> {
  const start = performance.now();
  const say = (how: string, what: string) =>
    console.log(`${how} ${titleOf(check)}: ${what} (${Math.round((performance.now() - start) / 1000)} s)`);
  try {
    const result = await check.run();
    results.set(check, result);
    say("passed   ", Object.values(result).flat().join(", "));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isMissing = error instanceof NotInstalled;
    if (isMissing) results.set(check, missing(message));
    status = isMissing ? status || 2 : 1;
    say(isMissing ? "NOT RUN  " : "FAILED   ", message);
  }
}

// Two at a time: while one installs, another computes.
const queue = asked.filter((check) => !left.includes(check));
await Promise.all(
  [0, 1].map(async () => {
    for (let check = queue.shift(); check; check = queue.shift()) await look(check);
  }),
);

console.log(printed(asked, results));
if (values.write) write(results);
process.exit(status);
