import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { product } from "../math/gates.ts";
import { tanhDerivative } from "../math/tanh.ts";

/**
 * Scaled tanh: alpha tanh(beta x).
 *
 * `alpha`: the limit, any finite number, 1; `beta`: steepness, any finite number, 1, that of
 * dynamic tanh. LeCun, Bottou, Orr, Müller 1998 (alpha 1.7159, beta 2 / 3); Zhu, Chen, He, LeCun,
 * Liu 2025.
 *
 * @example
 * scaledTanh(new Float32Array([-1, 0, 1]), { alpha: 1.7159, beta: 2 / 3 });
 * // [-0.99999726, 0, 0.99999726]
 */
export const scaledTanh = /* @__PURE__ */ activation("scaledTanh", {
  params: { alpha: { default: 1, domain: finite }, beta: { default: 1, domain: finite } },
  value: (x, alpha, beta) => alpha * Math.tanh(product(beta, x)),
  derivative: (x, alpha, beta) => alpha * beta * tanhDerivative(product(beta, x)),
  about: ABOUT && {
    formula: "alpha tanh(beta x)",
    exact: (x, { tanh }, alpha, beta) => alpha.times(tanh(beta.times(x))),
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    settings: [
      [1.7159, 0.6666667],
      [-2, 0.1],
      [30, 1e-5],
    ],
    names: {},
    source:
      "LeCun, Bottou, Orr, Müller 1998, Efficient backprop; beta alone: Zhu, Chen, He, LeCun, Liu 2025, Transformers " +
      "without normalization",
  },
});
/** dx = dy f'(x) of scaledTanh. */
export const scaledTanhGrad = /* @__PURE__ */ gradient(scaledTanh);
