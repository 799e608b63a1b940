/**
 * Makes what is generated of an op, or takes it away once the op is gone: `npm run adopt -- cube`.
 *
 *   --sampled   2^20 inputs rather than all 2^32
 *
 * Ends at the first step that fails. Costs are not among the steps: docs/cost.json is a report of
 * `npm run bench`, made as a whole.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { fileOf, readJson, writeJson } from "../files.ts";
import { ACCURACY_FILE, readAccuracy, WORST_FILE } from "../verify/results.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sampled: { type: "boolean", default: false } },
});
if (positionals.length === 0) throw new Error("adopt: expected the names of ops");

const root = fileOf("");
const run = (command: string, ...args: readonly string[]) => {
  console.log(`> ${[command, ...args].join(" ")}`);
  execFileSync(command, args, { cwd: root, stdio: "inherit" });
};
const script = (folder: string, ...args: readonly string[]) =>
  run(process.execPath, "scripts/run.mjs", `scripts/${folder}/index.ts`, ...args);

const present = positionals.filter((op) => existsSync(fileOf(`src/activations/${op}.ts`)));
const gone = positionals.filter((op) => !present.includes(op));

for (const op of gone) {
  if (existsSync(fileOf(`assembly/kernels/${op}.ts`))) throw new Error(`${op} has a kernel but no row`);
}
run(process.execPath, "scripts/build/index.mjs");
forget(gone);
script("fixtures", ...positionals);
if (present.length > 0) {
  script("verify", "--settings", ...(values.sampled ? ["--sample", "20"] : []), ...present);
  script("verify", "--settings", "--backend", "js", ...(values.sampled ? ["--sample", "20"] : []), ...present);
  script("verify", "--settings", "--dy", ...(values.sampled ? ["--sample", "16"] : []), ...present);
}
script("fingerprint", "--write");
run(process.execPath, "node_modules/vitest/vitest.mjs", "run", "-u", "--reporter=dot", "test/surface.test.ts");
script("docs");
run("git", "status", "--short");

/** Takes ops out of what verification keeps. */
function forget(ops: readonly string[]): void {
  if (ops.length === 0) return;
  const accuracy = readAccuracy();
  const worst = readJson<Record<string, unknown>>(WORST_FILE, {});
  for (const op of ops) {
    delete accuracy.wasm[op];
    delete accuracy.js[op];
    for (const name of [op, `${op}Grad`]) {
      delete accuracy.rows[name];
      delete worst[name];
    }
  }
  writeJson(ACCURACY_FILE, accuracy);
  writeJson(WORST_FILE, worst);
}
