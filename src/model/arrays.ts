/** The arrays that ops take and give. */

/** Float16Array, where the TypeScript library of a program has it; else no type at all. */
export type HalfArray = typeof globalThis extends { Float16Array: { readonly prototype: infer Half } } ? Half : never;

/** One that was just made. */
type NewHalfArray = typeof globalThis extends { Float16Array: { of(): infer Half } } ? Half : never;

/** What every op takes: all arrays of a call are of one type. */
export type FloatArray = Float32Array | HalfArray;

/** Any array of the type of A. */
export type Alike<A extends FloatArray> = A extends Float32Array ? Float32Array : HalfArray;

/** What says of each element whether it counts: 0 where it is left out. */
export type MaskArray = Uint8Array;

/**
 * What an op makes itself of the type of A: in TypeScript 5.7 and later an array over an
 * ArrayBuffer.
 */
export type NewArray<A extends FloatArray = Float32Array> = A extends Float32Array
  ? ReturnType<typeof Float32Array.of>
  : NewHalfArray;
