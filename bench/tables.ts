/**
 * Tables of cubics against polynomials, and tables of custom activations against those that are
 * built in: `npm run bench:tables`, after a build.
 *
 * The kernels alone, in interleaved batches, medians: warm, and with every call after one that
 * swept the caches. The polynomials are shorter than any that would be as exact: see
 * assembly/polynomials.ts. The calls of an activation that is made of a formula, with its own
 * table, take turns with those of the op; the fastest batch of each.
 */
import * as lib from "wasm-activations";
import { compile } from "../scripts/build/asc.mjs";
import { sigmoid, siluDerivative } from "../src/math/gates.ts";
import { fastest } from "./fastest.ts";
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

const N = 4096;
const [x, dy, out] = [lib.alloc(N), lib.alloc(N), lib.alloc(N)];
x.forEach((_, i) => {
  x[i] = 6 * Math.sin(i);
});
const logistic = lib.custom("logistic", sigmoid, { derivative: (x) => sigmoid(x) * sigmoid(-x) });
const gate = lib.custom("gate", (x) => x * sigmoid(x), { derivative: siluDerivative });
const slow = lib.custom("arctan", Math.atan, { derivative: (x) => 1 / (1 + x * x) });
const CALLS: Readonly<Record<string, readonly [() => unknown, (() => unknown)?]>> = {
  sigmoid: [() => logistic(x, out), () => lib.sigmoid(x, out)],
  silu: [() => gate(x, out), () => lib.silu(x, out)],
  sigmoidGrad: [() => logistic.gradient(dy, x, out), () => lib.sigmoidGrad(dy, x, out)],
  siluGrad: [() => gate.gradient(dy, x, out), () => lib.siluGrad(dy, x, out)],
  "arctan, in pieces": [() => slow(x, out)],
};
const ratios = [["op", "custom, ns/element", "built in", "custom : built in"]];
for (const [op, calls] of Object.entries(CALLS)) {
  const [own = 0, built] = fastest(
    calls.flatMap((call) => call ?? []),
    N,
    50,
    61,
  );
  ratios.push([
    op,
    digits(own),
    built === undefined ? "" : digits(built),
    built === undefined ? "" : digits(own / built),
  ]);
}
process.stdout.write("\n");
print(ratios);
