import { number } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Clamp: x clipped to min and max.
 *
 * `min`: lower bound, -Infinity; `max`: upper bound, Infinity; where min > max the result is max
 * everywhere. f' is 1 at both bounds (that of `hardTanh` is 0).
 *
 * @example
 * clamp(new Float32Array([-2, 0.5, 3]), { min: 0 }); // [0, 0.5, 3]
 */
export const clamp = /* @__PURE__ */ activation("clamp", {
  params: { min: { default: -Infinity, domain: number }, max: { default: Infinity, domain: number } },
  value: (x, min, max) => {
    const above = x < min ? min : x;
    return above > max ? max : above;
  },
  derivative: (x, min, max) => (x < min || x > max ? 0 : x >= min ? 1 : x),
  about: ABOUT && {
    formula: "min(max(x, min), max)",
    exact: (x, { clip }, min, max) => clip(x, min, max),
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    kinks: (min, max) => [min, max].filter(Number.isFinite).map((x) => ({ x, derivative: 1 })),
    settings: [
      [-2, 0.5],
      [0, Infinity],
      [-Infinity, 3],
    ],
    names: {
      pytorch: "clamp(min, max)",
      jax: "numpy.clip(min, max)",
      keras: "ops.clip(x_min, x_max)",
      tfjs: "clipByValue(clipValueMin, clipValueMax)",
      onnx: "Clip(min, max)",
      webnn: "clamp(minValue, maxValue)",
    },
    source: "numpy.clip",
  },
});
/** dx = dy f'(x) of clamp; 1 at both bounds. */
export const clampGrad = /* @__PURE__ */ gradient(clamp);
