import { activation, gradient } from "../calls/elementwise.ts";
import { tanhDerivative } from "../math/tanh.ts";

/**
 * LiSHT: x tanh x.
 *
 * Roy, Manna, Dubey, Chaudhuri 2019.
 *
 * @example
 * lisht(new Float32Array([-1, 0, 1])); // [0.7615942, 0, 0.7615942]
 */
export const lisht = /* @__PURE__ */ activation("lisht", {
  value: (x) => x * Math.tanh(x),
  derivative: (x) => {
    const slope = tanhDerivative(x);
    return Math.tanh(x) + (slope === 0 ? 0 : x * slope);
  },
  about: ABOUT && {
    formula: "x tanh x",
    exact: (x, { tanh }) => x.times(tanh(x)),
    range: [0, Infinity],
    monotone: false,
    zeroCentred: false,
    smooth: true,
    names: {},
    source: "Roy, Manna, Dubey, Chaudhuri 2019, LiSHT: non-parametric linearly scaled hyperbolic tangent",
  },
});
/** dx = dy f'(x) of lisht. */
export const lishtGrad = /* @__PURE__ */ gradient(lisht);
