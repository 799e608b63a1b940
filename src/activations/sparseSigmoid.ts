import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Sparse sigmoid: (x + 1) / 2 clipped to 0 and 1.
 *
 * f' is 0 at both bends. Martins, Astudillo 2016.
 *
 * @example
 * sparseSigmoid(new Float32Array([-2, 0, 0.5])); // [0, 0.5, 0.75]
 */
export const sparseSigmoid = /* @__PURE__ */ activation("sparseSigmoid", {
  value: (x) => (x <= -1 ? 0 : x >= 1 ? 1 : 0.5 * (x + 1)),
  derivative: (x) => (x <= -1 || x >= 1 ? 0 : x > -1 ? 0.5 : x),
  about: ABOUT && {
    formula: "min(max((x + 1) / 2, 0), 1)",
    exact: (x, { clip }) => clip(x.plus(1).div(2), 0, 1),
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: () => [
      { x: -1, derivative: 0 },
      { x: 1, derivative: 0 },
    ],
    names: { jax: "sparse_sigmoid", keras: "sparse_sigmoid" },
    source:
      "Martins, Astudillo 2016, From softmax to sparsemax: a sparse model of attention and multi-label classification",
  },
});
/** dx = dy f'(x) of sparseSigmoid; 0 at -1 and at 1. */
export const sparseSigmoidGrad = /* @__PURE__ */ gradient(sparseSigmoid);
