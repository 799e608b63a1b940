/** The types of the arrays of a call: how they are made, watched and filled, and how they round. */
import { halfOf, ulp16 } from "../../oracle/half.ts";
import { fromBits, ulp32 } from "../../oracle/ulp.ts";
import type { FloatArray } from "../../src/model/arrays.ts";

export type Bits = Uint32Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;

/** What makes arrays: that of this realm, or of another. */
export interface Maker {
  readonly prototype: FloatArray;
  readonly BYTES_PER_ELEMENT: number;
  new (buffer: ArrayBufferLike, byteOffset: number, length?: number): FloatArray;
  new (length: number): FloatArray;
  from(values: ArrayLike<number>): FloatArray;
}

export interface Numbers {
  readonly kind: "Float32Array" | "Float16Array";
  readonly Floats: Maker;
  /** The bits of such arrays. */
  readonly Bits: new (
    buffer: ArrayBufferLike | number,
    byteOffset?: number,
    length?: number,
  ) => Bits;
  /** A number of these bits, of as many bits as there are, and some of their kinds. */
  fromBits(bits: number): number;
  readonly bits: number;
  readonly largest: number;
  /** Elements of a line of memory of alloc. */
  readonly line: number;
  /** How far a result may be off that is computed in float32, to within so many ULP of that. */
  allowed(exact: number, ulps: number): number;
  /** Where the numbers end: to rounding, Infinity is the one after the largest. */
  readonly end: number;
  /** Half the smallest number: below it a result rounds to 0. */
  readonly vanishes: number;
}

const FLOAT32: Numbers = {
  kind: "Float32Array",
  Floats: Float32Array as Maker,
  Bits: Uint32Array as Numbers["Bits"],
  fromBits,
  bits: 32,
  largest: 3.4e38,
  line: 16,
  allowed: (exact, ulps) => ulps * ulp32(exact),
  end: 2 ** 128,
  vanishes: 2 ** -150,
};

export const hasHalf = typeof Float16Array === "function";

/** Undefined where the runtime has no Float16Array. */
const FLOAT16: Numbers | undefined = hasHalf
  ? {
      kind: "Float16Array",
      Floats: Float16Array as Maker,
      Bits: Uint16Array as Numbers["Bits"],
      fromBits: halfOf,
      bits: 16,
      largest: 65504,
      line: 32,
      allowed: (exact, ulps) => 0.5 * ulp16(exact) + ulps * ulp32(exact),
      end: 2 ** 16,
      vanishes: 2 ** -25,
    }
  : undefined;

export const numbersOf = (half: boolean): Numbers => (half && FLOAT16) || FLOAT32;
/** An array of the other type, which a call must not mix in; where there is none, of float64. */
export const otherOf = ({ kind }: Numbers): (new (length: number) => FloatArray | Float64Array) =>
  kind === "Float16Array" ? Float32Array : (FLOAT16?.Floats ?? Float64Array);
