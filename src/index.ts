/**
 * The public surface of `wasm-activations` and of `wasm-activations/js`: the same names over two
 * engines.
 */
export * from "./activations.generated.ts";
export type { Affine, AffineGradient, AffineGradOptions, AffineOptions } from "./calls/affine.ts";
export type { StepOptions } from "./calls/channels.ts";
export { type CustomActivation, type CustomGradient, type CustomOptions, custom } from "./calls/custom.ts";
export type { Activation, Gradient, GradientOptions, Options } from "./calls/elementwise.ts";
export type { GatedActivation, GatedGradient } from "./calls/gated.ts";
export type { LogitOptions, ScaleOption } from "./calls/logits.ts";
export { alloc, free } from "./calls/memory.ts";
export type { Prelu, PreluGradient, PreluGradOptions, PreluOptions, SlopeOptions } from "./calls/prelu.ts";
export { backend, type Op, prepare } from "./calls/prepare.ts";
export type { ReductionGradient, RowActivation, RowGradient, RowOptions } from "./calls/rows.ts";
export type { ShapeOptions } from "./calls/shape.ts";
export type { FloatArray, MaskArray } from "./model/arrays.ts";
export type { Accuracy } from "./model/curve.ts";
