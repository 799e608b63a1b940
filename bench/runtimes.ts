/**
 * Times in every runtime that is to be had: `npm run bench:runtimes [-- --ops a,b] [runtimes]`,
 * after a build. Tables in Markdown. All elementwise ops unless told.
 */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { everywhere, type Finding } from "../scripts/runtimes/everywhere.ts";
import { machine } from "./machine.ts";
import { opNamed, ops } from "./ops.ts";
import { describeMachine, digits } from "./show/figures.ts";
import { markdownTable } from "./show/markdown.ts";
import type { Times } from "./times-anywhere.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { ops: { type: "string" } } });
const names =
  values.ops?.split(",").map((name) => {
    const op = opNamed(name);
    if (!op) throw new RangeError(`--ops: there is no op ${name}`);
    return op.name;
  }) ?? ops.filter(({ kind }) => kind === "map").map(({ name }) => name);

const found = new Map<string, readonly Finding<Times>[]>();
for (const name of names) {
  process.stderr.write(`${name}\n`);
  found.set(name, await everywhere<Times>("bench/times-anywhere.ts", positionals, { OP: JSON.stringify(name) }));
}
const runtimes = [...new Set([...found.values()].flat().map(({ runtime }) => runtime))];

function table(cell: (times: Times) => string): string[] {
  const lines = names.map((name) => [
    name,
    ...runtimes.map((wanted) => {
      const report = found.get(name)?.find(({ runtime }) => runtime === wanted)?.report;
      return report?.backend === "wasm" ? cell(report) : "–";
    }),
  ]);
  return markdownTable(["op", ...runtimes], lines);
}

/** The shortest array from which on WebAssembly is never slower. */
function crossover({ short }: Times): string {
  const last = short.findLastIndex(({ wasm, js }) => wasm > js);
  return short[last + 1] ? String(short[last + 1]?.n) : `> ${short.at(-1)?.n}`;
}

const text = [
  `${describeMachine(machine(pathToFileURL(join(process.cwd(), "package.json"))))}. Medians; each op in a process or page of its own.`,
  "",
  "ns per element at n = 4,096, arrays of alloc / ordinary arrays into a given output (plain JavaScript : the latter):",
  "",
  ...table(
    ({ resident, long: { n, wasm, js } }) => `${digits(resident / n)} / ${digits(wasm / n)} (${digits(js / wasm)})`,
  ),
  "",
  "ns per call at n = 1, plain JavaScript in brackets; the length from which on WebAssembly is never slower:",
  "",
  ...table((times) => `${digits(times.short[0]?.wasm)} (${digits(times.short[0]?.js)}); ${crossover(times)}`),
  "",
  ...[...found].flatMap(([name, findings]) =>
    findings.flatMap(({ runtime, reason }) => (reason === undefined ? [] : [`${name}, ${runtime}: ${reason}`])),
  ),
];
console.log(text.join("\n"));
