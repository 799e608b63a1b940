import { finite, unsigned } from "../calls/domains.ts";
import { gatedGradient, gatedOp } from "../calls/gated.ts";
import { silu } from "./silu.ts";

/**
 * Gated linear unit with silu: silu(a) b; in general a' sigmoid(alpha a') (b' + offset), a' =
 * min(a, limit), b' = min(max(b, -limit), limit).
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. The result is half as long as x. `gate`: "first"
 * where a is the first half, else "second"; `interleaved`: true where the halves alternate along
 * the axis; `b`: the second half as an array of its own, x then being the first one, and the result
 * as long as x. `alpha`: any finite number, 1; `offset`: likewise, 0; `limit`: 0 or more, Infinity.
 * Shazeer 2020.
 *
 * @example
 * swiglu(new Float32Array([1, 2, 3, 4])); // [2.1932, 7.0464]
 * swiglu(new Float32Array([1, 3, 2, 4]), { interleaved: true }); // the same
 * swiglu(new Float32Array([1, 2]), { b: new Float32Array([3, 4]) }); // the same
 */
export const swiglu = /* @__PURE__ */ gatedOp("swiglu", {
  gated: "a",
  gate: silu,
  params: {
    alpha: { default: 1, domain: finite },
    offset: { default: 0, domain: finite },
    limit: { default: Infinity, domain: unsigned },
  },
  about: ABOUT && {
    formula: "silu(a) b",
    names: {},
    source: "Shazeer 2020, GLU variants improve Transformer",
  },
});
/**
 * dx of swiglu, of x's length: da = dy b silu'(a), db = dy silu(a); with `b` the two as
 * `{ da, db }`.
 *
 * @example
 * swigluGrad(new Float32Array([1]), new Float32Array([1, 2])); // [1.8553, 0.7311]
 */
export const swigluGrad = /* @__PURE__ */ gatedGradient(swiglu);
