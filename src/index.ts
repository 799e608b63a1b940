/** The public surface of `wasm-activations` and of `wasm-activations/js`: the same names over two engines. */
export type { Activation, Gradient, Options } from "./activation.ts";
export * from "./activations.ts";
export type { FloatArray } from "./engine.ts";
export type { GatedActivation, GatedGradient } from "./gated.ts";
export type { Prelu, PreluGradient, PreluGradOptions, PreluOptions } from "./prelu.ts";
export type { RowActivation, RowGradient, RowOptions } from "./rows.ts";
export { alloc, backend, free, prepare } from "./runtime.ts";
