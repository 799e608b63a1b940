import { rowGradient, rowOp } from "../calls/rows.ts";
import { softminGradRow, softminRow } from "../math/rows.ts";

/**
 * Softmin: softmax of -x.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. An element of Infinity is masked out, with result 0;
 * a row that is Infinity throughout, or holds NaN or -Infinity, is NaN throughout. Bridle 1990.
 *
 * @example
 * softmin(new Float32Array([1, 2, 3])); // [0.6652, 0.2447, 0.0900]
 */
export const softmin = /* @__PURE__ */ rowOp("softmin", {
  value: softminRow,
  derivative: softminGradRow,
  logits: true,
  leftOut: Infinity,
  about: ABOUT && {
    formula: "e^-x / sum e^-x",
    names: { pytorch: "Softmin" },
    source: "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
  },
});
/**
 * dx = y (sum dy y - dy) along the axis, from the output y of softmin.
 *
 * @example
 * softminGrad(new Float32Array([1, 0]), new Float32Array([0.25, 0.75])); // [-0.1875, 0.1875]
 */
export const softminGrad = /* @__PURE__ */ rowGradient(softmin);
