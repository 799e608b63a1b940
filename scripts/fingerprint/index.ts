/**
 * Prints the fingerprints of all ops, or of those named: `npm run fingerprint [-- --write] [ops]`.
 *
 *   --write   keeps them in test/fingerprints.json, which test/fingerprint.test.ts compares with;
 *             those of functions that the table has no more go; and the SHA-256 of the module
 *             itself in CHANGELOG.md
 *
 * An op stands for its gradient too. Those of float16 are left as they are where the runtime has no
 * Float16Array, which the last line says.
 */
import { parseArgs } from "node:util";
import * as ops from "wasm-activations";
import { readJson, writeJson } from "../files.ts";
import { FINGERPRINTS_FILE } from "../verify/results.ts";
import { nameHash } from "./module.ts";
import { NUMBER_TYPES, NUMBERS } from "./numbers.ts";
import { allFingerprintsOf, functionsOf, type Hashes, keysOf } from "./ops.ts";

if (ops.backend !== "wasm") throw new Error("WebAssembly SIMD is missing here");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const functions = functionsOf(ops);
for (const op of positionals) if (!functions.some(({ of }) => of === op)) throw new Error(`there is no op ${op}`);
const asked = functions.filter(({ of }) => positionals.length === 0 || positionals.includes(of));
const found = allFingerprintsOf(
  ops,
  asked.map(({ name }) => name),
);
const known = readJson<Hashes>(FINGERPRINTS_FILE, {});
const width = Math.max(...Object.keys(found).map((op) => op.length));
for (const [op, hash] of Object.entries(found)) {
  const note = known[op] === hash ? "" : known[op] ? "  differs from test/fingerprints.json" : "  new";
  console.log(`${op.padEnd(width)}  ${hash}${note}`);
}
if (values.write) {
  const all: Hashes = { ...known, ...found };
  const keys = functions.flatMap(({ name }) => keysOf(name));
  const kept = keys.flatMap((key) => (all[key] ? [[key, all[key]]] : []));
  writeJson(FINGERPRINTS_FILE, Object.fromEntries(kept));
  nameHash();
}
for (const type of Object.keys(NUMBERS).filter((type) => !NUMBER_TYPES.some((one) => one === type))) {
  console.log(`${type}: not computed, ${process.version} does not have it: run this again with Node 24 or later`);
}
process.exitCode = values.write || Object.entries(found).every(([op, hash]) => known[op] === hash) ? 0 : 1;
