import { nonzero } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { factorExp } from "../math/vanished.ts";

/**
 * Continuously differentiable exponential linear unit: x for x > 0, else alpha (e^(x / alpha) - 1).
 *
 * `alpha`: minus the limit at -Infinity, any finite number but 0, 1; a negative one bends down, to
 * -Infinity. f' is 1 at 0. Barron 2017.
 *
 * @example
 * celu(new Float32Array([-1, 0, 1]), { alpha: 2 }); // [-0.7869387, 0, 1]
 */
export const celu = /* @__PURE__ */ activation("celu", {
  params: { alpha: { default: 1, domain: nonzero } },
  value: (x, alpha) => (x > 0 ? x : alpha * Math.expm1(x / alpha)),
  derivative: (x, alpha) => (x > 0 ? 1 : factorExp(x / alpha)),
  about: ABOUT && {
    formula: "x > 0 ? x : alpha (e^(x / alpha) - 1)",
    exact: (x, { of }, alpha) => {
      if (x.gte(0)) return x;
      const t = x.div(alpha);
      return alpha.times((t.lt(-5000) ? of(0) : t.gt(5000) ? of(Infinity) : t.exp()).minus(1));
    },
    range: [-1, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    settings: [[0.3], [-1.5], [20]],
    names: { pytorch: "CELU(alpha=1)", jax: "celu(alpha=1)", keras: "celu(alpha=1)", onnx: "Celu(alpha=1)" },
    source: "Barron 2017, Continuously differentiable exponential linear units",
  },
});
/** dx = dy f'(x) of celu; 1 at 0. */
export const celuGrad = /* @__PURE__ */ gradient(celu);
