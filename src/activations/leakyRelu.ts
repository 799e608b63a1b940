import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { product } from "../math/gates.ts";

/**
 * Leaky ReLU: x for x > 0, else alpha x.
 *
 * `alpha`: slope to the left, any finite number, 0.01. f' is alpha at 0. Maas, Hannun, Ng 2013.
 *
 * @example
 * leakyRelu(new Float32Array([-2, 0, 3])); // [-0.02, 0, 3]
 * leakyRelu(new Float32Array([-2, 0, 3]), { alpha: 0.5 }); // [-1, 0, 3]
 */
export const leakyRelu = /* @__PURE__ */ activation("leakyRelu", {
  params: { alpha: { default: 0.01, domain: finite } },
  value: (x, alpha) => (x > 0 ? x : product(alpha, x)),
  derivative: (x, alpha) => (x > 0 ? 1 : x <= 0 ? alpha : x),
  about: ABOUT && {
    formula: "x > 0 ? x : alpha x",
    exact: (x, _, a) => (x.gt(0) ? x : a.times(x)),
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (alpha) => [{ x: 0, derivative: alpha }],
    settings: [[0.2], [-0.5], [0]],
    names: {
      pytorch: "LeakyReLU(negative_slope=0.01)",
      jax: "leaky_relu(negative_slope=0.01)",
      keras: "leaky_relu(negative_slope=0.2), LeakyReLU(negative_slope=0.3)",
      tfjs: "leakyRelu(alpha = 0.2)",
      onnx: "LeakyRelu(alpha=0.01)",
      webnn: "leakyRelu(alpha = 0.01)",
    },
    source: "Maas, Hannun, Ng 2013, Rectifier nonlinearities improve neural network acoustic models",
  },
});
/** dx = dy f'(x) of leakyRelu; alpha at 0. */
export const leakyReluGrad = /* @__PURE__ */ gradient(leakyRelu);
