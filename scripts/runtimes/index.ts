/**
 * The fingerprints in every runtime that is to be had: `npm run runtimes [-- names]`. Prints a
 * matrix, and fails where one differs from test/fingerprints.json or is missing without its type of
 * numbers being missing.
 */
import { fileOf, readJson } from "../files.ts";
import type { Report } from "../fingerprint/anywhere.ts";
import { typeOf } from "../fingerprint/numbers.ts";
import { FINGERPRINTS_FILE } from "../verify/results.ts";
import { everywhere } from "./everywhere.ts";

const script = fileOf("scripts/fingerprint/anywhere.ts");
const findings = (await everywhere<Report>(script, process.argv.slice(2))).map(({ runtime, report, reason }) =>
  report && report.backend !== "wasm" ? { runtime, reason: `runs on ${report.backend}` } : { runtime, report, reason },
);

const known = readJson<Record<string, string>>(FINGERPRINTS_FILE, {});
const width = Math.max(...Object.keys(known).map((op) => op.length));
const cells = (key: string) =>
  findings.map(({ report }) => {
    if (!report) return "-";
    if (!report.types.includes(typeOf(key))) return "no type";
    return report.fingerprints[key] === known[key] ? "same" : "DIFFERS";
  });
console.log([" ".repeat(width), ...findings.map(({ runtime }) => runtime)].join(" | "));
for (const op of Object.keys(known)) {
  const line = cells(op).map((cell, i) => cell.padEnd(findings[i]?.runtime.length ?? 0));
  console.log([op.padEnd(width), ...line].join(" | "));
}
for (const { runtime, reason } of findings) {
  if (reason !== undefined) console.log(`${runtime} is not available: ${reason}`);
}
process.exitCode = Object.keys(known).some((op) => cells(op).includes("DIFFERS")) ? 1 : 0;
