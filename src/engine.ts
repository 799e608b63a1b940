/** What stands behind the ops: WebAssembly (wasm.ts) or plain JavaScript (js/engine.ts). Arguments arrive checked. */
import type { GatedFacts } from "./gated.ts";
import type { KernelName } from "./kernels.generated.ts";
import type { Row } from "./row.ts";
import type { RowFormula } from "./rows.ts";
import type { Layout } from "./shape.ts";

/** An activation that has both its kernels, forward and gradient. */
export type ActivationName = { [K in KernelName]: `${K}Grad` extends KernelName ? K : never }[KernelName];

/** An op on rows: it can also be fed in pieces. */
export type RowName = { [K in KernelName]: `${K}Part` extends KernelName ? K : never }[KernelName];

/** The arrays that ops take and give. Float64Array is meant to join. */
export type FloatArray = Float32Array;

/** out[i] = f(x[i]); `out` may overlap x in any way. */
export type Forward = (x: FloatArray, out: FloatArray, a: number, b: number) => void;

/** out[i] = dy[i] f'(x[i]); `out` may overlap both in any way. */
export type Backward = (dy: FloatArray, x: FloatArray, out: FloatArray, a: number, b: number) => void;

/** An op on the rows of a (and b, which else is a itself); `out`, of the same shape or of one value per row, may overlap both in any way. */
export type Rows = (a: FloatArray, b: FloatArray, out: FloatArray, layout: Layout) => void;

/** `outer` times two runs of elements side by side, of which `out` or dy has one; `out` may overlap the inputs in any way. */
export type Gated = (x: FloatArray, out: FloatArray, outer: number, run: number) => void;
export type GatedGrad = (dy: FloatArray, x: FloatArray, out: FloatArray, outer: number, run: number) => void;

/** A slope for each index of the axis; the outputs may overlap the inputs in any way. */
export type Leaky = (x: FloatArray, slope: FloatArray, out: FloatArray, layout: Layout) => void;
export type LeakyGrad = (
  dy: FloatArray,
  x: FloatArray,
  slope: FloatArray,
  dx: FloatArray,
  dslope: FloatArray,
  layout: Layout,
) => void;

/** The part of a row that computes. */
export type Formula = Pick<Row, "value" | "derivative">;

export interface Engine {
  readonly backend: "wasm" | "js";
  map(name: ActivationName, formula: Formula): Forward;
  mapGrad(name: ActivationName, formula: Formula): Backward;
  rows(name: RowName, formula: RowFormula, reduces: boolean): Rows;
  gated(name: ActivationName, facts: GatedFacts): Gated;
  gatedGrad(name: ActivationName, facts: GatedFacts): GatedGrad;
  prelu(): Leaky;
  preluGrad(): LeakyGrad;
  /** Computes the tables of the ops of these names, or of all that were asked for. */
  prepare(names?: readonly string[]): void;
  alloc(length: number): FloatArray;
  free(view: FloatArray): void;
}
