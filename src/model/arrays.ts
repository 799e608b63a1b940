/** The arrays that ops take and give. */

/** What every op takes. */
export type FloatArray = Float32Array;

/** What an op makes itself: in TypeScript 5.7 and later an array over an ArrayBuffer. */
export type NewArray = ReturnType<typeof Float32Array.of>;
