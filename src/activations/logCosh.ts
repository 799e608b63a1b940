import { activation, gradient } from "../calls/elementwise.ts";

/**
 * ln cosh x: near x^2 / 2 about 0, |x| - ln 2 far from it.
 *
 * @example
 * logCosh(new Float32Array([-1, 0, 3])); // [0.4337808, 0, 2.3093286]
 */
export const logCosh = /* @__PURE__ */ activation("logCosh", {
  value: (x) => {
    const size = Math.abs(x);
    if (size > 1) return size - Math.LN2 + Math.log1p(Math.exp(-2 * size));
    // cosh x - 1 = 2 sinh^2(x / 2)
    const s = Math.sinh(x / 2);
    return Math.log1p(2 * s * s);
  },
  derivative: Math.tanh,
  about: ABOUT && {
    formula: "ln cosh x",
    exact: (x, { softplus, of }) => {
      const size = x.abs();
      return size.plus(softplus(size.times(-2))).minus(of(2).ln());
    },
    range: [0, Infinity],
    monotone: false,
    zeroCentred: false,
    smooth: true,
    names: {},
    source: "as in NNlib.jl, logcosh",
  },
});
/** dx = dy f'(x) of logCosh. */
export const logCoshGrad = /* @__PURE__ */ gradient(logCosh);
