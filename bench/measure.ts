/** One op on one backend, in a process of its own: checked, warmed up, timed. */
import { Bench, classifyTimerSaturation } from "tinybench";
import type { FloatArray } from "../src/index.ts";
import { ulpError } from "../test/ulp.ts";
import {
  arraysOf,
  type Call,
  callOf,
  type InputSet,
  inMemory,
  type Op,
  type Result,
  repeat,
  withOutput,
} from "./inputs.ts";
import { type Kind, opNamed } from "./ops.ts";
import type { Direction } from "./results.ts";

export const BACKENDS = ["wasm", "js"] as const;
export type Backend = (typeof BACKENDS)[number];

/** Resident in wasm memory; ordinary arrays and a given output; ordinary arrays and a new output. */
export const MODES = ["alloc", "out", "new"] as const;
export type Mode = (typeof MODES)[number];

/** Alloc comes last: an instance that holds such arrays looks for them in every later call. */
const MODES_IN_ORDER: readonly Mode[] = ["out", "new", "alloc"];

/** Not an op, but what every op costs at least: one pass over the data. */
export const COPY = "copy";

/** What a process is told. */
export interface Job {
  readonly op: string;
  readonly backend: Backend;
  readonly directions: readonly Direction[];
  readonly modes: readonly Mode[];
  readonly sizes: readonly number[];
  readonly inputs: InputSet;
  /** Per measurement. */
  readonly milliseconds: number;
}

export interface Measurement {
  readonly direction: Direction;
  readonly mode: Mode;
  readonly n: number;
  /** ns per element, one per batch of calls. */
  readonly samples: readonly number[];
  readonly saturated: boolean;
}

/** What a process answers. */
export interface Report {
  readonly measurements: readonly Measurement[];
  /** Results that are wrong. */
  readonly failures: readonly string[];
  /** Something made of the results, so that none of them is idle work. */
  readonly sink: number;
}

/** A batch this long dwarfs the two readings of the clock around it. */
const BATCH_MS = 0.025;
const CALIBRATIONS = 5;
const FEWEST_SAMPLES = 3;

/** V8 replaces baseline code after 100 to 175 calls of this length, on another thread. */
const WARM_LENGTH = 4096;
const WARM_CALLS = 250;
/** At least, and at most: longer where there is more time to measure. */
const WARM_MS = [4, 12] as const;
const WARM_SHARES = [0.25, 0.5] as const;

/**
 * Largest difference between the backends. Each is within 1 ULP of f and of f'; a gradient multiplies the latter by dy,
 * ops over rows sum up.
 */
export const TOLERANCE_ULP = { map: 2, other: 8 } as const;

type Library = typeof import("../src/index.ts");

async function load(backend: Backend): Promise<Library> {
  // Not bundled: what is measured is the published file.
  const file = backend === "wasm" ? "./index.js" : "./js.js";
  return (await import(new URL(file, import.meta.url).href)) as Library;
}

function copyTo(x: FloatArray, out?: FloatArray): FloatArray {
  if (!out) return x.slice();
  out.set(x);
  return out;
}

/** What is exported under a name. */
function opOf(library: Library, name: string): Op {
  const op = name === COPY ? copyTo : Object.entries(library).find(([exported]) => exported === name)?.[1];
  if (typeof op !== "function") throw new Error(`${name} is not exported`);
  return op as unknown as Op;
}

/** What is wrong with `got`, if anything. */
function difference(kind: Kind, got: FloatArray, want: FloatArray): string | undefined {
  const [bound, least] = kind.startsWith("map")
    ? [kind === "map" ? TOLERANCE_ULP.map : TOLERANCE_ULP.other, 0]
    : // A sum is as exact as its largest term, not as its result.
      [TOLERANCE_ULP.other, want.reduce((most, y) => (Number.isFinite(y) ? Math.max(most, Math.abs(y)) : most), 0)];
  if (got.length !== want.length) return `length ${got.length}, expected ${want.length}`;
  for (let i = 0; i < want.length; i++) {
    const y = got[i] as number;
    const expected = want[i] as number;
    const error = ulpError(y, expected);
    if (error <= bound) continue;
    if (Math.abs(y - expected) <= bound * least * 2 ** -23) continue;
    return `element ${i} is ${y}, in plain JavaScript ${expected}: ${error.toFixed(1)} ULP, at most ${bound} allowed`;
  }
  return undefined;
}

let sink = 0;

/** Takes something from a result. */
function consume(result: Result): void {
  for (const [, array] of arraysOf(result)) sink += Number.isFinite(array[0]) ? (array[0] as number) : 1;
}

function warmUp(run: (times: number) => Result, milliseconds: number): void {
  const start = performance.now();
  const shortest = Math.max(WARM_MS[0], WARM_SHARES[0] * milliseconds);
  const longest = Math.max(WARM_MS[1], WARM_SHARES[1] * milliseconds);
  for (let calls = 0; ; calls += 10) {
    const elapsed = performance.now() - start;
    if (elapsed >= longest || (elapsed >= shortest && calls >= WARM_CALLS)) return;
    consume(run(10));
  }
}

/** How many calls make a batch: the fastest of a few takes long enough, for a single one may have been interrupted. */
function batchOf(run: (times: number) => Result): number {
  for (let times = 1; ; times *= 2) {
    let fastest = Infinity;
    for (let i = 0; i < CALIBRATIONS && fastest >= BATCH_MS; i++) {
      const start = performance.now();
      consume(run(times));
      fastest = Math.min(fastest, performance.now() - start);
    }
    if (fastest >= BATCH_MS) return times;
  }
}

