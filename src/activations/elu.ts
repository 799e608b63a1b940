import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Exponential linear unit: x for x > 0, else alpha (e^x - 1).
 *
 * `alpha`: minus the limit at -Infinity, any finite number, 1. f' is alpha at 0. Clevert,
 * Unterthiner, Hochreiter 2015.
 *
 * @example
 * elu(new Float32Array([-1, 0, 1])); // [-0.63212055, 0, 1]
 */
export const elu = /* @__PURE__ */ activation("elu", {
  params: { alpha: { default: 1, domain: finite } },
  value: (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x)),
  derivative: (x, alpha) => (x > 0 ? 1 : alpha * Math.exp(x)),
  about: ABOUT && {
    formula: "x > 0 ? x : alpha (e^x - 1)",
    exact: (x, { of }, alpha) =>
      x.gt(0) ? x : x.lte(0) && x.gte(0) ? alpha.times(x) : alpha.times((x.lt(-5000) ? of(0) : x.exp()).minus(1)),
    range: [-1, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    kinks: (alpha) => (alpha === 1 ? [] : [{ x: 0, derivative: alpha }]),
    settings: [[0.3], [-1.5], [0]],
    names: {
      pytorch: "ELU(alpha=1)",
      jax: "elu(alpha=1)",
      keras: "elu(alpha=1)",
      tfjs: "elu, alpha 1 only",
      onnx: "Elu(alpha=1)",
      webnn: "elu(alpha = 1)",
    },
    source:
      "Clevert, Unterthiner, Hochreiter 2015, Fast and accurate deep network learning by exponential linear units",
  },
});
/** dx = dy f'(x) of elu; alpha at 0. */
export const eluGrad = /* @__PURE__ */ gradient(elu);
