import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Thresholded ReLU: x for x > theta, else 0.
 *
 * `theta`: the threshold, any finite number, 1. f' is 0 at theta. Konda, Memisevic, Krueger 2014.
 *
 * @example
 * thresholdedRelu(new Float32Array([0.5, 1, 2])); // [0, 0, 2]
 */
export const thresholdedRelu = /* @__PURE__ */ activation("thresholdedRelu", {
  params: { theta: { default: 1, domain: finite } },
  value: (x, theta) => (x <= theta ? 0 : x),
  derivative: (x, theta) => (x <= theta ? 0 : x > theta ? 1 : x),
  about: ABOUT && {
    formula: "x > theta ? x : 0",
    exact: (x, { of }, theta) => (x.gt(theta) ? x : of(0)),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: (theta) => [{ x: theta, derivative: 0 }],
    settings: [[0.3], [0], [-2]],
    names: {
      pytorch: "Threshold(1, 0)",
      keras: "ThresholdedReLU(theta=1), Keras 2",
      tfjs: "layers.thresholdedReLU({ theta: 1 })",
      onnx: "ThresholdedRelu(alpha=1)",
    },
    source: "Konda, Memisevic, Krueger 2014, Zero-bias autoencoders and the benefits of co-adapting features",
  },
});
/** dx = dy f'(x) of thresholdedRelu; 0 at theta. */
export const thresholdedReluGrad = /* @__PURE__ */ gradient(thresholdedRelu);