/** ns per element of every batch, in the time given. */
function time(
  run: (times: number) => Result,
  elements: number,
  milliseconds: number,
): Pick<Measurement, "samples" | "saturated"> {
  const times = batchOf(run);
  const bench = new Bench({
    time: milliseconds,
    iterations: FEWEST_SAMPLES,
    warmupTime: milliseconds / 8,
    warmupIterations: 1,
    retainSamples: true,
    throws: true,
    timestampProvider: "hrtimeNow",
  });
  bench.add("batch", () => consume(run(times)), { async: false });
  const [task] = bench.runSync();
  if (task?.result.state !== "completed") throw new Error("no samples");
  const { samples, mad } = task.result.latency;
  if (!samples) throw new Error("no samples");
  return {
    samples: samples.map((ms) => Number(((ms * 1e6) / (times * elements)).toPrecision(5))),
    saturated: classifyTimerSaturation(samples, mad) !== undefined,
  };
}

/** A call that is ready to be timed. */
interface Ready {
  readonly run: (times: number) => Result;
  readonly call: Call;
}

/** One function of the package: a way to call it for each mode and size. */
class Subject {
  readonly #kind: Kind;
  readonly #inputs: InputSet;
  readonly #op: Op;
  readonly #forward: Op;
  readonly #oracle: Op | undefined;
  readonly #alloc: Library["alloc"];
  readonly #calls = new Map<number, Call | undefined>();

  constructor(job: Job, name: string, kind: Kind, library: Library, other: Library | undefined) {
    this.#kind = kind;
    this.#inputs = job.inputs;
    this.#op = opOf(library, name);
    this.#forward = opOf(library, job.op);
    this.#oracle = other && opOf(other, name);
    this.#alloc = library.alloc;
  }

  #call(n: number): Call | undefined {
    if (!this.#calls.has(n)) this.#calls.set(n, callOf(this.#kind, n, this.#inputs, this.#forward));
    return this.#calls.get(n);
  }

  prepare(mode: Mode, n: number): Ready | undefined {
    const ordinary = this.#call(n);
    if (!ordinary) return undefined;
    const call = mode === "alloc" ? inMemory(ordinary, this.#alloc) : ordinary;
    if (mode === "new") return { run: repeat(this.#op, call, call.options), call };
    const example = this.#op(...ordinary.arrays, ordinary.options);
    const memory = mode === "alloc" ? this.#alloc : (length: number) => new Float32Array(length);
    const last = withOutput(call, example, memory);
    return { run: repeat(this.#op, call, this.#takes(call, last) ? last : call.options), call };
  }

  /** False for an op that always makes a new result: one that is short, a value per row. */
  #takes(call: Call, last: unknown): boolean {
    try {
      this.#op(...call.arrays, last);
      return true;
    } catch (error) {
      if (error instanceof TypeError && error.message.includes('unknown option "out"')) return false;
      throw error;
    }
  }

  /** What is wrong with the result, if anything. */
  check({ run }: Ready, n: number): string | undefined {
    const call = this.#call(n);
    if (!this.#oracle || !call) return undefined;
    const want = new Map(arraysOf(this.#oracle(...call.arrays, call.options)));
    for (const [name, got] of arraysOf(run(1))) {
      const expected = want.get(name);
      const complaint = expected ? difference(this.#kind, got, expected) : "not expected";
      if (complaint) return name === "out" ? complaint : `${name}: ${complaint}`;
    }
    return undefined;
  }
}

export async function measure(job: Job): Promise<Report> {
  const library = await load(job.backend);
  // Plain JavaScript is what the other is checked against, in the other's process.
  const oracle = job.backend === "wasm" ? await load("js") : undefined;
  const measurements: Measurement[] = [];
  const failures: string[] = [];
  if (library.backend !== job.backend) {
    failures.push("WebAssembly SIMD is missing here: the package runs as plain JavaScript");
    return { measurements, failures, sink };
  }

  const benched = job.op === COPY ? { name: COPY, kind: "map" as const, gradient: undefined } : opNamed(job.op);
  const subjects = job.directions.flatMap((direction) => {
    const { name, kind } = (direction === "forward" ? benched : benched?.gradient) ?? {};
    return name && kind ? [{ direction, name, subject: new Subject(job, name, kind, library, oracle) }] : [];
  });
  for (const mode of MODES_IN_ORDER.filter((wanted) => job.modes.includes(wanted))) {
    for (const { direction, name, subject } of subjects) {
      // Short calls too: what the compiler saw of long ones only, it makes slow for short ones.
      for (const n of new Set([...job.sizes.filter((size) => size < WARM_LENGTH), WARM_LENGTH])) {
        const warm = subject.prepare(mode, n);
        if (warm) warmUp(warm.run, job.milliseconds);
      }
      for (const n of job.sizes) {
        const ready = subject.prepare(mode, n);
        if (!ready) continue;
        const complaint = subject.check(ready, n);
        if (complaint) failures.push(`${name}, mode ${mode}, n = ${n}: ${complaint}`);
        else measurements.push({ direction, mode, n, ...time(ready.run, ready.call.elements, job.milliseconds) });
      }
    }
  }
  return { measurements, failures, sink };
}
