import { rowGradient, rowOp } from "../calls/rows.ts";
import { softmaxGradRow, softmaxRow } from "../math/rows.ts";

/**
 * Softmax: e^x divided by the sum of e^x along the axis.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. An element of -Infinity is masked out, with result
 * 0; a row that is -Infinity throughout, or holds NaN or Infinity, is NaN throughout. Bridle 1990.
 *
 * @example
 * softmax(new Float32Array([1, 2, 3])); // [0.0900, 0.2447, 0.6652]
 * softmax(new Float32Array([1, 2, 1, 1]), { shape: [2, 2], axis: 0 });
 * // [0.5, 0.7311, 0.5, 0.2689]
 */
export const softmax = /* @__PURE__ */ rowOp("softmax", {
  value: softmaxRow,
  derivative: softmaxGradRow,
  logits: true,
  about: ABOUT && {
    formula: "e^x / sum e^x",
    names: { pytorch: "Softmax", jax: "softmax", keras: "softmax", tfjs: "softmax", onnx: "Softmax", webnn: "softmax" },
    source: "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
  },
});
/**
 * dx = y (dy - sum dy y) along the axis, from the output y of softmax.
 *
 * @example
 * softmaxGrad(new Float32Array([1, 0]), new Float32Array([0.25, 0.75])); // [0.1875, -0.1875]
 */
export const softmaxGrad = /* @__PURE__ */ rowGradient(softmax);
