import { activation, gradient } from "../calls/elementwise.ts";
import { vanished } from "../math/vanished.ts";

/**
 * Gaussian: e^(-x^2).
 *
 * @example
 * gaussian(new Float32Array([-1, 0, 1])); // [0.36787945, 1, 0.36787945]
 */
export const gaussian = /* @__PURE__ */ activation("gaussian", {
  value: (x) => Math.exp(-x * x),
  derivative: (x) => {
    const e = Math.exp(-x * x);
    return e === 0 ? vanished(x, -x) : -2 * x * e;
  },
  about: ABOUT && {
    formula: "e^(-x^2)",
    exact: (x, { of }) => (x.abs().gt(100) ? of(0) : x.times(x).neg().exp()),
    range: [0, 1],
    monotone: false,
    zeroCentred: false,
    smooth: true,
    names: {},
    source: "Broomhead, Lowe 1988, Multivariable functional interpolation and adaptive networks",
  },
});
/** dx = dy f'(x) of gaussian. */
export const gaussianGrad = /* @__PURE__ */ gradient(gaussian);
