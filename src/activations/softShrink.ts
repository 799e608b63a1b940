import { nonnegative } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Soft shrinkage: sign(x) max(|x| - lambda, 0).
 *
 * `lambda`: half-width of the dead zone, a finite number of at least 0, 0.5. f' is 0 at both ends
 * of it. Donoho 1995.
 *
 * @example
 * softShrink(new Float32Array([-2, 0.3, 1])); // [-1.5, 0, 0.5]
 */
export const softShrink = /* @__PURE__ */ activation("softShrink", {
  params: { lambda: { default: 0.5, domain: nonnegative } },
  value: (x, lambda) => (x > lambda ? x - lambda : x < -lambda ? x + lambda : 0 * x),
  derivative: (x, lambda) => (Math.abs(x) <= lambda ? 0 : x > lambda || x < -lambda ? 1 : x),
  about: ABOUT && {
    formula: "sign(x) max(|x| - lambda, 0)",
    exact: (x, { clip }, lambda) => (x.lte(0) && x.gte(0) ? x : x.minus(clip(x, lambda.neg(), lambda))),
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (lambda) => [
      { x: -lambda, derivative: 0 },
      { x: lambda, derivative: 0 },
    ],
    settings: [[0.1], [3], [0]],
    names: {
      pytorch: "Softshrink(lambd=0.5)",
      keras: "soft_shrink(threshold=0.5)",
      onnx: "Shrink(bias=0.5, lambd=0.5)",
    },
    source: "Donoho 1995, De-noising by soft-thresholding",
  },
});
/** dx = dy f'(x) of softShrink; 0 at -lambda and lambda. */
export const softShrinkGrad = /* @__PURE__ */ gradient(softShrink);
