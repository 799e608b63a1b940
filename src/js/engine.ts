/**
 * The plain JavaScript twin: the fallback, the baseline of the benches, the oracle of the tests.
 */
export { layer, layerGrad, sums } from "./channels.ts";
export { map, map as mapHalf, mapGrad } from "./elementwise.ts";
export { gated, gatedGrad } from "./gated.ts";
export { alloc, free, hasPlaces, placeOf, residentPlaceOf } from "./memory.ts";
export { prelu, preluGrad } from "./prelu.ts";
export { rows } from "./rows.ts";
export { sampled } from "./sampled.ts";

export const backend = "js";

/** There are no tables. */
export function prepare(): void {}
