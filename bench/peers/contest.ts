/**
 * One op of one library, in a process of its own: started, checked against the reference, timed.
 */
import { Bench } from "tinybench";
import { ulpError } from "../../oracle/ulp.ts";
import { callOf, type Op } from "../measure/inputs.ts";
import { opNamed } from "../ops.ts";
import type { InputSet } from "../results.ts";
import { jax } from "./jax.ts";
import { onnxruntimeNode, onnxruntimeWeb } from "./onnx.ts";
import { own } from "./own.ts";
import type { DataMode, Peer, Prepared } from "./peer.ts";
import { tfjs } from "./tfjs.ts";

/** Ours, then the others. */
export const PEERS: readonly Peer[] = [own.wasm, own.js, tfjs, onnxruntimeWeb, onnxruntimeNode, jax];

export interface Contest {
  readonly peer: string;
  readonly op: string;
  readonly modes: readonly DataMode[];
  readonly sizes: readonly number[];
  readonly inputs: InputSet;
  readonly milliseconds: number;
}

export interface Time {
  readonly mode: DataMode;
  readonly n: number;
  /** ns per element. */
  readonly samples: readonly number[];
  /** Largest error of the results, in ULP. */
  readonly ulp: number;
}

export interface Outcome {
  readonly about: string;
  /** ms from import to the first result. */
  readonly cold: number;
  readonly times: readonly Time[];
  readonly failures: readonly string[];
}

/** Resident comes last: ours looks for such arrays in every later call. */
const MODES_IN_ORDER: readonly DataMode[] = ["given", "new", "resident"];

const COLD_LENGTH = 16;
const BATCH_MS = 0.05;
const CALIBRATIONS = 5;
const FEWEST_SAMPLES = 3;
const WARM_MS = 30;
/**
 * New arrays get their memory from the system until the first ones are collected and theirs goes
 * round: as long as this.
 */
const WARM_BYTES = 2 ** 27;
const LONGEST_WARM_MS = 300;
/** What is smaller lies in the heap, or is no work beside the call. */
const LARGE_BYTES = 4096;

/** What is more than this off is another function, not a less exact one. */
const TOLERANCE = 1e-3;

type Run = Prepared["run"];

/**
 * How many calls make a batch: the fastest of a few takes long enough, for a single one may have
 * been interrupted.
 */
async function batchOf(run: Run): Promise<number> {
  for (let times = 1; ; times *= 2) {
    let fastest = Infinity;
    for (let i = 0; i < CALIBRATIONS && fastest >= BATCH_MS; i++) {
      const start = performance.now();
      await run(times);
      fastest = Math.min(fastest, performance.now() - start);
    }
    if (fastest >= BATCH_MS) return times;
  }
}

/** ns per call of every batch; `bytes` is what a call makes anew. */
async function time(run: Run, milliseconds: number, bytes: number): Promise<number[]> {
  const start = performance.now();
  for (let made = 0; ; made += bytes) {
    const elapsed = performance.now() - start;
    if (elapsed >= LONGEST_WARM_MS || (elapsed >= WARM_MS && (bytes === 0 || made >= WARM_BYTES))) break;
    await run(1);
  }
  const times = await batchOf(run);
  const bench = new Bench({
    time: milliseconds,
    iterations: FEWEST_SAMPLES,
    warmupTime: milliseconds / 8,
    warmupIterations: 1,
    retainSamples: true,
    throws: true,
    timestampProvider: "hrtimeNow",
  });
  const synchronous = run(1) === undefined;
  bench.add("batch", () => run(times), { async: !synchronous });
  const [task] = await bench.run();
  if (task?.result.state !== "completed" || !task.result.latency.samples) throw new Error("no samples");
  return task.result.latency.samples.map((ms) => (ms * 1e6) / times);
}

/**
 * What the call itself takes: the median of the call without its work is taken off, if there is
 * such a call.
 */
async function timeWork({ run, without }: Prepared, milliseconds: number, bytes: number): Promise<number[]> {
  if (!without) return time(run, milliseconds, bytes);
  const most = await time(run, milliseconds / 2, bytes);
  const rest = await time(without.run, milliseconds / 2, bytes);
  const base = rest[Math.floor(rest.length / 2)] ?? 0;
  return most.map((ns) => Math.max(ns - base, 0) / without.count);
}

/** Largest error in ULP, or a complaint where it is another function. */
function compare(got: Float32Array, want: Float32Array): { ulp: number; complaint?: string } {
  if (got.length !== want.length) return { ulp: Infinity, complaint: `length ${got.length}, expected ${want.length}` };
  let ulp = 0;
  for (let i = 0; i < want.length; i++) {
    const y = got[i] as number;
    const expected = want[i] as number;
    if (!(Math.abs(y - expected) <= TOLERANCE * (1 + Math.abs(expected))) && !Object.is(y, expected)) {
      return { ulp: Infinity, complaint: `element ${i} is ${y}, expected ${expected}` };
    }
    ulp = Math.max(ulp, ulpError(y, expected));
  }
  return { ulp };
}

export async function contest({ peer: name, op, modes, sizes, inputs, milliseconds }: Contest): Promise<Outcome> {
  const peer = PEERS.find((candidate) => candidate.name === name);
  const kind = opNamed(op)?.kind;
  if (!peer || !kind) throw new Error(`nothing known of ${name} or ${op}`);
  const unused: Op = (x) => x as Float32Array;
  const inputOf = (n: number) => {
    const call = callOf(kind, n, inputs, unused);
    const x = call?.arrays[0];
    if (!call || !x) throw new Error(`${op} has no call of ${n} elements`);
    return { x: x as Float32Array, shape: (call.options?.shape ?? [x.length]) as readonly number[] };
  };

  const first = inputOf(COLD_LENGTH);
  const start = performance.now();
  const engine = await peer.start();
  const ready = await engine.prepare(op, first.x, first.shape, "new");
  await ready.run(1);
  await ready.result();
  const cold = performance.now() - start;

  const reference = await own.js.start();
  const times: Time[] = [];
  const failures: string[] = [];
  for (const mode of MODES_IN_ORDER.filter((wanted) => modes.includes(wanted))) {
    for (const n of sizes) {
      const { x, shape } = inputOf(n);
      const exact = await reference.prepare(op, x, shape, "new");
      exact.run(1);
      const want = await exact.result();
      try {
        const prepared = await engine.prepare(op, x, shape, mode);
        await prepared.run(1);
        const { ulp, complaint } = compare(await prepared.result(), want);
        if (complaint) throw new Error(complaint);
        const samples = (
          await timeWork(prepared, milliseconds, mode === "new" && x.byteLength >= LARGE_BYTES ? x.byteLength : 0)
        ).map((ns) => Number((ns / x.length).toPrecision(5)));
        times.push({ mode, n, samples, ulp });
      } catch (error) {
        failures.push(`${op}, ${mode}, n = ${n}: ${(error as Error).message.split("\n")[0]}`);
      }
    }
  }
  return { about: engine.about, cold, times, failures };
}
