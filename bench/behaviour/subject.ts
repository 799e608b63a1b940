/** An elementwise op of the package and its gradient, as this folder uses them. */
import type { FloatArray } from "../../src/index.ts";
import type { Library } from "../measure/measure.ts";
import type { Benched } from "../ops.ts";

export interface Elementwise {
  readonly name: string;
  readonly forward: (x: FloatArray, out: FloatArray) => FloatArray;
  readonly gradient: (dy: FloatArray, x: FloatArray, out: FloatArray) => FloatArray;
}

type Parameters = Readonly<Record<string, number>>;

function exported(library: Library, name: string): (...args: readonly unknown[]) => FloatArray {
  const op = Object.entries(library).find(([known]) => known === name)?.[1];
  if (typeof op !== "function") throw new Error(`${name} is not exported`);
  return op as unknown as (...args: readonly unknown[]) => FloatArray;
}

/** Undefined for an op of another kind. */
export function elementwise(library: Library, op: Benched, parameters: Parameters = {}): Elementwise | undefined {
  if (op.kind !== "map" || !op.gradient) return undefined;
  const forward = exported(library, op.name);
  const gradient = exported(library, op.gradient.name);
  return {
    name: op.name,
    forward: (x, out) => forward(x, { ...parameters, out }),
    gradient: (dy, x, out) => gradient(dy, x, { ...parameters, out }),
  };
}

export function valuesAt({ forward }: Elementwise, x: FloatArray): FloatArray {
  return forward(x, new Float32Array(x.length));
}

export function slopesAt({ gradient }: Elementwise, x: FloatArray): FloatArray {
  return gradient(new Float32Array(x.length).fill(1), x, new Float32Array(x.length));
}
