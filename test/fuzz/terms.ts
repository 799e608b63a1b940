/** An op in the terms of the contract. */
import type { Described } from "../../src/calls/describe.ts";
import type { Domain } from "../../src/model/row.ts";
import type { Expected } from "./expected.ts";

/** An array seen as [outer][axis][inner]. */
export interface Layout {
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}

export interface Parameter {
  readonly name: string;
  readonly default: number;
  readonly domain: Domain["name"];
  /** What the tests of accuracy use. */
  readonly settings: readonly number[];
}

/** What the options of logits say, in the order of their application. */
export interface Logits {
  readonly scale: number;
  readonly bias: Float32Array | undefined;
  readonly mask: Uint8Array | undefined;
  readonly sink: Float32Array | number | undefined;
  readonly zero: boolean;
}

/** One op in the terms of the contract. */
export interface Terms {
  readonly name: string;
  /** The arrays in the order of the arguments. */
  readonly inputs: readonly string[];
  /** The arrays that are written, each an option. */
  readonly outputs: readonly string[];
  /** The input whose length decides. */
  readonly main: string;
  readonly params: readonly Parameter[];
  /** The parameters are not rounded to float32. */
  readonly exactParams: boolean;
  /**
   * The default of the option `axis`, "channels": 1, or 0 of one dimension; without one there are
   * no options `shape` and `axis`.
   */
  readonly axis?: number | "channels";
  /** The input that may be a number, or an array of several lengths. */
  readonly slope?: string;
  /** It takes bias, mask, sink and empty; the scale is a parameter. */
  readonly logits?: boolean;
  /** The axis is split in two. */
  readonly halves?: boolean;
  /** Whether the parameters are at odds with each other. */
  refuses(params: readonly number[]): boolean;
  /** The length of an array other than the slopes. */
  length(role: string, layout: Layout): number;
  /** The outputs, in order. */
  compute(
    inputs: readonly Float32Array[],
    layout: Layout,
    params: readonly number[],
    logits?: Logits,
  ): readonly Expected[];
}

export type Of<K extends Described["kind"]> = Extract<Described, { kind: K }>;

export const elements = ({ outer, axis, inner }: Layout): number => outer * axis * inner;
