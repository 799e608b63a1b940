import { activation, gradient } from "../calls/elementwise.ts";

/**
 * ReLU capped at 6: min(max(x, 0), 6).
 *
 * f' is 0 at 0 and at 6. Krizhevsky 2010.
 *
 * @example
 * relu6(new Float32Array([-2, 3, 8])); // [0, 3, 6]
 */
export const relu6 = /* @__PURE__ */ activation("relu6", {
  value: (x) => (x <= 0 ? 0 : x > 6 ? 6 : x),
  derivative: (x) => (x <= 0 || x >= 6 ? 0 : x > 0 ? 1 : x),
  about: ABOUT && {
    formula: "min(max(x, 0), 6)",
    exact: (x, { of, clip }) => (x.gt(0) ? clip(x, 0, 6) : of(0)),
    range: [0, 6],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: () => [
      { x: 0, derivative: 0 },
      { x: 6, derivative: 0 },
    ],
    names: {
      pytorch: "ReLU6",
      jax: "relu6",
      keras: "relu6",
      tfjs: "relu6",
      onnx: "Clip(min=0, max=6)",
      webnn: "clamp(minValue = 0, maxValue = 6)",
    },
    source: "Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10",
  },
});
/** dx = dy f'(x) of relu6; 0 at 0 and at 6. */
export const relu6Grad = /* @__PURE__ */ gradient(relu6);
