/**
 * Tables of cubics against polynomials: `npm run bench:tables`, after a build.
 *
 * The kernels alone, in interleaved batches, medians: warm, and with every call after one that
 * swept the caches. The polynomials are shorter than any that would be as exact: see
 * assembly/polynomials.ts.
 */
import { compile } from "../scripts/build/asc.mjs";
import { Kernels, print, times } from "./kernels.ts";
import { digits } from "./show/figures.ts";
import { median } from "./statistics.ts";

compile("polynomials", ["bench/assembly/polynomials.ts"]);
const tables = new Kernels("dist/kernels.wasm");
const polynomials = new Kernels("build/polynomials.wasm");
const lines = [["op", "n", "caches", "table, ns/element", "polynomial", "table : polynomial"]];
for (const op of polynomials.names) {
  const pair = [tables.ready(op), polynomials.ready(op)];
  for (const n of [128, 4096, 65536]) {
    tables.fill(n);
    polynomials.fill(n);
    for (const sweep of [false, true]) {
      const rounds = times(pair, n, sweep).map(([a = 0, b = 0]) => [a, b, a / b] as const);
      const medians = ([0, 1, 2] as const).map((i) => digits(median(rounds.map((round) => round[i]))));
      lines.push([op, String(n), sweep ? "swept" : "warm", ...medians]);
    }
  }
}
print(lines);
