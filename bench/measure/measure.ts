/** One op on one engine, in a process or worker of its own: checked, warmed up, timed. */
import type { FloatArray } from "../../src/index.ts";
import { COPY } from "../lookup.ts";
import { type Benched, type Exported, functionFor, opNamed } from "../ops.ts";
import type { Direction, Engine, InputSet, Mode, NumberType } from "../results.ts";
import { difference } from "./check.ts";
import { time, warmUp } from "./clock.ts";
import {
  arraysOf,
  type Call,
  callOf,
  inMemory,
  isArray,
  type Op,
  type Repeat,
  type Result,
  repeat,
  withOutput,
} from "./inputs.ts";
import { type Answer, type Case, DIRECTIONS, type Job, type Timed } from "./job.ts";
import { type Loop, loopFor, repeatLoop } from "./loops.ts";
import { type Maker, makerOf } from "./types.ts";

/**
 * The package under its two entries: what is measured are the published files, never what is
 * bundled with the bench.
 */
export type Library = typeof import("../../src/index.ts");

export interface Lab {
  readonly wasm: Library;
  /** What results are checked against. */
  readonly js: Library;
}

/** Alloc comes last: an instance that holds such arrays looks for them in every later call. */
const MODES_IN_ORDER: readonly Mode[] = ["out", "new", "alloc"];

/** V8 compiles for the lengths that it has seen. */
const WARM_LENGTH = 4096;
/** Of the first call. */
const FIRST_LENGTH = 4096;
/**
 * A new output is fresh memory until the allocator has seen such sizes come and go: a process
 * reports 11 ns per element at first and 0.5 later. So many bytes of outputs are thrown away before
 * any is timed.
 */
const WARM_BYTES = 2 ** 28;
const WARM_ARRAYS = 200;

const KEPT_DIGITS = 5;

function copyTo(x: FloatArray, out?: FloatArray): FloatArray {
  if (!out) return x.slice();
  out.set(x);
  return out;
}

/** What is exported under a name. */
export function opOf(library: Library, name: string): Op {
  const op = name === COPY ? copyTo : Object.entries(library).find(([exported]) => exported === name)?.[1];
  if (typeof op !== "function") throw new Error(`${name} is not exported`);
  return op as unknown as Op;
}

let sink = 0;

/** Takes something from a result. */
function consume(result: Result): void {
  for (const [, array] of arraysOf(result)) sink += Number.isFinite(array[0]) ? (array[0] as number) : 1;
}

/** A call that is ready to be timed. */
interface Ready {
  readonly run: Repeat;
  readonly call: Call;
  /** What came out of one call. */
  readonly example: Result;
}

/** One function of the package, or its bare loop: a way to call it for each case. */
class Subject {
  readonly #name: string;
  readonly #function: Exported | undefined;
  readonly #op: Benched | undefined;
  readonly #engine: Engine;
  readonly #type: NumberType;
  readonly #Floats: Maker;
  readonly #lab: Lab;
  readonly #loop: Loop | undefined;
  readonly #calls = new Map<string, Call | undefined>();
  /**
   * What should come out, of the call that was checked last: the other modes are checked against
   * the same.
   */
  #wanted: { readonly call: Call; readonly results: ReadonlyMap<string, FloatArray> } | undefined;

  constructor({ op: name, engine, type }: Job, direction: Direction, lab: Lab) {
    this.#op = opNamed(name);
    this.#function = this.#op && functionFor(this.#op, direction);
    this.#name = this.#function?.name ?? name;
    this.#engine = engine;
    this.#type = type;
    this.#Floats = makerOf(type);
    this.#loop = this.#function && loopFor(this.#function);
    this.#lab = lab;
  }

  get name(): string {
    return this.#name;
  }

  #run(library: Library): Op {
    return opOf(library, this.#name);
  }

  #call(n: number, inputs: InputSet): Call | undefined {
    const key = `${n} ${inputs}`;
    if (!this.#calls.has(key)) {
      const forward = opOf(this.#lab.wasm, this.#op?.name ?? COPY);
      this.#calls.set(key, callOf(this.#function?.kind ?? "map", n, inputs, forward, undefined, this.#Floats));
    }
    return this.#calls.get(key);
  }

  /** The first call of all, as a user makes it. */
  first(n: number): number | undefined {
    const call = this.#call(n, "normal");
    if (!call) return undefined;
    const op = this.#run(this.#lab.wasm);
    const start = performance.now();
    consume(op(...call.arrays, call.options));
    return performance.now() - start;
  }

