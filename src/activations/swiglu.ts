import { gatedGradient, gatedOp } from "../calls/gated.ts";
import { silu } from "./silu.ts";

/**
 * Gated linear unit with silu: silu(a) b.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Shazeer 2020.
 *
 * @example
 * swiglu(new Float32Array([1, 2, 3, 4])); // [2.1932, 7.0464]
 */
export const swiglu = /* @__PURE__ */ gatedOp("swiglu", {
  gated: "a",
  gate: silu,
  about: ABOUT && {
    formula: "silu(a) b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/** dx of swiglu, of x's length: da = dy b silu'(a), db = dy silu(a). */
export const swigluGrad = /* @__PURE__ */ gatedGradient(swiglu);
