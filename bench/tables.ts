/**
 * Tables of cubics against polynomials: `npm run bench:tables`, after a build.
 *
 * The kernels alone, in interleaved batches, medians: warm, and with every call after one that swept the caches. The polynomials
 * are shorter than any that would be as exact: see assembly/polynomials.ts.
 */
import { readFileSync } from "node:fs";
import { compile } from "../scripts/asc.mjs";
import { describeMachine, machine } from "./machine.ts";
import { aligned, digits } from "./report.ts";
import { median } from "./statistics.ts";

const ROUNDS = 61;
const BATCH_ELEMENTS = 200_000;
/** More than the second-level cache of a core holds. */
const SWEPT_BYTES = 2 ** 22;
const X = 2 ** 25;
const OUT = 2 ** 26;

type Kernel = (x: number, out: number, n: number, a: number) => void;

function instantiate(binary: Uint8Array<ArrayBuffer>) {
  const memory = new WebAssembly.Memory({ initial: 2048, maximum: 2048 });
  const exports = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } }).exports;
  return { exports: exports as Record<string, Kernel>, memory };
}

/** N(0, 3) from a generator that starts the same every time. */
function fill(x: Float32Array): void {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  for (let i = 0; i < x.length; i++) {
    x[i] = 3 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  }
}

const swept = new Float64Array(SWEPT_BYTES / 8);
let sink = 0;

/** ns per element of one batch. */
function time(kernel: Kernel, n: number, cold: boolean): number {
  if (cold) {
    for (let i = 0; i < swept.length; i += 8) sink += swept[i] as number;
    const start = performance.now();
    kernel(X, OUT, n, 1);
    return ((performance.now() - start) * 1e6) / n;
  }
  const calls = Math.ceil(BATCH_ELEMENTS / n);
  const start = performance.now();
  for (let call = 0; call < calls; call++) kernel(X, OUT, n, 1);
  return ((performance.now() - start) * 1e6) / (calls * n);
}

const table = instantiate(Uint8Array.from(readFileSync("dist/kernels.wasm")));
compile("polynomials", ["bench/assembly/polynomials.ts"]);
const polynomial = instantiate(Uint8Array.from(readFileSync("build/polynomials.wasm")));
const lines = [["op", "n", "caches", "table, ns/element", "polynomial", "table : polynomial"]];
for (const op of Object.keys(polynomial.exports).filter((name) => name !== "memory")) {
  table.exports[`${op}Table`]?.(0, 0, 0, 0);
  const [left, right] = [table.exports[op], polynomial.exports[op]];
  if (!left || !right) throw new Error(`no kernel ${op}`);
  // Past the baseline tier, which is left after 100 to 175 calls, on another thread.
  for (let call = 0; call < 2000; call++) for (const kernel of [left, right]) kernel(X, OUT, 4096, 1);
  for (const n of [128, 4096, 65536]) {
    for (const { memory } of [table, polynomial]) fill(new Float32Array(memory.buffer, X, n));
    for (const cold of [false, true]) {
      const times = { table: [] as number[], polynomial: [] as number[], ratio: [] as number[] };
      for (let round = 0; round < ROUNDS; round++) {
        const [a, b] = [time(left, n, cold), time(right, n, cold)];
        if (round < ROUNDS / 4) continue;
        times.table.push(a);
        times.polynomial.push(b);
        times.ratio.push(a / b);
      }
      const [a, b, ratio] = [times.table, times.polynomial, times.ratio].map((list) => digits(median(list)));
      lines.push([op, String(n), cold ? "swept" : "warm", a ?? "", b ?? "", ratio ?? ""]);
    }
  }
}
if (Number.isNaN(sink)) throw new Error("unreachable: the caches were swept with zeros");
const here = describeMachine(machine(new URL(`file://${process.cwd()}/package.json`)));
process.stdout.write(`${here}\n\n${aligned(lines).join("\n")}\n`);
