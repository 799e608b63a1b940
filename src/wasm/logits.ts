/**
 * The options of kernels on rows: the arrays as operands of a call, and the block that tells a
 * kernel of them.
 */
import type { Logits } from "../engine/engine.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Instance } from "./instance.ts";
import { Operand } from "./operand.ts";
import type { Span } from "./walk.ts";

/** Fields of the block, in bytes, and bits of KINDS: see assembly/options.ts. */
const SCALE = 0;
const BIAS = 4;
const MASK = 8;
const SINK = 12;
const KINDS = 16;
const OWN_SINK = 20;

const ROW_BIAS = 1;
const ROW_MASK = 2;
const ONE_SINK = 4;
const ZERO = 8;

/** Which arrays there are, and what they span: of these the plan of a call depends. */
export interface LogitSpans {
  readonly bias: Span | undefined;
  readonly mask: Span | undefined;
  readonly sinks: boolean;
}

/** Those of a call on arrays of so many elements. */
export function spansOf({ bias, mask, sink }: Logits, length: number): LogitSpans {
  const spanOf = (array: ArrayLike<number> | undefined) => array && (array.length === length ? "all" : "axis");
  return { bias: spanOf(bias), mask: spanOf(mask), sinks: typeof sink === "object" };
}

/** A number for each of them. */
export function indexOf({ bias, mask, sinks }: LogitSpans): number {
  const numberOf = (span: Span | undefined) => (span === "all" ? 2 : span ? 1 : 0);
  return numberOf(bias) + 3 * numberOf(mask) + (sinks ? 9 : 0);
}

export class LogitOperands {
  readonly #spans: LogitSpans;
  readonly #bias: Operand | undefined;
  readonly #mask: Operand | undefined;
  readonly #sinks: Operand | undefined;
  /** Those that there are. */
  readonly all: readonly Operand[];
  #scale = 1;
  #sink = 0;
  #kinds = 0;

  constructor(spans: LogitSpans) {
    const { bias, mask, sinks } = spans;
    this.#spans = spans;
    this.#bias = bias && new Operand(bias, 4);
    this.#sinks = sinks ? new Operand("row", 3) : undefined;
    this.#mask = mask && new Operand(mask, 5, 0, 1);
    this.all = [this.#bias, this.#sinks, this.#mask].filter((operand) => operand !== undefined);
  }

  /** The options of this call. */
  set({ scale, bias, mask, sink, zero }: Logits): void {
    const isOne = typeof sink === "number";
    if (this.#bias) this.#bias.array = bias as FloatArray;
    if (this.#mask) this.#mask.array = mask as Uint8Array;
    if (this.#sinks) this.#sinks.array = sink as FloatArray;
    this.#scale = scale;
    this.#sink = isOne ? sink : 0;
    this.#kinds =
      (this.#spans.bias === "axis" ? ROW_BIAS : 0) +
      (this.#spans.mask === "axis" ? ROW_MASK : 0) +
      (isOne ? ONE_SINK : 0) +
      (zero ? ZERO : 0);
  }

  /** Tells the kernels of an instance, of the piece that the operands have opened. */
  tell({ rowOptions: block }: Instance): void {
    const own = block.byteOffset + OWN_SINK;
    const sinks = this.#kinds & ONE_SINK ? own : (this.#sinks?.address ?? 0);
    block.setFloat32(SCALE, this.#scale, true);
    block.setInt32(BIAS, this.#bias?.address ?? 0, true);
    block.setInt32(MASK, this.#mask?.address ?? 0, true);
    block.setInt32(SINK, sinks, true);
    block.setInt32(KINDS, this.#kinds, true);
    block.setFloat32(OWN_SINK, this.#sink, true);
  }
}
