/**
 * Prints the fingerprints of all ops, or of those named: `npm run fingerprint [-- --write] [ops]`.
 *
 *   --write   keeps them in test/fingerprints.json, which test/fingerprint.test.ts compares with;
 *             those of functions that the table has no more go; and the SHA-256 of the module
 *             itself in CHANGELOG.md
 *
 * An op stands for its gradient too.
 */
import { parseArgs } from "node:util";
import * as ops from "wasm-activations";
import { readJson, writeJson } from "../files.ts";
import { FINGERPRINTS_FILE } from "../verify/results.ts";
import { nameHash } from "./module.ts";
import { fingerprintsOf, functionsOf, type Hashes } from "./ops.ts";

if (ops.backend !== "wasm") throw new Error("WebAssembly SIMD is missing here");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { write: { type: "boolean", default: false } },
});
const functions = functionsOf(ops);
for (const op of positionals) if (!functions.some(({ of }) => of === op)) throw new Error(`there is no op ${op}`);
const asked = functions.filter(({ of }) => positionals.length === 0 || positionals.includes(of));
const found = fingerprintsOf(
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
  const kept = functions.flatMap(({ name }) => (all[name] ? [[name, all[name]]] : []));
  writeJson(FINGERPRINTS_FILE, Object.fromEntries(kept));
  nameHash();
}
process.exitCode = values.write || Object.entries(found).every(([op, hash]) => known[op] === hash) ? 0 : 1;
