import { activation, gradient } from "../calls/elementwise.ts";
import { factorExp } from "../math/vanished.ts";

/**
 * Exponential: e^x.
 *
 * @example
 * exponential(new Float32Array([-1, 0, 1])); // [0.36787945, 1, 2.7182817]
 */
export const exponential = /* @__PURE__ */ activation("exponential", {
  value: Math.exp,
  derivative: factorExp,
  about: ABOUT && {
    formula: "e^x",
    exact: (x, { of }) => (x.gt(5000) ? of(Infinity) : x.lt(-5000) ? of(0) : x.exp()),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: { pytorch: "exp", jax: "numpy.exp", keras: "exponential", tfjs: "exp", onnx: "Exp", webnn: "exp" },
    source: "Euler 1748, Introductio in analysin infinitorum",
  },
});
/** dx = dy e^x, the gradient of exponential. */
export const exponentialGrad = /* @__PURE__ */ gradient(exponential);
