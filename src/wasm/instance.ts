/**
 * An instance of the module over a memory of fixed size: no view of it that is in use is ever
 * detached.
 */

import type { Curve } from "../model/curve.ts";
import { STATIC_END } from "../model/kernels.generated.ts";
import { SLOT_BYTES, SLOTS, Slots } from "./slots.ts";
import { type Conversions, Stage, type Width } from "./stage.ts";

/** Addresses first, then counts, then parameters. */
export type Kernel = (...args: number[]) => number;

const PAGE = 65536;
const STAGES = 3;
/**
 * Further stages, which are halves of those: how many stages in they begin, and the bytes of an
 * element.
 */
const HALVES: readonly (readonly [at: number, width: Width])[] = [
  [1.5, 4],
  [2, 4],
  [2.5, 1],
];
/** Bytes of the options of kernels on rows: see assembly/options.ts. */
const ROW_OPTIONS = 32;
/** Kernels read up to three elements beyond the end of an array. */
const SLACK = 64;

/** The first byte that holds neither a constant nor a table: from here on the memory is ours. */
export const HEAP = Math.ceil(STATIC_END / SLACK) * SLACK;

/** The slots for curves of callers: in every instance at the same place. */
const CURVES = Math.ceil(HEAP / SLOT_BYTES) * SLOT_BYTES;
const CURVES_END = CURVES + SLOTS * SLOT_BYTES;

/**
 * A look-up for a NaN may read, in vain, up to the next power of two: see assembly/math/curve.ts.
 */
const LEAST_BYTES = 2 ** Math.ceil(Math.log2(CURVES_END));

/** The names of the kernels that ops asked for; a kernel is known by its index. */
const names: string[] = [];

/** The number of the kernel of this name. */
export function kernelId(name: string): number {
  const known = names.indexOf(name);
  return known < 0 ? names.push(name) - 1 : known;
}

export class Instance {
  readonly buffer: ArrayBuffer;
  readonly stages: readonly Stage[];
  /** What kernels on rows read, if they are told so. */
  readonly rowOptions: DataView;
  /** The curves that callers made. */
  readonly #slots: Slots;
  /** Where the memory for arrays begins. */
  readonly start: number;
  readonly #exports: Readonly<Record<string, Kernel>>;
  readonly #kernels: Kernel[] = [];
  /** Whose tables are copied, rather than filled once more; none for the first instance. */
  readonly #source: Instance | undefined;
  /** How many ranges of the source's list are copied. */
  #copied = 0;

  /**
   * With stages of `staged` elements, and `bytes` for arrays. Throws a RangeError where so much is
   * not to be had.
   */
  constructor(module: WebAssembly.Module, staged: number, bytes: number, source?: Instance) {
    const stageBytes = 4 * staged + SLACK;
    this.start = CURVES_END + STAGES * stageBytes;
    const pages = Math.ceil(Math.max(this.start + bytes + SLACK, LEAST_BYTES) / PAGE);
    const memory = new WebAssembly.Memory({
      __proto__: null,
      initial: pages,
      maximum: pages,
    } as WebAssembly.MemoryDescriptor);
    this.buffer = memory.buffer;
    this.#source = source;
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    this.#exports = instance.exports as Record<string, Kernel>;
    const convert = instance.exports as unknown as Conversions;
    const stage = (at: number, length: number, width: Width) =>
      new Stage(this.buffer, CURVES_END + at * stageBytes, length, width, convert);
    this.stages = [
      ...Array.from({ length: STAGES }, (_, i) => stage(i, staged, 4)),
      ...HALVES.map(([at, width]) => stage(at, (2 * staged) / width, width)),
    ];
    this.#slots = new Slots(this.buffer, CURVES, this.#exports);
    this.rowOptions = new DataView(this.buffer, this.ask("rowOptions"), ROW_OPTIONS);
  }

  /**
   * The kernel of this number, its tables filled, or of a curve: that one is good until the next
   * one is asked for.
   */
  kernel(id: number | Curve): Kernel {
    if (typeof id !== "number") return this.#slots.kernel(id);
    return this.#kernels[id] ?? this.#load(id);
  }

  #load(id: number): Kernel {
    const name = names[id] as string;
    if (this.#source) {
      this.#source.kernel(id);
      this.#copyTables(this.#source);
    } else {
      this.fill(name);
    }
    const kernel = this.#exports[name] as Kernel;
    this.#kernels[id] = kernel;
    return kernel;
  }

  /** Fills the tables of a kernel, unless they are. */
  fill(name: string): void {
    this.#exports[`${name}Table`]?.();
  }

  /** What the module says of an op. */
  ask(name: string, argument = 0): number {
    return this.#exports[name]?.(argument) as number;
  }

  /** Calls what the module exports beside the kernels of ops. */
  call(name: string, ...args: number[]): number {
    return this.#exports[name]?.(...args) as number;
  }

  /**
   * Copies what the source has filled since the last time: that costs less than to compute it
   * again.
   */
  #copyTables(source: Instance): void {
    const list = new Int32Array(source.buffer, source.ask("built"));
    const count = list[0] as number;
    for (; this.#copied < count; this.#copied++) {
      const address = list[1 + 2 * this.#copied] as number;
      const bytes = list[2 + 2 * this.#copied] as number;
      new Uint8Array(this.buffer, address, bytes).set(new Uint8Array(source.buffer, address, bytes));
    }
  }
}
