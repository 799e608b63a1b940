/** What a process that measures is told, and what it answers. */
import type { Direction, Engine, InputSet, Mode, NumberType } from "../results.ts";

/** One op in one situation. */
export interface Case {
  readonly direction: Direction;
  readonly mode: Mode;
  readonly inputs: InputSet;
  readonly n: number;
}

export interface Job {
  /** The name of an op, or COPY. */
  readonly op: string;
  readonly engine: Engine;
  /** Of the arrays. */
  readonly type: NumberType;
  readonly cases: readonly Case[];
  /** Per case. */
  readonly milliseconds: number;
}

/** A case, timed. */
export interface Timed extends Case {
  /** ns per element, one per batch of calls. */
  readonly samples: readonly number[];
  /** Read and written per element, each array once. */
  readonly bytes: number;
  /** Too short for the clock. */
  readonly saturated: boolean;
}

export interface Answer {
  readonly timed: readonly Timed[];
  /** Milliseconds of the very first call of each direction. */
  readonly firstCalls: readonly { readonly direction: Direction; readonly n: number; readonly ms: number }[];
  /** Results that are wrong. */
  readonly failures: readonly string[];
  /** Something made of the results, so that none of them is idle work. */
  readonly sink: number;
}

export const DIRECTIONS: readonly Direction[] = ["forward", "gradient"];
export const ENGINES: readonly Engine[] = ["wasm", "js"];
export const MODES: readonly Mode[] = ["alloc", "out", "new"];
