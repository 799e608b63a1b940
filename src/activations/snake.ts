import { nonzero } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Snake: x + sin^2(alpha x) / alpha, for any finite x.
 *
 * `alpha`: frequency, any finite number but 0, 1. f' is NaN at ±Infinity. Ziyin, Hartwig, Ueda
 * 2020.
 *
 * @example
 * snake(new Float32Array([-1, 0, 1])); // [-0.29192659, 0, 1.7080734]
 */
export const snake = /* @__PURE__ */ activation("snake", {
  params: { alpha: { default: 1, domain: nonzero } },
  value: (x, alpha) => {
    const s = Math.sin(alpha * x);
    return Math.abs(x) === Infinity ? x : x + (s * s) / alpha;
  },
  derivative: (x, alpha) => {
    const s = Math.sin(2 * alpha * x);
    const c = Math.cos(2 * alpha * x);
    // 1 + s, where that does not cancel.
    return s < -0.5 ? (c * c) / (1 - s) : 1 + s;
  },
  about: ABOUT && {
    formula: "x + sin^2(alpha x) / alpha",
    exact: (x, { sin }, alpha) => {
      const s = sin(alpha.times(x));
      return x.plus(s.times(s).div(alpha));
    },
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    settings: [[5], [-0.3], [100]],
    names: {},
    source: "Ziyin, Hartwig, Ueda 2020, Neural networks fail to learn periodic functions and how to fix it",
  },
});
/** dx = dy f'(x) of snake. */
export const snakeGrad = /* @__PURE__ */ gradient(snake);
