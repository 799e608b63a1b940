/**
 * What bench/runtimes.ts runs in each runtime: one op, WebAssembly and plain JavaScript, in a
 * process or page of its own.
 */
import * as wasm from "wasm-activations";
import * as plain from "wasm-activations/js";
import { report } from "../scripts/runtimes/anywhere.ts";
import { callOf, inMemory, type Op, repeat, withOutput } from "./measure/inputs.ts";
import { opNamed } from "./ops.ts";
import { median } from "./statistics.ts";

/** The name of the op, set where the script is bundled. */
declare const OP: string;

/** Where the crossover is looked for. */
const SHORT_LENGTHS = [1, 2, 4, 8, 16, 32, 64, 128, 256];
const LENGTH = 4096;

/** ns per call with n elements, into a given output. */
interface Pair {
  readonly n: number;
  readonly wasm: number;
  readonly js: number;
}

export interface Times {
  readonly backend: string;
  /** From n = 1 on. */
  readonly short: readonly Pair[];
  readonly long: Pair;
  /** The long one with arrays of alloc. */
  readonly resident: number;
}

/** The clock of a page may have steps of 0.1 ms. */
const BATCH_MS = 5;
const BATCHES = 9;
const WARM_MS = 40;

function time(run: (times: number) => unknown): number {
  const start = performance.now();
  let times = 1;
  for (;;) {
    const before = performance.now();
    run(times);
    const after = performance.now();
    if (after - start >= WARM_MS && after - before >= BATCH_MS) break;
    if (after - before < BATCH_MS) times *= 2;
  }
  const samples = Array.from({ length: BATCHES }, () => {
    const before = performance.now();
    run(times);
    return ((performance.now() - before) * 1e6) / times;
  });
  return median(samples);
}

type Library = typeof wasm | typeof plain;

function timeOf(library: Library, n: number, inside: boolean): number {
  const kind = opNamed(OP)?.kind;
  const op = Object.entries(library).find(([exported]) => exported === OP)?.[1] as unknown as Op;
  const ordinary = kind && callOf(kind, n, "normal", op);
  if (!ordinary) throw new Error(`${OP} has no call of ${n} elements`);
  const memory = inside ? library.alloc : (length: number) => new Float32Array(length);
  const call = inside ? inMemory(ordinary, library.alloc) : ordinary;
  const example = op(...ordinary.arrays, ordinary.options);
  return time(repeat(op, call, withOutput(call, example, memory)));
}

const pair = (n: number): Pair => ({ n, wasm: timeOf(wasm, n, false), js: timeOf(plain, n, false) });

const found: Times = {
  backend: wasm.backend,
  short: SHORT_LENGTHS.map(pair),
  long: pair(LENGTH),
  // Last: an instance that holds such arrays looks for them in every later call.
  resident: timeOf(wasm, LENGTH, true),
};
await report(found);
