import { number } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Hard tanh: x clipped to min and max.
 *
 * `min`: lower bound, -1; `max`: upper bound, 1; infinities allowed, min > max is a RangeError. f'
 * is 0 at both bounds (that of `clamp` is 1). Collobert 2004.
 *
 * @example
 * hardTanh(new Float32Array([-2, 0.5, 3])); // [-1, 0.5, 1]
 */
export const hardTanh = /* @__PURE__ */ activation("hardTanh", {
  params: { min: { default: -1, domain: number }, max: { default: 1, domain: number } },
  check: (min, max) => (min > max ? [`min is ${min}`, `at most max, ${max}`] : undefined),
  value: (x, min, max) => (x < min ? min : x > max ? max : x),
  derivative: (x, min, max) => {
    // A bound of ±Infinity bounds nothing, and f' is the limit there.
    const left = min > -Infinity && x <= min;
    const right = max < Infinity && x >= max;
    return left || right ? 0 : Number.isNaN(x) ? x : 1;
  },
  about: ABOUT && {
    formula: "min(max(x, min), max)",
    exact: (x, { clip }, min, max) => clip(x, min, max),
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (min, max) => [min, max].filter(Number.isFinite).map((x) => ({ x, derivative: 0 })),
    settings: [
      [-2, 0.5],
      [0, 3],
      [1.5, 1.5],
    ],
    names: {
      pytorch: "Hardtanh(min_val=-1, max_val=1)",
      jax: "hard_tanh",
      keras: "hard_tanh",
      tfjs: "clipByValue(x, -1, 1)",
      onnx: "Clip(min=-1, max=1)",
      webnn: "clamp(minValue = -1, maxValue = 1)",
    },
    source: "Collobert 2004, Large scale machine learning (thesis, Paris VI)",
  },
});
/** dx = dy f'(x) of hardTanh; 0 at both bounds. */
export const hardTanhGrad = /* @__PURE__ */ gradient(hardTanh);
