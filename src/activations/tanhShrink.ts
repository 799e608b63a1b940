import { activation, gradient } from "../calls/elementwise.ts";

/** x - tanh x. Near 0 the terms cancel: the Taylor series, its next term below 2e-15. */
function value(x: number): number {
  if (Math.abs(x) > 0.0625) return x - Math.tanh(x);
  const s = x * x;
  return x * s * (1 / 3 - s * (2 / 15 - s * (17 / 315 - s * (62 / 2835 - (s * 1382) / 155925))));
}

/**
 * Tanh shrinkage: x - tanh x.
 *
 * Near 0 it is x^3 / 3, right there too. Collobert, Kavukcuoglu, Farabet 2011.
 *
 * @example
 * tanhShrink(new Float32Array([-1, 0, 3])); // [-0.23840584, 0, 2.0049453]
 */
export const tanhShrink = /* @__PURE__ */ activation("tanhShrink", {
  value,
  derivative: (x) => {
    const t = Math.tanh(x);
    return t * t;
  },
  about: ABOUT && {
    formula: "x - tanh x",
    exact: (x, { tanh }) => (x.lte(0) && x.gte(0) ? x : x.minus(tanh(x))),
    range: [-Infinity, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    names: { pytorch: "Tanhshrink", keras: "tanh_shrink" },
    source: "Collobert, Kavukcuoglu, Farabet 2011, Torch7: a Matlab-like environment for machine learning",
  },
});
/** dx = dy f'(x) of tanhShrink, f' = tanh^2 x. */
export const tanhShrinkGrad = /* @__PURE__ */ gradient(tanhShrink);
