import { rowGradient, rowOp } from "../calls/rows.ts";
import { logSoftmaxGradRow, logSoftmaxRow } from "../math/rows.ts";

/**
 * The logarithm of softmax: x - ln sum e^x along the axis; accurate where softmax would round to 0
 * or 1.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. An element of -Infinity gives -Infinity; a row that
 * is -Infinity throughout, or holds NaN or Infinity, is NaN throughout.
 *
 * @example
 * logSoftmax(new Float32Array([1, 2, 3])); // [-2.4076, -1.4076, -0.4076]
 */
export const logSoftmax = /* @__PURE__ */ rowOp("logSoftmax", {
  value: logSoftmaxRow,
  derivative: logSoftmaxGradRow,
  logits: true,
  about: ABOUT && {
    formula: "x - ln sum e^x",
    names: { pytorch: "LogSoftmax", jax: "log_softmax", keras: "log_softmax", tfjs: "logSoftmax", onnx: "LogSoftmax" },
    source: "Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
  },
});
/**
 * dx = dy - e^y sum dy along the axis, from the output y of logSoftmax.
 *
 * @example
 * logSoftmaxGrad(new Float32Array([1, 0]), new Float32Array([-0.6931472, -0.6931472]));
 * // [0.5, -0.5]
 */
export const logSoftmaxGrad = /* @__PURE__ */ rowGradient(logSoftmax);
