/** Loads each distinct v128 constant of a function once, at its entry, from a pool in low memory. */
export function hoistModule(binary: Uint8Array, poolEnd: number): Uint8Array;
