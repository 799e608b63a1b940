/** What stands behind the ops: WebAssembly (wasm.ts) or plain JavaScript (js/engine.ts). Arguments arrive checked. */
import type { KernelName } from "./kernels.generated.ts";
import type { Row } from "./row.ts";

/** An activation that has both its kernels, forward and gradient. */
export type ActivationName = { [K in KernelName]: `${K}Grad` extends KernelName ? K : never }[KernelName];

/** The arrays that ops take and give. Float64Array is meant to join. */
export type FloatArray = Float32Array;

/** out[i] = f(x[i]); `out` may overlap x in any way. */
export type Forward = (x: FloatArray, out: FloatArray, a: number, b: number) => void;

/** out[i] = dy[i] f'(x[i]); `out` may overlap both in any way. */
export type Backward = (dy: FloatArray, x: FloatArray, out: FloatArray, a: number, b: number) => void;

/** The part of a row that computes. */
export type Formula = Pick<Row, "value" | "derivative">;

export interface Engine {
  readonly backend: "wasm" | "js";
  map(name: ActivationName, formula: Formula): Forward;
  mapGrad(name: ActivationName, formula: Formula): Backward;
  /** Computes the tables of the ops of these names, or of all that were asked for. */
  prepare(names?: readonly string[]): void;
  alloc(length: number): FloatArray;
  free(view: FloatArray): void;
}
