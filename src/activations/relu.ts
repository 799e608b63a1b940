import { activation, gradient } from "../calls/elementwise.ts";

/**
 * ReLU: max(x, 0).
 *
 * f' is 0 at 0. Nair, Hinton 2010.
 *
 * @example
 * relu(new Float32Array([-2, 0, 3])); // [0, 0, 3]
 */
export const relu = /* @__PURE__ */ activation("relu", {
  value: (x) => (x <= 0 ? 0 : x),
  derivative: (x) => (x > 0 ? 1 : x <= 0 ? 0 : x),
  about: ABOUT && {
    formula: "max(x, 0)",
    exact: (x, { of }) => (x.gt(0) ? x : of(0)),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: () => [{ x: 0, derivative: 0 }],
    names: { pytorch: "ReLU", jax: "relu", keras: "relu", tfjs: "relu", onnx: "Relu", webnn: "relu" },
    source: "Nair, Hinton 2010, Rectified linear units improve restricted Boltzmann machines",
  },
});
/** dx = dy f'(x) of relu; 0 at 0. */
export const reluGrad = /* @__PURE__ */ gradient(relu);
