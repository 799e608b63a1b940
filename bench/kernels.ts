/**
 * Kernels alone, without the package around them: for the benches that compare ways to write one.
 */
import { readFileSync } from "node:fs";
import { machine } from "./machine.ts";
import { describeMachine } from "./show/figures.ts";
import { aligned } from "./show/terminal.ts";

/** Batches of each kernel; the first quarter is warming up. */
const ROUNDS = 61;
const BATCH_ELEMENTS = 200_000;
/** More than the second-level cache of a core holds. */
const SWEPT_BYTES = 2 ** 22;
const X = 2 ** 25;
const OUT = 2 ** 26;

export type Kernel = (x: number, out: number, n: number, a: number) => void;

export class Kernels {
  readonly #memory = new WebAssembly.Memory({ initial: 2048, maximum: 2048 });
  readonly #exports: Record<string, Kernel>;

  constructor(path: string) {
    const module = new WebAssembly.Module(Uint8Array.from(readFileSync(path)));
    this.#exports = new WebAssembly.Instance(module, { env: { memory: this.#memory } }).exports as Record<
      string,
      Kernel
    >;
  }

  get names(): string[] {
    return Object.keys(this.#exports).filter((name) => name !== "memory");
  }

  /**
   * A kernel, its table filled, past the baseline tier, which is left after 100 to 175 calls, on
   * another thread.
   */
  ready(name: string): Kernel {
    const kernel = this.#exports[name];
    if (!kernel) throw new Error(`no kernel ${name}`);
    this.#exports[`${name}Table`]?.(0, 0, 0, 0);
    for (let call = 0; call < 2000; call++) kernel(X, OUT, 4096, 1);
    return kernel;
  }

  /** N(0, 3) from a generator that starts the same every time. */
  fill(n: number): void {
    const x = new Float32Array(this.#memory.buffer, X, n);
    let state = 1;
    const uniform = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return (state + 0.5) / 2 ** 32;
    };
    for (let i = 0; i < n; i++) {
      x[i] = 3 * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    }
  }
}

const swept = new Float64Array(SWEPT_BYTES / 8);
let sink = 0;

/** ns per element of one batch, or, with the caches swept, of one call. */
function time(kernel: Kernel, n: number, sweep: boolean): number {
  if (sweep) {
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

/** ns per element of each kernel, round after round, interleaved. */
export function times(kernels: readonly Kernel[], n: number, sweep = false): number[][] {
  const rounds: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const row = kernels.map((kernel) => time(kernel, n, sweep));
    if (round >= ROUNDS / 4) rounds.push(row);
  }
  if (Number.isNaN(sink)) throw new Error("unreachable: the caches were swept with zeros");
  return rounds;
}

export function print(lines: readonly string[][]): void {
  const here = describeMachine(machine(new URL(`file://${process.cwd()}/package.json`)));
  process.stdout.write(`${here}\n\n${aligned(lines).join("\n")}\n`);
}
