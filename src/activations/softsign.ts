import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Softsign: x / (1 + |x|), between -1 and 1.
 *
 * f' is 1 at 0. Turian, Bergstra, Bengio 2009.
 *
 * @example
 * softsign(new Float32Array([-1, 0, 3])); // [-0.5, 0, 0.75]
 */
export const softsign = /* @__PURE__ */ activation("softsign", {
  value: (x) => (Math.abs(x) === Infinity ? Math.sign(x) : x / (1 + Math.abs(x))),
  derivative: (x) => {
    const d = 1 + Math.abs(x);
    return 1 / (d * d);
  },
  about: ABOUT && {
    formula: "x / (1 + |x|)",
    exact: (x) => x.div(x.abs().plus(1)),
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    names: {
      pytorch: "Softsign",
      jax: "soft_sign",
      keras: "softsign",
      tfjs: 'layers.activation({ activation: "softsign" })',
      onnx: "Softsign",
      webnn: "softsign",
    },
    source: "Turian, Bergstra, Bengio 2009, Quadratic features and deep architectures for chunking",
  },
});
/** dx = dy f'(x) of softsign, f' = 1 / (1 + |x|)^2. */
export const softsignGrad = /* @__PURE__ */ gradient(softsign);
