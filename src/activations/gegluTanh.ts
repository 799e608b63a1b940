import { gatedGradient, gatedOp } from "../calls/gated.ts";
import { geluTanh } from "./geluTanh.ts";

/**
 * Gated linear unit with the tanh approximation of gelu: geluTanh(a) b.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Shazeer 2020.
 *
 * @example
 * gegluTanh(new Float32Array([1, 2, 3, 4])); // [2.5236, 7.8184]
 */
export const gegluTanh = /* @__PURE__ */ gatedOp("gegluTanh", {
  gated: "a",
  gate: geluTanh,
  about: ABOUT && {
    formula: "geluTanh(a) b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/** dx of gegluTanh, of x's length: da = dy b geluTanh'(a), db = dy geluTanh(a). */
export const gegluTanhGrad = /* @__PURE__ */ gatedGradient(gegluTanh);
