import { activation, gradient } from "../calls/elementwise.ts";
import { sigmoid as sigmoidOf } from "../math/gates.ts";
import { vanished } from "../math/vanished.ts";

/**
 * Logistic sigmoid: 1 / (1 + e^-x), between 0 and 1.
 *
 * Verhulst 1838; in networks Rumelhart, Hinton, Williams 1986.
 *
 * @example
 * sigmoid(new Float32Array([-1, 0, 1])); // [0.26894143, 0.5, 0.7310586]
 */
export const sigmoid = /* @__PURE__ */ activation("sigmoid", {
  value: sigmoidOf,
  derivative: (x) => {
    const e = Math.exp(-Math.abs(x));
    return e === 0 ? vanished(x, 1) : e / ((1 + e) * (1 + e));
  },
  about: ABOUT && {
    formula: "1 / (1 + e^-x)",
    exact: (x, { logistic }) => logistic(x),
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: {
      pytorch: "Sigmoid",
      jax: "sigmoid",
      keras: "sigmoid",
      tfjs: "sigmoid",
      onnx: "Sigmoid",
      webnn: "sigmoid",
    },
    source: "Rumelhart, Hinton, Williams 1986, Learning representations by back-propagating errors",
  },
});
/** dx = dy f'(x) of sigmoid, f' = f (1 - f). */
export const sigmoidGrad = /* @__PURE__ */ gradient(sigmoid);
