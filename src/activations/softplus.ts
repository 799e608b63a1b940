import { nonzero } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { sigmoid } from "../math/gates.ts";
import { lnOnePlusExp } from "../math/softplus.ts";

/**
 * Softplus: ln(1 + e^(beta x)) / beta.
 *
 * `beta`: steepness, any finite number but 0, 1; a negative one gives the mirror image
 * -softplus(-x). There is no threshold beyond which x is returned: none is needed. Dugas, Bengio,
 * Bélisle, Nadeau, Garcia 2000.
 *
 * @example
 * softplus(new Float32Array([-1, 0, 1])); // [0.31326166, 0.6931472, 1.3132616]
 */
export const softplus = /* @__PURE__ */ activation("softplus", {
  params: { beta: { default: 1, domain: nonzero } },
  value: (x, beta) => lnOnePlusExp(beta * x) / beta,
  derivative: (x, beta) => sigmoid(beta * x),
  about: ABOUT && {
    formula: "ln(1 + e^(beta x)) / beta",
    exact: (x, { softplus }, beta) => softplus(beta.times(x)).div(beta),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    settings: [[0.3], [-1], [20]],
    names: {
      pytorch: "Softplus(beta=1, threshold=20), x itself where beta x > 20",
      jax: "softplus",
      keras: "softplus",
      tfjs: "softplus",
      onnx: "Softplus",
      webnn: "softplus",
    },
    source:
      "Dugas, Bengio, Bélisle, Nadeau, Garcia 2000, Incorporating second-order functional knowledge for better " +
      "option pricing",
  },
});
/** dx = dy f'(x) of softplus, f' = sigmoid(beta x). */
export const softplusGrad = /* @__PURE__ */ gradient(softplus);
