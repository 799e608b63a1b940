import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { product } from "../math/gates.ts";

/**
 * Leaky ReLU capped at 6: min(x > 0 ? x : alpha x, 6).
 *
 * `alpha`: slope to the left, any finite number, 0.01. f' is alpha at 0, and 0 where 6 is reached.
 * Krizhevsky 2010 with the slope of Maas, Hannun, Ng 2013.
 *
 * @example
 * leakyRelu6(new Float32Array([-2, 3, 8])); // [-0.02, 3, 6]
 */
export const leakyRelu6 = /* @__PURE__ */ activation("leakyRelu6", {
  params: { alpha: { default: 0.01, domain: finite } },
  value: (x, alpha) => {
    const y = x > 0 ? x : product(alpha, x);
    return y > 6 ? 6 : y;
  },
  derivative: (x, alpha) => (x > 0 ? (x < 6 ? 1 : 0) : x <= 0 ? (alpha * x >= 6 ? 0 : alpha) : x),
  about: ABOUT && {
    formula: "min(x > 0 ? x : alpha x, 6)",
    exact: (x, { of }, a) => {
      const y = x.gt(0) ? x : a.times(x);
      return y.gt(6) ? of(6) : y;
    },
    range: [-Infinity, 6],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (alpha) => [
      ...(alpha < 0 ? [{ x: 6 / alpha, derivative: 0 }] : []),
      { x: 0, derivative: alpha },
      { x: 6, derivative: 0 },
    ],
    settings: [[0.2], [-0.5], [0]],
    names: {},
    source: "Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10, with the slope of Maas, Hannun, Ng 2013",
  },
});
/** dx = dy f'(x) of leakyRelu6; alpha at 0, 0 at 6. */
export const leakyRelu6Grad = /* @__PURE__ */ gradient(leakyRelu6);
