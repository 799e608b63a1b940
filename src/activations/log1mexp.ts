import { activation, gradient } from "../calls/elementwise.ts";

/**
 * ln(1 - e^x) for x <= 0, NaN above: the logarithm of 1 - p from that of p.
 *
 * f' is -Infinity at 0, the limit. Mächler 2012.
 *
 * @example
 * log1mexp(new Float32Array([-2, -0.5, 0])); // [-0.14541346, -0.9327521, -Infinity]
 */
export const log1mexp = /* @__PURE__ */ activation("log1mexp", {
  value: (x) => {
    if (x > 0) return Number.NaN;
    return x > -Math.LN2 ? Math.log(-Math.expm1(x)) : Math.log1p(-Math.exp(x));
  },
  derivative: (x) => (x > 0 ? Number.NaN : -1 / Math.expm1(Math.abs(x))),
  about: ABOUT && {
    formula: "ln(1 - e^x), x <= 0",
    exact: (x, { of }) =>
      x.gt(0)
        ? of(Number.NaN)
        : of(1)
            .minus(x.lt(-5000) ? of(0) : x.exp())
            .ln(),
    range: [-Infinity, 0],
    monotone: false,
    zeroCentred: false,
    smooth: false,
    kinks: () => [{ x: 0, derivative: -Infinity }],
    names: { jax: "log1mexp(-x)" },
    source: "Mächler 2012, Accurately computing log(1 - exp(-|a|))",
  },
});
/** dx = dy f'(x) of log1mexp; -Infinity at 0. */
export const log1mexpGrad = /* @__PURE__ */ gradient(log1mexp);
