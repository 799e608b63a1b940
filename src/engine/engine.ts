/**
 * What stands behind the ops: WebAssembly or plain JavaScript. Arguments arrive checked and not
 * empty.
 */
import type { FloatArray, MaskArray } from "../model/arrays.ts";
import type { Fitted, Sampled, Wanted } from "../model/curve.ts";
import type { KernelName } from "../model/kernels.generated.ts";
import type { Layout } from "../model/layout.ts";
import type { Formula, GateFormula, Parameters, RowFormula } from "../model/row.ts";
import type { Layer, LayerGrad, Sums, Term } from "./channels.ts";
import type { Kind } from "./kinds.ts";

/** An activation that has both its kernels, forward and gradient. */
export type ActivationName = { [K in KernelName]: `${K}Grad` extends KernelName ? K : never }[KernelName];

/** An op on rows: it can also be fed in pieces. */
export type RowName = { [K in KernelName]: `${K}Part` extends KernelName ? K : never }[KernelName];

/**
 * Where an array lies that the engine handed out, or a view of one. What else is in it is the
 * engine's.
 */
export interface Place {
  readonly isFreed: boolean;
  /** Elements of the array. */
  readonly length: number;
}

/** out[i] = f(x[i]). In all of these an output may overlap the inputs in any way. */
export type Forward = (
  x: FloatArray,
  out: FloatArray,
  parameters: Parameters,
  xPlace: Place | undefined,
  outPlace: Place | undefined,
) => void;

/** out[i] = dy[i] f'(x[i]) */
export type Backward = (
  dy: FloatArray,
  x: FloatArray,
  out: FloatArray,
  parameters: Parameters,
  dyPlace: Place | undefined,
  xPlace: Place | undefined,
  outPlace: Place | undefined,
) => void;

/**
 * What the arrays of an op on rows hold. "map": x, out. "reduce": x, and `out` one value per row.
 * "pair": dy, y, dx. "spread": x, dy of one value per row, dx.
 */
export type RowForm = "map" | "reduce" | "pair" | "spread";

/** What is done to logits, in this order. In a pair, all but the scale is not given. */
export interface Logits {
  readonly scale: number;
  /** Of the length of all elements, or of one row's. */
  readonly bias: FloatArray | undefined;
  readonly mask: MaskArray | undefined;
  /** One for all rows, or one per row. */
  readonly sink: FloatArray | number | undefined;
  /** A row without elements gives 0 rather than NaN. */
  readonly zero: boolean;
}

/** An op on the rows of a, and b, which else is a itself. */
export type Rows = (a: FloatArray, b: FloatArray, out: FloatArray, layout: Layout, logits: Logits | undefined) => void;

/** Where the factors of a gated op lie, and what goes through the gate. */
export interface Halves {
  /** `outer` times two runs of elements side by side; of two arrays each is a run. */
  readonly outer: number;
  readonly run: number;
  /** The gate takes the second run, or the second array. */
  readonly second: boolean;
  /** Alpha, offset and limit, where the op has them. */
  readonly params: readonly number[];
}

/** The gate of an op for a value of its first parameter, or for the default. */
export type GateFor = (alpha?: number) => GateFormula;

/** gate(one half) times the other; both are in x, or the second is b. */
export type Gated = (x: FloatArray, b: FloatArray | undefined, out: FloatArray, halves: Halves) => void;

/** Its gradient, laid out like x, or like x and b. */
export type GatedGrad = (
  dy: FloatArray,
  x: FloatArray,
  b: FloatArray | undefined,
  dx: FloatArray,
  db: FloatArray | undefined,
  halves: Halves,
) => void;

/** A slope for each index of the axis. */
export type Leaky = (x: FloatArray, slope: FloatArray, out: FloatArray, layout: Layout) => void;
export type LeakyGrad = (
  dy: FloatArray,
  x: FloatArray,
  slope: FloatArray,
  dx: FloatArray,
  dslope: FloatArray,
  layout: Layout,
) => void;

export interface Engine {
  readonly backend: "wasm" | "js";
  map(name: ActivationName, formula: Formula): Forward;
  mapGrad(name: ActivationName, formula: Formula): Backward;
  /** `map` for Float16Array. The others take both types. */
  mapHalf(name: ActivationName, formula: Formula): Forward;
  /**
   * Makes what `map` and `mapGrad` need for a function of the caller's. Throws a RangeError where
   * it cannot be good enough.
   */
  sampled(f: Sampled, wanted: Wanted, isGradient: boolean): Fitted;
  /** `leftOut` is what an element counts as that a mask leaves out. */
  rows(name: RowName, formula: RowFormula, form: RowForm, leftOut: number): Rows;
  gated(name: ActivationName, gateFor: GateFor): Gated;
  gatedGrad(name: ActivationName, gateFor: GateFor): GatedGrad;
  /** Of the activation of this name; without one the steps alone. */
  layer(name: ActivationName | undefined, formula: Formula | undefined): Layer;
  layerGrad(name: ActivationName, formula: Formula): LayerGrad;
  sums(term: Term): Sums;
  prelu(): Leaky;
  preluGrad(): LeakyGrad;
  /** Computes the tables of the ops of these names. */
  prepare(names: readonly string[]): void;
  /** An array of zeros. Throws a RangeError where there is no memory for it. */
  alloc(length: number, kind: Kind): FloatArray;
  /** What is wrong with `view` as an argument of free, else undefined: then it is freed. */
  free(view: FloatArray): "foreign" | "freed" | undefined;
  /** Undefined for an ordinary array. */
  placeOf(array: FloatArray | MaskArray): Place | undefined;
  /**
   * Of an array that was handed out, lies in memory of the engine and is in use: nothing else need
   * be asked of it.
   */
  residentPlaceOf(value: unknown): Place | undefined;
  /** Whether any array was handed out: until then none has a place. */
  hasPlaces(): boolean;
}
