/**
 * From import to the first result, in a fresh process for each op: `npm run bench:cold`, after a
 * build. What an empty module takes is the runtime's share, and subtracted.
 *
 * Medians over interleaved rounds; `-- --ops a,b` and `--rounds n`.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { machine } from "./machine.ts";
import { callOf, type Op } from "./measure/inputs.ts";
import { ENGINES } from "./measure/job.ts";
import { opNamed, ops } from "./ops.ts";
import type { Engine } from "./results.ts";
import { Progress } from "./run/progress.ts";
import { describeMachine, digits } from "./show/figures.ts";
import { aligned } from "./show/terminal.ts";
import { median } from "./statistics.ts";

const LENGTH = 16;
const ROUNDS = 5;

/** As little as possible beside what is timed. */
const CHILD = `
const [url, name, data, ...options] = JSON.parse(process.argv[1]);
const arrays = data.map((array) => Float32Array.from(array));
const start = performance.now();
const library = await import(url);
const imported = performance.now();
library[name]?.(...arrays, ...options);
const end = performance.now();
console.log(JSON.stringify([imported - start, end - imported]));
`;

const { values } = parseArgs({ options: { ops: { type: "string" }, rounds: { type: "string" } } });
const rounds = Number(values.rounds ?? ROUNDS);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError(`--rounds ${values.rounds}: expected a whole number`);
const wanted = values.ops?.split(",").map((name) => {
  const op = opNamed(name);
  if (!op) throw new RangeError(`--ops: there is no op ${name}`);
  return op;
});

const root = pathToFileURL(`${process.cwd()}/`);
const FILES: Record<Engine, string> = { wasm: "dist/index.js", js: "dist/js.js" };
const library: Readonly<Record<string, unknown>> = await import(new URL(FILES.js, root).href);

const folder = mkdtempSync(join(tmpdir(), "empty-module-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const empty = join(folder, "empty.mjs");
writeFileSync(empty, "");
const MODULES: readonly string[] = [
  pathToFileURL(empty).href,
  ...ENGINES.map((engine) => new URL(FILES[engine], root).href),
];

/** Milliseconds to import a module, and for the first call. */
function once(module: string, name: string, args: readonly unknown[]): [number, number] {
  const job = JSON.stringify([module, name, ...args]);
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", CHILD, job], { encoding: "utf8" }));
}

const functions = (wanted ?? ops).flatMap((op) => [
  { name: op.name, kind: op.kind, forward: op.name },
  ...(op.gradient ? [{ ...op.gradient, forward: op.name }] : []),
]);
const progress = new Progress();
progress.begin(functions.length);
const lines = functions.flatMap(({ name, kind, forward }) => {
  progress.step(name);
  const call = callOf(kind, LENGTH, "normal", library[forward] as Op);
  if (!call) return [];
  const args = [call.arrays.map((array) => [...array]), ...(call.options ? [call.options] : [])];
  const times = MODULES.map((): [number, number][] => []);
  for (let i = 0; i < rounds; i++) {
    for (const [k, module] of MODULES.entries()) times[k]?.push(once(module, name, args));
  }
  const [nothing = 0, ...totals] = times.map((each) => median(each.map(([imported, called]) => imported + called)));
  const firsts = times.slice(1).map((each) => median(each.map(([, called]) => called)));
  return [{ name, columns: totals.map((total, i) => ({ above: total - nothing, first: firsts[i] ?? 0 })), nothing }];
});
progress.end();

lines.sort((a, b) => (a.columns[0]?.above ?? 0) - (b.columns[0]?.above ?? 0));
const table = aligned([
  ["op", ...ENGINES.flatMap((backend) => [`${backend} ms`, "first call ms"])],
  ...lines.map(({ name, columns }) => [name, ...columns.flatMap(({ above, first }) => [digits(above), digits(first)])]),
]);
process.stdout.write(
  [
    `wasm-activations, ${describeMachine(machine(new URL("package.json", root)))}`,
    `import to first result of ${LENGTH} elements, a fresh process each, medians of ${rounds} interleaved rounds,`,
    `above an empty module, which takes ${digits(median(lines.map(({ nothing }) => nothing)))} ms`,
    "",
    ...table,
    "",
  ].join("\n"),
);
