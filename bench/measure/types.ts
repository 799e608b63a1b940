/** The types of the arrays that ops are measured on. */
import { halfError } from "../../oracle/half.ts";
import { ulpError } from "../../oracle/ulp.ts";
import type { FloatArray } from "../../src/index.ts";
import type { NumberType } from "../results.ts";

/** What makes arrays of a type. */
export interface Maker {
  readonly prototype: FloatArray;
  new (length?: number): FloatArray;
}

interface ArrayType {
  /** Undefined where the runtime lacks it. */
  readonly Floats: Maker | undefined;
  /** |got - exact| in units in the last place. */
  readonly error: (got: number, exact: number) => number;
  /** The distance of neighbouring numbers from 1 on. */
  readonly epsilon: number;
}

export const ARRAY_TYPES: Readonly<Record<NumberType, ArrayType>> = {
  float32: { Floats: Float32Array as Maker, error: ulpError, epsilon: 2 ** -23 },
  float16: {
    Floats: (globalThis as { readonly Float16Array?: Maker }).Float16Array,
    error: halfError,
    epsilon: 2 ** -10,
  },
};

export const TYPES = Object.keys(ARRAY_TYPES) as NumberType[];

export function makerOf(type: NumberType): Maker {
  const { Floats } = ARRAY_TYPES[type];
  if (!Floats) throw new Error(`there is no array of ${type} here`);
  return Floats;
}
