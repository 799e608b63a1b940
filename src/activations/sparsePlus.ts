import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Sparse plus: 0 for x <= -1, x for x >= 1, (x + 1)^2 / 4 between.
 *
 * Its derivative is `sparseSigmoid`. Blondel, Martins, Niculae 2020.
 *
 * @example
 * sparsePlus(new Float32Array([-2, 0, 3])); // [0, 0.25, 3]
 */
export const sparsePlus = /* @__PURE__ */ activation("sparsePlus", {
  value: (x) => (x <= -1 ? 0 : x >= 1 ? x : 0.25 * (x + 1) * (x + 1)),
  derivative: (x) => (x <= -1 ? 0 : x >= 1 ? 1 : 0.5 * (x + 1)),
  about: ABOUT && {
    formula: "x <= -1 ? 0 : x >= 1 ? x : (x + 1)^2 / 4",
    exact: (x, { of }) => (x.lte(-1) ? of(0) : x.gte(1) ? x : x.plus(1).times(x.plus(1)).div(4)),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    names: { jax: "sparse_plus", keras: "sparse_plus" },
    source: "Blondel, Martins, Niculae 2020, Learning with Fenchel-Young losses",
  },
});
/** dx = dy f'(x) of sparsePlus, f' = sparseSigmoid. */
export const sparsePlusGrad = /* @__PURE__ */ gradient(sparsePlus);