  prepare({ mode, n, inputs }: Case): Ready | undefined {
    const call = this.#call(n, inputs);
    if (!call) return undefined;
    const { wasm, js } = this.#lab;
    if (this.#engine === "wasm" || !this.#function) return this.#prepareOp(mode, call, this.#run(wasm), wasm);
    const example = this.#run(js)(...call.arrays, call.options);
    const loop = this.#loop;
    if (!loop) return undefined;
    const names = arraysOf(example).map(([name]) => name);
    const outputs = arraysOf(example).map(([, array]) => array);
    const looped = repeatLoop(loop, call, outputs, mode === "new", this.#Floats);
    const result = (arrays: readonly FloatArray[]) =>
      isArray(example)
        ? (arrays[0] ?? example)
        : Object.fromEntries(names.map((name, i) => [name, arrays[i] ?? new this.#Floats()]));
    return { run: (times) => result(looped(times)), call, example };
  }

  #prepareOp(mode: Mode, ordinary: Call, op: Op, { alloc }: Library): Ready {
    const inside = (length: number) => alloc(length, this.#Floats);
    const call = mode === "alloc" ? inMemory(ordinary, inside) : ordinary;
    const example = op(...ordinary.arrays, ordinary.options);
    if (mode === "new") return { run: repeat(op, call, call.options), call, example };
    const memory = mode === "alloc" ? inside : (length: number) => new this.#Floats(length);
    const last = withOutput(call, example, memory);
    return { run: repeat(op, call, takes(op, call, last) ? last : call.options), call, example };
  }

  /** What is wrong with the result, if anything. */
  check({ run }: Ready, { n, inputs }: Case): string | undefined {
    const call = this.#call(n, inputs);
    const known = this.#function;
    if (!known || !call) return undefined;
    if (this.#wanted?.call !== call) {
      const results = new Map(arraysOf(this.#run(this.#lab.js)(...call.arrays, call.options)));
      this.#wanted = { call, results };
    }
    const want = this.#wanted.results;
    for (const [name, got] of arraysOf(run(1))) {
      const expected = want.get(name);
      const complaint = expected ? difference(known.kind, got, expected, this.#type) : "not expected";
      if (complaint) return name === "out" ? complaint : `${name}: ${complaint}`;
    }
    return undefined;
  }
}

/** False for an op that always makes a new result: one that is short, a value per row. */
function takes(op: Op, call: Call, last: unknown): boolean {
  try {
    op(...call.arrays, last);
    return true;
  } catch (error) {
    if (error instanceof TypeError && error.message.includes('unknown option "out"')) return false;
    throw error;
  }
}

function bytesOf({ arrays }: Call, example: Result): number {
  return [...arrays, ...arraysOf(example).map(([, array]) => array)].reduce(
    (sum, { byteLength }) => sum + byteLength,
    0,
  );
}

function warmAllocator(lengths: readonly number[], Floats: Maker): void {
  for (const length of lengths) {
    const count = Math.min(Math.ceil(WARM_BYTES / lengths.length / (4 * length)), WARM_ARRAYS);
    for (let i = 0; i < count; i++) sink += new Floats(length).fill(1)[length - 1] as number;
  }
}

const unique = <T>(values: readonly T[]) => [...new Set(values)];

function timeCase(subject: Subject, wanted: Case, milliseconds: number): Timed | string | undefined {
  const ready = subject.prepare(wanted);
  if (!ready) return undefined;
  const complaint = subject.check(ready, wanted);
  if (complaint) {
    return `${subject.name}, mode ${wanted.mode}, inputs ${wanted.inputs}, n = ${wanted.n}: ${complaint}`;
  }
  const { elements } = ready.call;
  const { samples, saturated } = time((times) => consume(ready.run(times)), milliseconds);
  return {
    ...wanted,
    samples: samples.map((ns) => Number((ns / elements).toPrecision(KEPT_DIGITS))),
    bytes: bytesOf(ready.call, ready.example) / elements,
    saturated,
  };
}

export function measure(job: Job, lab: Lab): Answer {
  const { engine, cases, milliseconds } = job;
  const timed: Timed[] = [];
  const failures: string[] = [];
  if (engine === "wasm" && lab.wasm.backend !== "wasm") {
    failures.push("WebAssembly SIMD is missing here: the package runs as plain JavaScript");
    return { timed, firstCalls: [], failures, sink };
  }
  const subjects = DIRECTIONS.filter((direction) => cases.some((wanted) => wanted.direction === direction)).map(
    (direction) => ({ direction, subject: new Subject(job, direction, lab) }),
  );
  const firstCalls = subjects.flatMap(({ direction, subject }) => {
    const ms = engine === "wasm" ? subject.first(FIRST_LENGTH) : undefined;
    return ms === undefined ? [] : [{ direction, n: FIRST_LENGTH, ms }];
  });
  for (const mode of MODES_IN_ORDER) {
    for (const { direction, subject } of subjects) {
      const mine = cases.filter((wanted) => wanted.direction === direction && wanted.mode === mode);
      const sizes = unique(mine.map(({ n }) => n));
      if (sizes.length === 0) continue;
      if (mode === "new") warmAllocator(sizes, makerOf(job.type));
      // Short calls too: what the compiler saw of long ones only, it makes slow for short ones.
      for (const n of unique([WARM_LENGTH, Math.min(...sizes, WARM_LENGTH)])) {
        const warm = subject.prepare({ direction, mode, n, inputs: "normal" });
        if (warm) warmUp((times) => consume(warm.run(times)), milliseconds);
      }
      for (const wanted of mine) {
        const found = timeCase(subject, wanted, milliseconds);
        if (typeof found === "string") failures.push(found);
        else if (found) timed.push(found);
      }
    }
  }
  return { timed, firstCalls, failures, sink };
}
