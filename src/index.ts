/** The public surface of `wasm-activations` and of `wasm-activations/js`: the same names over two engines. */
export type { Activation, Gradient, Options } from "./activation.ts";
export * from "./activations.ts";
export type { FloatArray } from "./engine.ts";
export { alloc, backend, free, prepare } from "./runtime.ts";
