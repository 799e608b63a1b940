/**
 * Makes what is generated of an op, or takes it away once its files are gone:
 * `npm run adopt -- cube`.
 *
 *   --sampled   2^20 inputs rather than all 2^32: minutes instead of an hour. The tests want all of
 *               them.
 *
 * Fixtures, verification, fingerprints, costs, the list of public names, pages and plots: of the
 * ops named, and nothing of the others. Ends at the first step that fails; the same call goes on.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { BENCH, costFileOf, forgetCosts } from "../docs/cost.ts";
import { fileOf, readJson, writeJson } from "../files.ts";
import { nameHash } from "../fingerprint/module.ts";
import { keysOf } from "../fingerprint/ops.ts";
import { ACCURACY_FILE, FINGERPRINTS_FILE, readAccuracy, WORST_FILE } from "../verify/results.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sampled: { type: "boolean", default: false } },
});
if (positionals.length === 0) throw new Error("adopt: expected the names of ops");

const root = fileOf("");
const node = (...args: readonly string[]) => {
  console.log(`> node ${args.join(" ")}`);
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status === 0) return;
  console.error("adopt: this step failed; once it is mended, the same call goes on");
  process.exit(1);
};
const script = (folder: string, ...args: readonly string[]) =>
  node("scripts/run.mjs", `scripts/${folder}/index.ts`, ...args);

const hasRow = (op: string) => existsSync(fileOf(`src/activations/${op}.ts`));
const present = positionals.filter(hasRow);
const gone = positionals.filter((op) => !hasRow(op));
for (const op of gone) {
  if (existsSync(fileOf(`assembly/kernels/${op}.ts`))) throw new Error(`${op} has a kernel but no row`);
}

forget(gone);
nameHash();
script("fixtures", ...positionals);
const sample = (bits: number) => (values.sampled ? ["--sample", String(bits)] : []);
if (present.length > 0) {
  script("verify", "--settings", ...sample(20), ...present);
  script("verify", "--settings", "--backend", "js", ...sample(20), ...present);
  script("verify", "--settings", "--dy", ...sample(16), ...present);
  script("fingerprint", "--write", ...present);
  if (typeof Float16Array === "function") script("verify", "--half", ...present);
}
for (const op of present) {
  mkdirSync(dirname(costFileOf(op)), { recursive: true });
  const quick = values.sampled ? ["--rounds", "1", "--time", "10"] : [];
  node("dist/cli.js", "bench", ...BENCH, ...quick, "--ops", op, "--json", costFileOf(op));
}
node("node_modules/vitest/vitest.mjs", "run", "-u", "--reporter=dot", "-t", "the public names", "test/surface.test.ts");
script("docs", ...positionals);
execFileSync("git", ["status", "--short"], { cwd: root, stdio: "inherit" });

/** Takes ops out of what is kept of verification, fingerprints and costs. */
function forget(ops: readonly string[]): void {
  if (ops.length === 0) return;
  forgetCosts(ops);
  const accuracy = readAccuracy();
  const worst = readJson<Record<string, unknown>>(WORST_FILE, {});
  const fingerprints = readJson<Record<string, string>>(FINGERPRINTS_FILE, {});
  for (const op of ops) {
    delete accuracy.wasm[op];
    delete accuracy.js[op];
    for (const name of [op, `${op}Grad`]) {
      delete accuracy.rows[name];
      delete accuracy.half[name];
      delete worst[name];
      for (const key of keysOf(name)) delete fingerprints[key];
    }
  }
  writeJson(ACCURACY_FILE, accuracy);
  writeJson(WORST_FILE, worst);
  writeJson(FINGERPRINTS_FILE, fingerprints);
}
