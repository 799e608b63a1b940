import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Step: 1 for x > theta, else 0.
 *
 * `theta`: where it jumps, any finite number, 0. f' is 0 everywhere. McCulloch, Pitts 1943.
 *
 * @example
 * step(new Float32Array([-1, 0, 2])); // [0, 0, 1]
 */
export const step = /* @__PURE__ */ activation("step", {
  params: { theta: { default: 0, domain: finite } },
  value: (x, theta) => (x > theta ? 1 : Number.isNaN(x) ? x : 0),
  derivative: (x) => (Number.isNaN(x) ? x : 0),
  about: ABOUT && {
    formula: "x > theta ? 1 : 0",
    exact: (x, { of }, theta) => of(x.gt(theta) ? 1 : 0),
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: (theta) => [{ x: theta, derivative: 0 }],
    settings: [[1.5], [-0.75], [1e-40]],
    names: { tfjs: "step" },
    source: "McCulloch, Pitts 1943, A logical calculus of the ideas immanent in nervous activity",
  },
});
/** dx = dy f'(x) of step; 0 everywhere. */
export const stepGrad = /* @__PURE__ */ gradient(step);
