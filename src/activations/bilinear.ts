import { gatedGradient, gatedOp } from "../calls/gated.ts";
import { linear } from "./linear.ts";

/**
 * Gated linear unit without a function: a b.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Shazeer 2020.
 *
 * @example
 * bilinear(new Float32Array([1, 2, 3, 4])); // [3, 8]
 */
export const bilinear = /* @__PURE__ */ gatedOp("bilinear", {
  gated: "a",
  gate: linear,
  about: ABOUT && {
    formula: "a b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/** dx of bilinear, of x's length: da = dy b, db = dy a. */
export const bilinearGrad = /* @__PURE__ */ gatedGradient(bilinear);
