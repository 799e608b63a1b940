import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Squared ReLU: max(x, 0)^2.
 *
 * So, Mańke, Liu, Dai, Shazeer, Le 2021.
 *
 * @example
 * reluSquared(new Float32Array([-1, 0.5, 3])); // [0, 0.25, 9]
 */
export const reluSquared = /* @__PURE__ */ activation("reluSquared", {
  value: (x) => (x <= 0 ? 0 : x * x),
  derivative: (x) => (x <= 0 ? 0 : 2 * x),
  about: ABOUT && {
    formula: "max(x, 0)^2",
    exact: (x, { of }) => (x.gt(0) ? x.times(x) : of(0)),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: {},
    source: "So, Mańke, Liu, Dai, Shazeer, Le 2021, Primer: searching for efficient transformers for language modeling",
  },
});
/** dx = dy f'(x) of reluSquared. */
export const reluSquaredGrad = /* @__PURE__ */ gradient(reluSquared);
