import { nonnegative } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Hard shrinkage: x for |x| > lambda, else 0.
 *
 * `lambda`: half-width of the dead zone, a finite number of at least 0, 0.5. f' is 0 at both ends
 * of it. Donoho, Johnstone 1994.
 *
 * @example
 * hardShrink(new Float32Array([-2, 0.3, 1])); // [-2, 0, 1]
 */
export const hardShrink = /* @__PURE__ */ activation("hardShrink", {
  params: { lambda: { default: 0.5, domain: nonnegative } },
  value: (x, lambda) => (Math.abs(x) <= lambda ? 0 : x),
  derivative: (x, lambda) => (Math.abs(x) <= lambda ? 0 : x > lambda || x < -lambda ? 1 : x),
  about: ABOUT && {
    formula: "|x| > lambda ? x : 0",
    exact: (x, { of }, lambda) => (x.abs().gt(lambda) ? x : of(0)),
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
      pytorch: "Hardshrink(lambd=0.5)",
      keras: "hard_shrink(threshold=0.5)",
      onnx: "Shrink(bias=0, lambd=0.5)",
    },
    source: "Donoho, Johnstone 1994, Ideal spatial adaptation by wavelet shrinkage",
  },
});
/** dx = dy f'(x) of hardShrink; 0 at -lambda and lambda. */
export const hardShrinkGrad = /* @__PURE__ */ gradient(hardShrink);
