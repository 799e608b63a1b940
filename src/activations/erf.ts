import { activation, gradient } from "../calls/elementwise.ts";
import { erfDerivative, erf as erfOf } from "../math/erf.ts";

/**
 * Error function: 2 / sqrt(pi) times the integral of e^(-t^2) from 0 to x; between -1 and 1.
 *
 * Glaisher 1871.
 *
 * @example
 * erf(new Float32Array([-1, 0, 1])); // [-0.8427008, 0, 0.8427008]
 */
export const erf = /* @__PURE__ */ activation("erf", {
  value: erfOf,
  derivative: erfDerivative,
  about: ABOUT && {
    formula: "erf x",
    exact: (x, { erf }) => erf(x),
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    names: { pytorch: "erf", jax: "scipy.special.erf", keras: "ops.erf", tfjs: "erf", onnx: "Erf", webnn: "erf" },
    source: "Glaisher 1871, On a class of definite integrals",
  },
});
/** dx = dy f'(x) of erf, f' = 2 / sqrt(pi) e^(-x^2). */
export const erfGrad = /* @__PURE__ */ gradient(erf);
