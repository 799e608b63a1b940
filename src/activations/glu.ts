import { gatedGradient, gatedOp } from "../calls/gated.ts";
import { sigmoid } from "./sigmoid.ts";

/**
 * Gated linear unit: a sigmoid(b).
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Dauphin, Fan, Auli,
 * Grangier 2016.
 *
 * @example
 * glu(new Float32Array([2, 4, 0, 1])); // [1, 2.9242]
 */
export const glu = /* @__PURE__ */ gatedOp("glu", {
  gated: "b",
  gate: sigmoid,
  about: ABOUT && {
    formula: "a sigmoid(b)",
    names: { pytorch: "GLU", jax: "glu", keras: "glu" },
    source: "Dauphin, Fan, Auli, Grangier 2016, Language modeling with gated convolutional networks",
  },
});
/** dx of glu, of x's length: da = dy sigmoid(b), db = dy a sigmoid'(b). */
export const gluGrad = /* @__PURE__ */ gatedGradient(glu);
