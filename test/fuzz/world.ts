/** The memories and arrays of one call: made from a plan, watched for what is written to them. */

import type { FloatArray } from "../../src/model/arrays.ts";
import { random } from "../shaped.ts";
import { type Bits, type Numbers, numbersOf } from "./numbers.ts";
import type { ArrayPlan, MemoryPlan } from "./plan.ts";
import { PALETTES } from "./plan.ts";
import type { Entry } from "./table.ts";
import { realm, strangerOf, wrapped } from "./wraps.ts";

/** What ES2024 adds to buffers. */
export interface Resizable {
  resize(bytes: number): void;
  grow(bytes: number): void;
}
type MakeResizable<B> = new (bytes: number, options: { maxByteLength: number }) => B & Resizable;

const GUARD = 8;
const POOL = 2 ** 16;
const SPECIAL = [
  0,
  -0,
  1,
  -1,
  3,
  -3,
  6,
  0.5,
  -0.5,
  88.7,
  -88.8,
  104,
  -104,
  1e-45,
  -1e-45,
  1e-38,
  6e-8,
  -6e-5,
  65504,
  3.4e38,
  -3.4e38,
  Infinity,
  -Infinity,
  NaN,
];

const next = random(20_000);
const between = (low: number, high: number) => low + next() * (high - low);
const DRAW: Record<MemoryPlan["palette"], (numbers: Numbers) => number> = {
  near: () => between(-6, 6),
  ones: () => 1,
  special: () => SPECIAL[Math.floor(next() * SPECIAL.length)] as number,
  wide: () => Math.sign(next() - 0.5) * 2 ** between(-20, 12),
  // Of the two least exponents, and those without one.
  subnormal: ({ bits, fromBits }) =>
    fromBits((next() < 0.5 ? 0 : 2 ** (bits - 1)) + Math.floor(next() * (bits === 32 ? 2 ** 24 : 2 ** 11))),
  huge: ({ largest }) => between(-largest, largest),
  bits: ({ bits, fromBits }) => fromBits(Math.floor(next() * 2 ** bits)),
  zeros: () => (next() < 0.5 ? 0 : -0),
};
const poolsOf = (numbers: Numbers) =>
  new Map(
    PALETTES.map((palette) => [
      palette,
      numbers.Floats.from(Float64Array.from({ length: POOL }, () => DRAW[palette](numbers))),
    ]),
  );
const pools = new Map([false, true].map(numbersOf).map((numbers) => [numbers, poolsOf(numbers)]));

function fill(numbers: Numbers, { bits }: Part, { palette, seed }: MemoryPlan): void {
  const part = new numbers.Floats(bits.buffer, bits.byteOffset, bits.length);
  const pool = pools.get(numbers)?.get(palette) as FloatArray;
  for (let i = 0; i < part.length; i += POOL / 2) {
    part.set(pool.subarray(seed, seed + Math.min(POOL / 2, part.length - i)), i);
  }
}

/** A stretch of a memory that is watched; `base` in elements from the start of the memory. */
interface Part {
  readonly bits: Bits;
  readonly base: number;
}

export interface Memory {
  readonly plan: MemoryPlan;
  /** Objects that stand for the memory: two for a shared one. */
  readonly buffers: readonly ArrayBufferLike[];
  readonly byteOffset: number;
  parts: Part[];
  /** What stood there when the arguments had all been read. */
  saved: Bits[];
  /** Elements that arrays may lie in. */
  total: number;
  detached: boolean;
  resized: boolean;
  /** Elements from, to that were freed. */
  freed: readonly [number, number] | undefined;
  readonly views: FloatArray[];
}

/** An array of the call. */
export interface Held {
  readonly value: unknown;
  readonly plan: ArrayPlan;
  /** Undefined for what is no array of the type of the call. */
  readonly memory: Memory | undefined;
  /** Its elements are bytes. */
  readonly bytes: boolean;
  length: () => number;
}

const wasmMemories = [0, 1, 2].map(() => new WebAssembly.Memory({ initial: 8 }));

function bytesOf({ buffer, byteOffset, byteLength }: Bits): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

export class World {
  readonly entry: Entry;
  /** Of all arrays, masks aside. */
  readonly numbers: Numbers;
  /** Bytes of an element. */
  readonly width: number;
  readonly memories: readonly Memory[];
  readonly #bystanders: { view: FloatArray; mark: number }[] = [];

