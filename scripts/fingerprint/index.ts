/**
 * Prints the fingerprint of every op: `npm run fingerprint`.
 *
 *   --write   keeps them in test/fingerprints.json, which test/fingerprint.test.ts compares with
 */
import * as ops from "wasm-activations";
import { readJson, writeJson } from "../files.ts";
import { FINGERPRINTS_FILE } from "../verify/results.ts";
import { fingerprintsOf } from "./ops.ts";

if (ops.backend !== "wasm") throw new Error("WebAssembly SIMD is missing here");
const found = fingerprintsOf(ops);
const known = readJson<Record<string, string>>(FINGERPRINTS_FILE, {});
const width = Math.max(...Object.keys(found).map((op) => op.length));
for (const [op, hash] of Object.entries(found)) {
  const note = known[op] === hash ? "" : known[op] ? "  differs from test/fingerprints.json" : "  new";
  console.log(`${op.padEnd(width)}  ${hash}${note}`);
}
const write = process.argv.includes("--write");
if (write) writeJson(FINGERPRINTS_FILE, found);
process.exitCode = write || Object.entries(found).every(([op, hash]) => known[op] === hash) ? 0 : 1;
