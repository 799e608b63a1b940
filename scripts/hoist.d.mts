/** A module with its vector constants loaded from a pool below `poolEnd`. */
export function hoistModule(binary: Uint8Array, poolEnd: number): Uint8Array;
