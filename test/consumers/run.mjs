/**
 * The package from its tarball, as consumers use it: `npm run test:consumers`, or with names of
 * checks behind it. After a build.
 *
 * Status 1 if a check fails, 2 if all that ran passed but a tool could not be installed: neither is
 * silent.
 */
import { CHECKS } from "./checks.mjs";
import { NotInstalled } from "./place.mjs";

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.keys(CHECKS).some((check) => check.startsWith(name)));
if (unknown.length > 0) throw new Error(`no check called ${unknown.join(", ")}: ${Object.keys(CHECKS).join(", ")}`);

const LIMIT_MS = 600_000;
let status = 0;
for (const [name, check] of Object.entries(CHECKS)) {
  if (asked.length > 0 && !asked.some((prefix) => name.startsWith(prefix))) continue;
  let timer;
  const limit = new Promise((_, fail) => {
    timer = setTimeout(fail, LIMIT_MS, new Error("over the time limit"));
  });
  try {
    console.log(`passed   ${name}: ${await Promise.race([check(), limit])}`);
  } catch (error) {
    const missing = error instanceof NotInstalled;
    status = missing ? status || 2 : 1;
    console.log(`${missing ? "NOT RUN " : "FAILED  "} ${name}: ${error.message}`);
  } finally {
    clearTimeout(timer);
  }
}
process.exit(status);
