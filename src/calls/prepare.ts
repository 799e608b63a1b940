/** What the package offers beside ops and memory. */
import * as engine from "#engine";
import type { Affine, AffineGradient } from "./affine.ts";
import { kindOf } from "./arrays.ts";
import { describe, opNames } from "./describe.ts";
import type { Activation, Gradient } from "./elementwise.ts";
import type { GatedActivation, GatedGradient } from "./gated.ts";
import type { Prelu, PreluGradient } from "./prelu.ts";
import { typeError } from "./refusal.ts";
import type { ReductionGradient, RowActivation, RowGradient } from "./rows.ts";

/** An op of this package. */
export type Op =
  | Activation
  | Gradient
  | RowActivation
  | RowGradient
  | ReductionGradient
  | GatedActivation
  | GatedGradient
  | Prelu
  | PreluGradient
  | Affine
  | AffineGradient;

/** "wasm", or "js" where WebAssembly SIMD is missing or forbidden. */
export const backend: "wasm" | "js" = engine.backend;

/**
 * Computes the tables of the given ops ahead of their first use; of all ops if none is given. Never
 * required: an op does it by itself at its first call, in at most a few milliseconds.
 *
 * @throws TypeError for a value that is not an op of this package.
 * @example
 * prepare(tanh, sigmoidGrad); // in the constructor of an AudioWorkletProcessor, say
 */
export function prepare(...ops: readonly Op[]): void {
  const names = ops.map((op: unknown, i) => {
    const known = describe(op);
    if (known) return known.name;
    const kind = typeof op === "function" ? "another function" : kindOf(op);
    throw typeError("prepare", `argument ${i} is ${kind}`, "an op");
  });
  engine.prepare(ops.length === 0 ? opNames() : names);
}
