import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { affine } from "../math/affine.ts";

/**
 * Linear: alpha x + beta.
 *
 * `alpha`: slope, any finite number, 1; `beta`: value at 0, any finite number, 0. Both are used in
 * float64, not rounded to float32, and the result is right where the sum cancels.
 *
 * @example
 * linear(new Float32Array([-1, 0, 1]), { alpha: 2, beta: 0.5 }); // [-1.5, 0.5, 2.5]
 */
export const linear = /* @__PURE__ */ activation("linear", {
  params: { alpha: { default: 1, domain: finite }, beta: { default: 0, domain: finite } },
  exactParams: true,
  value: (x, alpha, beta) => affine(alpha, x, beta),
  derivative: (x, alpha) => (Number.isNaN(x) ? x : alpha),
  about: ABOUT && {
    formula: "alpha x + beta",
    // A zero keeps its sign where beta is 0.
    exact: (x, _, alpha, beta) => (beta.abs().lte(0) ? alpha.times(x) : alpha.times(x).plus(beta)),
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    settings: [
      [0.1, -0.3],
      [-2.5, 1],
      [0, 0.7],
    ],
    names: {
      pytorch: "Identity for alpha 1, beta 0",
      jax: "identity for alpha 1, beta 0",
      keras: "linear for alpha 1, beta 0",
      tfjs: 'layers.activation({ activation: "linear" }) for alpha 1, beta 0',
      onnx: "Identity for alpha 1, beta 0",
      webnn: "linear(alpha = 1, beta = 0)",
    },
    source: "a degree 1 polynomial",
  },
});
/** dx = dy alpha, the gradient of linear. */
export const linearGrad = /* @__PURE__ */ gradient(linear);
