/**
 * A function of the caller's as the engine on WebAssembly runs it: a table of cubics, and how it
 * was made.
 */

/** How far the results are from the formula, in ULP of float32, as measured when it was made. */
export interface Accuracy {
  readonly maxUlp: number;
  /** The input where that is. */
  readonly at: number;
  /** How many inputs were measured. */
  readonly inputs: number;
}

/**
 * What a table asks of its formula: any number in, a number out; it throws where the caller's
 * function gives none.
 */
export type Sampled = (x: number) => number;

/**
 * The words of a curve, but for those that depend on where in the memory it lies: these `place`
 * writes.
 */
export interface Curve {
  /** The loop that runs it, and whether that one takes dy too. */
  readonly loop: string;
  readonly isSlope: boolean;
  readonly bytes: Uint8Array;
  /** Fills in a copy of the bytes at this address. */
  place(memory: ArrayBuffer, address: number): void;
}

/** What the caller says of the function. */
export interface Wanted {
  /** The op, at the beginning of messages. */
  readonly op: string;
  /** "formula" or "derivative". */
  readonly what: string;
  readonly maxUlp: number;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** A table, and what it is worth; no table where the formula itself is evaluated. */
export interface Fitted {
  readonly curve: Curve | undefined;
  readonly accuracy: Accuracy;
}
