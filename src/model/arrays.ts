/** The arrays that ops take and give. */

/** What every op takes. */
export type FloatArray = Float32Array;

/** What says of each element whether it counts: 0 where it is left out. */
export type MaskArray = Uint8Array;

/** What an op makes itself: in TypeScript 5.7 and later an array over an ArrayBuffer. */
export type NewArray = ReturnType<typeof Float32Array.of>;
