import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Threshold: x for x > theta, else value.
 *
 * `theta`: the threshold, any finite number, 0; `value`: what stands for x at and below it, any
 * finite number, 0. f' is 0 at theta. Collobert, Kavukcuoglu, Farabet 2011.
 *
 * @example
 * threshold(new Float32Array([0.5, 1, 2]), { theta: 1, value: -7 }); // [-7, -7, 2]
 */
export const threshold = /* @__PURE__ */ activation("threshold", {
  params: { theta: { default: 0, domain: finite }, value: { default: 0, domain: finite } },
  value: (x, theta, value) => (x <= theta ? value : x),
  derivative: (x, theta) => (x <= theta ? 0 : x > theta ? 1 : x),
  about: ABOUT && {
    formula: "x > theta ? x : value",
    exact: (x, _, theta, value) => (x.gt(theta) ? x : value),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: (theta) => [{ x: theta, derivative: 0 }],
    settings: [
      [1, -7],
      [-0.5, 20],
      [0.1, 0.3],
    ],
    names: { pytorch: "Threshold(threshold, value)", keras: "threshold(threshold, default_value)" },
    source: "Collobert, Kavukcuoglu, Farabet 2011, Torch7: a Matlab-like environment for machine learning",
  },
});
/** dx = dy f'(x) of threshold; 0 at theta. */
export const thresholdGrad = /* @__PURE__ */ gradient(threshold);