  /** Memories of at least `totals` elements; where `exact`, of just as many. */
  constructor(
    entry: Entry,
    numbers: Numbers,
    plans: readonly MemoryPlan[],
    totals: readonly number[],
    exact: readonly boolean[],
  ) {
    this.entry = entry;
    this.numbers = numbers;
    this.width = numbers.Floats.BYTES_PER_ELEMENT;
    this.#stand(40);
    this.memories = plans.map((plan, i) => this.#make(plan, i, totals[i] as number, exact[i] as boolean));
    for (const memory of this.memories) for (const part of memory.parts) fill(numbers, part, memory.plan);
  }

  /** Elements of its memory. */
  sizeOf({ bytes, length }: Held): number {
    return bytes ? Math.ceil(length() / this.width) : length();
  }

  #part({ buffer, byteOffset, length }: FloatArray, base = 0): Part {
    return { bits: new this.numbers.Bits(buffer, byteOffset, length), base };
  }

  #alloc(length: number): FloatArray {
    return this.entry.alloc(length, this.numbers.Floats);
  }

  /** Once the arrays are made: what the plan wants gone goes. */
  start(): void {
    for (const memory of this.memories) if (memory.plan.gone) this.remove(memory);
    this.#stand(40);
    this.save();
  }

  #make(plan: MemoryPlan, index: number, least: number, exact: boolean): Memory {
    const total = least + (exact ? 0 : GUARD);
    const base = { plan, total, saved: [], detached: false, resized: false, freed: undefined, byteOffset: 0 };
    const over = (...buffers: ArrayBufferLike[]): Memory => ({
      ...base,
      buffers,
      parts: [this.#part(new this.numbers.Floats(buffers[0] as ArrayBuffer, 0, total))],
      views: [],
    });
    const bytes = total * this.width;
    const most = { maxByteLength: bytes + 64 };
    switch (plan.kind) {
      case "plain":
        return over(new ArrayBuffer(bytes));
      case "realm":
        return over(new realm.ArrayBuffer(bytes));
      case "shared": {
        const shared = new SharedArrayBuffer(bytes);
        return over(shared, structuredClone(shared));
      }
      case "realmShared": {
        const shared = new realm.SharedArrayBuffer(bytes);
        return over(shared, structuredClone(shared));
      }
      case "growable":
        return over(new (SharedArrayBuffer as unknown as MakeResizable<SharedArrayBuffer>)(bytes, most));
      case "resizable":
        return over(new (ArrayBuffer as unknown as MakeResizable<ArrayBuffer>)(bytes, most));
      case "wasm": {
        const { buffer } = wasmMemories[index] as WebAssembly.Memory;
        return over(buffer);
      }
      case "alloc": {
        const view = this.#alloc(least);
        return {
          ...base,
          total: least,
          buffers: [view.buffer],
          byteOffset: view.byteOffset,
          parts: [this.#part(view)],
          views: [view],
        };
      }
      case "crossing":
        return this.#crossing(plan, least);
    }
  }

  /** Three arrays of alloc side by side, if that is where alloc puts them. */
  #crossing(plan: MemoryPlan, least: number): Memory {
    const { line } = this.numbers;
    const each = Math.ceil((least + 1) / (3 * line)) * line;
    const views = [0, 1, 2].map(() => this.#alloc(each));
    const [first, middle, last] = views as [FloatArray, FloatArray, FloatArray];
    const follows = (a: FloatArray, b: FloatArray) =>
      a.buffer === b.buffer && a.byteOffset + this.width * each === b.byteOffset;
    if (!follows(first, middle) || !follows(middle, last)) {
      for (const view of views) this.entry.free(view);
      return this.#make({ ...plan, kind: "alloc" }, 0, least, false);
    }
    return {
      plan,
      buffers: [first.buffer],
      byteOffset: first.byteOffset,
      parts: views.map((view, i) => this.#part(view, i * each)),
      saved: [],
      total: 3 * each,
      detached: false,
      resized: false,
      freed: undefined,
      views,
    };
  }

  /** An array of alloc that no call may touch. */
  #stand(length: number): void {
    const view = this.#alloc(length);
    const mark = this.#bystanders.length + 1;
    view.fill(mark);
    this.#bystanders.push({ view, mark });
  }

  /** Frees, detaches or shrinks a memory, whichever it is made for. */
  remove(memory: Memory): void {
    if (memory.detached || memory.freed) return;
    const [buffer] = memory.buffers;
    switch (memory.plan.kind) {
      case "plain":
      case "realm":
        structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
        memory.detached = true;
        memory.parts = [];
        break;
      case "wasm": {
        const owner = wasmMemories.find((candidate) => candidate.buffer === buffer);
        owner?.grow(0);
        memory.detached = true;
        memory.parts = [];
        break;
      }
      case "resizable":
        this.resize(memory, Math.floor(memory.total / 2));
        break;
      case "alloc":
        this.entry.free(memory.views[0] as FloatArray);
        memory.freed = [0, memory.total];
        memory.parts = [];
        // Whoever writes to the freed array writes to this one.
        this.#stand(memory.total);
        break;
      case "crossing": {
        const each = memory.total / 3;
        this.entry.free(memory.views[1] as FloatArray);
        memory.freed = [each, 2 * each];
        memory.parts = memory.parts.filter(({ base }) => base !== each);
        this.#stand(each);
        break;
      }
      default:
    }
  }

  resize(memory: Memory, total: number): void {
    if (memory.detached || (memory.plan.kind !== "resizable" && memory.plan.kind !== "growable")) return;
    const buffer = memory.buffers[0] as ArrayBuffer & Resizable;
    const bytes = total * this.width;
    if (memory.plan.kind === "resizable") buffer.resize(bytes);
    else if (bytes > buffer.byteLength) buffer.grow(bytes);
    else return;
    memory.total = total;
    memory.resized = true;
    memory.parts = [this.#part(new this.numbers.Floats(buffer, 0, total))];
  }

  /** Other values in all parts of a memory. */
  rewrite(memory: Memory): void {
    const plan = { ...memory.plan, seed: memory.plan.seed + 7 };
    for (const part of memory.parts) fill(this.numbers, part, plan);
  }

  /** The array of a plan, `length` elements long unless the plan says otherwise. */
  hold(plan: ArrayPlan, length: number, bytes: boolean): Held {
    const memory = this.memories[plan.memory] as Memory;
    const count = Math.max(length + plan.extra, 0);
    const stranger = strangerOf(plan.wrap, count, this.numbers);
    if (stranger) return { value: stranger.value, plan, memory: undefined, bytes, length: () => count };
    const fixed = { plan, memory, bytes, length: () => count };
    if (memory.views.length === 1 && plan.wrap === "view" && !bytes) {
      const view = memory.views[0] as FloatArray;
      if (plan.offset === 0 && count === view.length && !plan.other) return { ...fixed, value: view };
      if (!plan.other) return { ...fixed, value: view.subarray(plan.offset, plan.offset + count) };
    }
    const buffer = (memory.buffers[Number(plan.other)] ?? memory.buffers[0]) as ArrayBufferLike;
    if (bytes) return { ...fixed, value: new Uint8Array(buffer, memory.byteOffset + this.width * plan.offset, count) };
    const tracks = plan.wrap === "tracking" && (memory.plan.kind === "resizable" || memory.plan.kind === "growable");
    const start = memory.byteOffset + this.width * plan.offset;
    const made = wrapped(this.numbers, plan.wrap, buffer, start, tracks ? undefined : count);
    return { ...fixed, value: made, length: tracks ? () => Math.max(memory.total - plan.offset, 0) : fixed.length };
  }

  /** Keeps what stands in the memories. */
  save(): void {
    for (const memory of this.memories) memory.saved = memory.parts.map(({ bits }) => bits.slice());
  }

  /** The elements of an array as they were saved. */
  saved(held: Held): Float32Array {
    return Float32Array.from(this.#savedNumbers(held));
  }

  /** The same of a mask. */
  savedBytes(held: Held): Uint8Array {
    return new Uint8Array(this.#savedNumbers(held).buffer, 0, held.length());
  }

  #savedNumbers(held: Held): FloatArray {
    const { memory, plan } = held;
    const { Bits, Floats } = this.numbers;
    const values = new Bits(this.sizeOf(held));
    memory?.parts.forEach(({ base }, i) => {
      const saved = memory.saved[i] as Bits;
      const from = Math.max(plan.offset, base);
      const to = Math.min(plan.offset + values.length, base + saved.length);
      if (from < to) values.set(saved.subarray(from - base, to - base), from - plan.offset);
    });
    return new Floats(values.buffer, 0);
  }

  /** What was written outside these arrays since `save`, as a message. */
  written(allowed: readonly Held[]): string | undefined {
    for (const memory of this.memories) {
      for (const [i, { bits, base }] of memory.parts.entries()) {
        const saved = memory.saved[i] as Bits;
        for (const { plan, length, memory: of } of allowed) {
          if (of !== memory) continue;
          const from = Math.max(plan.offset - base, 0);
          const to = Math.min(plan.offset + length() - base, saved.length);
          if (from < to) saved.set(bits.subarray(from, to), from);
        }
        if (Buffer.compare(bytesOf(bits), bytesOf(saved)) === 0) continue;
        const at = saved.findIndex((value, k) => value !== bits[k]);
        return `element ${base + at} of a ${memory.plan.kind} memory was written`;
      }
    }
    for (const { view, mark } of this.#bystanders) {
      for (let k = 0; k < view.length; k++) {
        if (view[k] !== mark) return `element ${k} of somebody else's array of alloc was written`;
      }
    }
    return undefined;
  }

  /** Gives back what alloc gave. */
  close(): void {
    for (const { view } of this.#bystanders) this.entry.free(view);
    for (const { views, freed } of this.memories) {
      for (const [i, view] of views.entries()) if (!freed || (views.length === 3 && i !== 1)) this.entry.free(view);
    }
  }
}
