import { reductionGradient, rowOp } from "../calls/rows.ts";
import { logSumExpGradRow, logSumExpRow } from "../math/rows.ts";

/**
 * ln sum e^x along the axis: one value per row, in the order of the other dimensions.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1; `out`: of the length of the result. A row that is
 * empty or -Infinity throughout gives -Infinity, one with Infinity Infinity, one with NaN NaN.
 * Nothing overflows.
 *
 * @example
 * logSumExp(new Float32Array([1, 2, 3])); // [3.4076]
 * logSumExp(new Float32Array([0, 0, 1000, 0]), { shape: [2, 2], axis: 1 }); // [0.6931, 1000]
 */
export const logSumExp = /* @__PURE__ */ rowOp("logSumExp", {
  value: logSumExpRow,
  derivative: logSumExpGradRow,
  reduces: true,
  logits: true,
  about: ABOUT && {
    formula: "ln sum e^x",
    names: {
      pytorch: "logsumexp",
      jax: "logsumexp",
      keras: "logsumexp",
      tfjs: "logSumExp",
      onnx: "ReduceLogSumExp",
      webnn: "reduceLogSumExp",
    },
    source: "Blanchard, Higham, Higham 2021, Accurately computing the log-sum-exp and softmax functions",
  },
});
/**
 * dx = dy softmax(x) along the axis, dy of one value per row.
 *
 * The options are those of logSumExp; dx is multiplied by `scale`.
 *
 * @example
 * logSumExpGrad(new Float32Array([2]), new Float32Array([1, 2, 3])); // [0.1801, 0.4895, 1.3305]
 */
export const logSumExpGrad = /* @__PURE__ */ reductionGradient(logSumExp);
