import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { gated, product, siluDerivative } from "../math/gates.ts";

/**
 * SiLU, also called swish: x / (1 + e^(-beta x)).
 *
 * `beta`: steepness of the gate, any finite number, 1; 0 gives x / 2, a negative one the mirror
 * image -silu(-x). Elfwing, Uchibe, Doya 2017; beta: Ramachandran, Zoph, Le 2017.
 *
 * @example
 * silu(new Float32Array([-1, 0, 1])); // [-0.26894143, 0, 0.7310586]
 */
export const silu = /* @__PURE__ */ activation("silu", {
  params: { beta: { default: 1, domain: finite } },
  value: (x, beta) => gated(x, product(beta, x)),
  derivative: (x, beta) => siluDerivative(product(beta, x)),
  about: ABOUT && {
    formula: "x / (1 + e^(-beta x))",
    exact: (x, { logistic }, beta) => x.times(logistic(beta.times(x))),
    range: [-0.2784645427610738, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    settings: [[2.5], [-1], [0]],
    names: {
      pytorch: "SiLU",
      jax: "silu, swish",
      keras: "silu, swish",
      tfjs: 'layers.activation({ activation: "swish" })',
      onnx: "Swish(alpha=1)",
    },
    source:
      "Elfwing, Uchibe, Doya 2017, Sigmoid-weighted linear units for neural network function approximation in " +
      "reinforcement learning; beta: Ramachandran, Zoph, Le 2017, Searching for activation functions",
  },
});
/** dx = dy f'(x) of silu. */
export const siluGrad = /* @__PURE__ */ gradient(silu);
/** Another name of silu. */
export const swish = silu;
/** Another name of siluGrad. */
export const swishGrad = siluGrad;
