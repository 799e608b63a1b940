import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Shrink: x + bias for x < -lambda, x - bias for x > lambda, else 0.
 *
 * `lambda`: half the width of what becomes 0, any finite number, 0.5; `bias`: how far the rest
 * moves towards 0, any finite number, 0. `hardShrink` is bias 0, `softShrink` bias lambda. f' is 0
 * at -lambda and lambda, where lambda is not negative.
 *
 * @example
 * shrink(new Float32Array([-2, 0.25, 3]), { bias: 0.5 }); // [-1.5, 0, 2.5]
 */
export const shrink = /* @__PURE__ */ activation("shrink", {
  params: { lambda: { default: 0.5, domain: finite }, bias: { default: 0, domain: finite } },
  value: (x, lambda, bias) => (x < -lambda ? x + bias : x > lambda ? x - bias : Number.isNaN(x) ? x : 0),
  derivative: (x, lambda) => (x < -lambda || x > lambda ? 1 : Number.isNaN(x) ? x : 0),
  about: ABOUT && {
    formula: "x < -lambda ? x + bias : x > lambda ? x - bias : 0",
    exact: (x, { of }, lambda, bias) => (x.lt(lambda.neg()) ? x.plus(bias) : x.gt(lambda) ? x.minus(bias) : of(0)),
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (lambda) =>
      lambda < 0 ? [{ x: -lambda, derivative: 1 }] : [-lambda, lambda].map((x) => ({ x, derivative: 0 })),
    settings: [
      [0.5, 0.5],
      [1.5, -0.25],
      [-1, 2],
    ],
    names: { onnx: "Shrink(lambd=0.5, bias=0)" },
    source: "Donoho 1995, De-noising by soft-thresholding",
  },
});
/** dx = dy f'(x) of shrink; 0 at -lambda and lambda. */
export const shrinkGrad = /* @__PURE__ */ gradient(shrink);
