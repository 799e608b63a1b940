import { gatedGradient, gatedOp } from "../calls/gated.ts";
import { gelu } from "./gelu.ts";

/**
 * Gated linear unit with gelu, the exact one: gelu(a) b.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Shazeer 2020.
 *
 * @example
 * geglu(new Float32Array([1, 2, 3, 4])); // [2.5240, 7.8180]
 */
export const geglu = /* @__PURE__ */ gatedOp("geglu", {
  gated: "a",
  gate: gelu,
  about: ABOUT && {
    formula: "gelu(a) b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/** dx of geglu, of x's length: da = dy b gelu'(a), db = dy gelu(a). */
export const gegluGrad = /* @__PURE__ */ gatedGradient(geglu);
