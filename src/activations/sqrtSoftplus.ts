import { activation, gradient } from "../calls/elementwise.ts";
import { sigmoid } from "../math/gates.ts";
import { lnOnePlusExp } from "../math/softplus.ts";

/**
 * Square root of softplus: sqrt(ln(1 + e^x)).
 *
 * @example
 * sqrtSoftplus(new Float32Array([-1, 0, 1])); // [0.55969787, 0.83255464, 1.1459763]
 */
export const sqrtSoftplus = /* @__PURE__ */ activation("sqrtSoftplus", {
  value: (x) => Math.sqrt(lnOnePlusExp(x)),
  derivative: (x) => {
    // Further out e^x is too small to be told from what is left out.
    if (x < -80) return Math.exp(x / 2) / 2;
    return sigmoid(x) / (2 * Math.sqrt(lnOnePlusExp(x)));
  },
  about: ABOUT && {
    formula: "sqrt(ln(1 + e^x))",
    exact: (x, { softplus }) => softplus(x).sqrt(),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: {},
    source: "as in Transformers of Hugging Face, ACT2FN['sqrtsoftplus']",
  },
});
/** dx = dy f'(x) of sqrtSoftplus. */
export const sqrtSoftplusGrad = /* @__PURE__ */ gradient(sqrtSoftplus);
