import { finite, nonzero } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { erfc } from "../math/erf.ts";
import { vanished } from "../math/vanished.ts";

/** 1 / sqrt(2 pi). */
const FRAC_1_SQRT_2PI = 0.3989422804014327;

/**
 * Laplace: (1 + erf((x - mu) / (sigma sqrt 2))) / 2, the cumulative distribution of N(mu, sigma^2).
 *
 * `mu`: where it is 1/2, any finite number, 0.707107; `sigma`: width, any finite number but 0,
 * 0.282095: with these it is near reluSquared. Ma, Zhou, Kong, He, Gui, Neubig, May, Zettlemoyer
 * 2022.
 *
 * @example
 * laplace(new Float32Array([0, 0.707107, 1])); // [0.0060945, 0.5, 0.8504]
 */
export const laplace = /* @__PURE__ */ activation("laplace", {
  // biome-ignore lint/suspicious/noApproximativeNumericConstant: the default has these six digits.
  params: { mu: { default: 0.707107, domain: finite }, sigma: { default: 0.282095, domain: nonzero } },
  value: (x, mu, sigma) => 0.5 * erfc((mu - x) / (sigma * Math.SQRT2)),
  derivative: (x, mu, sigma) => {
    const v = (x - mu) / (sigma * Math.SQRT2);
    const e = Math.exp(-v * v);
    return e === 0 ? vanished(x, sigma) : (e * FRAC_1_SQRT_2PI) / sigma;
  },
  about: ABOUT && {
    formula: "(1 + erf((x - mu) / (sigma sqrt 2))) / 2",
    exact: (x, { of, erfc }, mu, sigma) => erfc(mu.minus(x).div(sigma.times(of(2).sqrt()))).div(2),
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    settings: [
      [0, 1],
      [-2, 5],
      [0.5, -0.1],
    ],
    names: {},
    source: "Ma, Zhou, Kong, He, Gui, Neubig, May, Zettlemoyer 2022, Mega: moving average equipped gated attention",
  },
});
/** dx = dy f'(x) of laplace. */
export const laplaceGrad = /* @__PURE__ */ gradient(laplace);
