import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Step: 1 for x > theta, else alpha.
 *
 * `theta`: where it jumps, any finite number, 0; `alpha`: the value up to there, any finite number,
 * 0. f' is 0 everywhere. McCulloch, Pitts 1943.
 *
 * @example
 * step(new Float32Array([-1, 0, 2])); // [0, 0, 1]
 */
export const step = /* @__PURE__ */ activation("step", {
  params: { theta: { default: 0, domain: finite }, alpha: { default: 0, domain: finite } },
  value: (x, theta, alpha) => (x > theta ? 1 : Number.isNaN(x) ? x : alpha),
  derivative: (x) => (Number.isNaN(x) ? x : 0),
  about: ABOUT && {
    formula: "x > theta ? 1 : alpha",
    exact: (x, { of }, theta, alpha) => (x.gt(theta) ? of(1) : alpha),
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: (theta) => [{ x: theta, derivative: 0 }],
    settings: [
      [1.5, 0],
      [-0.75, 0.1],
      [1e-40, -2],
    ],
    names: { tfjs: "step(alpha=0)" },
    source: "McCulloch, Pitts 1943, A logical calculus of the ideas immanent in nervous activity",
  },
});
/** dx = dy f'(x) of step; 0 everywhere. */
export const stepGrad = /* @__PURE__ */ gradient(step);
