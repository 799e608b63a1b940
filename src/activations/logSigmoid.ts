import { activation, gradient } from "../calls/elementwise.ts";
import { sigmoid } from "../math/gates.ts";
import { lnOnePlusExp } from "../math/softplus.ts";

/**
 * Logarithm of the sigmoid: -ln(1 + e^-x).
 *
 * It does not underflow where the sigmoid does.
 *
 * @example
 * logSigmoid(new Float32Array([-1, 0, 1])); // [-1.3132616, -0.6931472, -0.31326166]
 */
export const logSigmoid = /* @__PURE__ */ activation("logSigmoid", {
  value: (x) => -lnOnePlusExp(-x),
  derivative: (x) => sigmoid(-x),
  about: ABOUT && {
    formula: "-ln(1 + e^-x)",
    exact: (x, { softplus }) => softplus(x.neg()).neg(),
    range: [-Infinity, 0],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: { pytorch: "LogSigmoid", jax: "log_sigmoid", keras: "log_sigmoid", tfjs: "logSigmoid" },
    source: "logarithm of the logistic function of Verhulst 1838",
  },
});
/** dx = dy f'(x) of logSigmoid, f' = sigmoid(-x). */
export const logSigmoidGrad = /* @__PURE__ */ gradient(logSigmoid);
