import { activation, gradient } from "../calls/elementwise.ts";
import { tanhDerivative } from "../math/tanh.ts";

/**
 * Hyperbolic tangent, between -1 and 1.
 *
 * LeCun, Bottou, Orr, Müller 1998.
 *
 * @example
 * tanh(new Float32Array([-1, 0, 1])); // [-0.7615942, 0, 0.7615942]
 */
export const tanh = /* @__PURE__ */ activation("tanh", {
  value: Math.tanh,
  derivative: tanhDerivative,
  about: ABOUT && {
    formula: "tanh x",
    exact: (x, { tanh }) => tanh(x),
    range: [-1, 1],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    names: { pytorch: "Tanh", jax: "tanh", keras: "tanh", tfjs: "tanh", onnx: "Tanh", webnn: "tanh" },
    source: "LeCun, Bottou, Orr, Müller 1998, Efficient backprop",
  },
});
/** dx = dy f'(x) of tanh, f' = 1 - f^2. */
export const tanhGrad = /* @__PURE__ */ gradient(tanh);
