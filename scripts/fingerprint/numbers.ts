/**
 * The types of numbers that fingerprints are taken of: their inputs, and the bits of results.
 *
 * Runs in any JavaScript runtime, like all of this folder.
 */
import { EVERY_HALF } from "../../oracle/half.ts";
import type { FloatArray } from "../../src/model/arrays.ts";

export interface Numbers<A extends FloatArray> {
  /** What follows the name of a function in test/fingerprints.json. */
  readonly suffix: string;
  /** About so many inputs of an elementwise op; or all, where there are few. */
  inputs(steps: number): A;
  /** These numbers, rounded. */
  from(values: Float32Array): A;
  /** Bits with every NaN made the same: which one comes out is up to the machine. */
  bits(y: A): Uint32Array;
}

const NAN = 0x7fc00000;
const HALF_NAN = 0x7e00;

const special = [0x00000000, 0x00000001, 0x007fffff, 0x00800000, 0x3f800000, 0x7f7fffff, 0x7f800000, 0x7f800001, NAN];
const SPECIALS = Uint32Array.from(special.flatMap((bits) => [bits, bits | 0x80000000]));

/**
 * Floats at equal steps of their bits, each moved within its step so that low bits are not all 0;
 * then the special ones.
 */
export function steppedInputs(count: number): Float32Array {
  const step = 2 ** 32 / count;
  const bits = new Uint32Array(count + SPECIALS.length);
  for (let i = 0; i < count; i++) bits[i] = i * step + ((Math.imul(i, 0x9e3779b1) >>> 8) & (step - 1));
  bits.set(SPECIALS, count);
  return new Float32Array(bits.buffer);
}

/**
 * Floats of [-8, 8), where most ops do something; the same everywhere: whole-number arithmetic and
 * one exact product.
 */
export function usualInputs(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (Math.imul(i * 2 + 1, seed) >> 8) * 2 ** -20);
}

export function canonicalBits(y: Float32Array): Uint32Array {
  const bits = new Uint32Array(y.buffer, y.byteOffset, y.length).slice();
  for (let i = 0; i < bits.length; i++) if (((bits[i] as number) & 0x7fffffff) > 0x7f800000) bits[i] = NAN;
  return bits;
}

function canonicalHalfBits(y: Float16Array): Uint32Array {
  const bits = Uint32Array.from(new Uint16Array(y.buffer, y.byteOffset, y.length));
  for (let i = 0; i < bits.length; i++) if (((bits[i] as number) & 0x7fff) > 0x7c00) bits[i] = HALF_NAN;
  return bits;
}

const float32: Numbers<Float32Array> = {
  suffix: "",
  inputs: steppedInputs,
  from: (values) => values,
  bits: canonicalBits,
};

/** Of float16 all inputs there are, at every setting. */
const float16: Numbers<Float16Array> = {
  suffix: " float16",
  inputs: () => Float16Array.from(EVERY_HALF),
  from: (values) => new Float16Array(values),
  bits: canonicalHalfBits,
};

export const NUMBERS = { float32, float16 } as const;
export type NumberType = keyof typeof NUMBERS;

const all = Object.keys(NUMBERS) as NumberType[];

/** Those that this runtime has. */
export const NUMBER_TYPES: readonly NumberType[] = all.filter(
  (type) => type !== "float16" || typeof Float16Array === "function",
);

/** The type of the numbers of a fingerprint. */
export function typeOf(key: string): NumberType {
  return all.findLast((type) => key.endsWith(NUMBERS[type].suffix)) as NumberType;
}
