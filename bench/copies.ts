/**
 * relu against a plain copy: `npm run bench:copies`, after a build.
 *
 * The kernel alone, the same loop with nothing to compute in it, and memory.copy, in interleaved
 * batches, medians.
 */
import { compile } from "../scripts/build/asc.mjs";
import { Kernels, print, times } from "./kernels.ts";
import { digits } from "./show/figures.ts";
import { median } from "./statistics.ts";

compile("copies", ["bench/assembly/copies.ts"]);
const ours = new Kernels("dist/kernels.wasm");
const copies = new Kernels("build/copies.wasm");
const names = ["relu", ...copies.names];
const kernels = names.map((name) => (name === "relu" ? ours : copies).ready(name));
const lines = [
  [
    "n",
    ...names.map((name) => `${name}, ns/element`),
    ...names.slice(0, -1).map((name) => `${name} : ${names.at(-1)}`),
  ],
];
for (const n of [4096, 16384, 65536, 1048576]) {
  ours.fill(n);
  copies.fill(n);
  const rounds = times(kernels, n);
  const medians = names.map((_, i) => digits(median(rounds.map((row) => row[i] ?? 0))));
  const last = names.length - 1;
  const ratios = names
    .slice(0, -1)
    .map((_, i) => digits(median(rounds.map((row) => (row[i] ?? 0) / (row[last] ?? 1)))));
  lines.push([String(n), ...medians, ...ratios]);
}
print(lines);
