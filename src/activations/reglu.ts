import { gatedGradient, gatedOp } from "../calls/gated.ts";
import { relu } from "./relu.ts";

/**
 * Gated linear unit with relu: relu(a) b.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. Shazeer 2020.
 *
 * @example
 * reglu(new Float32Array([1, -2, 3, 4])); // [3, 0]
 */
export const reglu = /* @__PURE__ */ gatedOp("reglu", {
  gated: "a",
  gate: relu,
  about: ABOUT && {
    formula: "relu(a) b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/** dx of reglu, of x's length: da = dy b where a > 0, else 0; db = dy relu(a). */
export const regluGrad = /* @__PURE__ */ gatedGradient(reglu);
