/**
 * The fingerprints in every runtime that is to be had: `npm run runtimes [-- names]`. Prints a
 * matrix and fails where one differs from test/fingerprints.json.
 */
import { fileOf, readJson } from "../files.ts";
import type { Report } from "../fingerprint/anywhere.ts";
import { FINGERPRINTS_FILE } from "../verify/results.ts";
import { everywhere } from "./everywhere.ts";

const script = fileOf("scripts/fingerprint/anywhere.ts");
const findings = (await everywhere<Report>(script, process.argv.slice(2))).map(({ runtime, report, reason }) =>
  report && report.backend !== "wasm" ? { runtime, reason: `runs on ${report.backend}` } : { runtime, report, reason },
);

const known = readJson<Record<string, string>>(FINGERPRINTS_FILE, {});
const width = Math.max(...Object.keys(known).map((op) => op.length));
const cells = (op: string) =>
  findings.map(({ report }) => (!report ? "-" : report.fingerprints[op] === known[op] ? "same" : "DIFFERS"));
console.log([" ".repeat(width), ...findings.map(({ runtime }) => runtime)].join(" | "));
for (const op of Object.keys(known)) {
  const line = cells(op).map((cell, i) => cell.padEnd(findings[i]?.runtime.length ?? 0));
  console.log([op.padEnd(width), ...line].join(" | "));
}
for (const { runtime, reason } of findings) {
  if (reason !== undefined) console.log(`${runtime} is not available: ${reason}`);
}
process.exitCode = Object.keys(known).some((op) => cells(op).includes("DIFFERS")) ? 1 : 0;
