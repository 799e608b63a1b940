import { positive } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { tanhDerivative } from "../math/tanh.ts";

/**
 * Soft cap: cap tanh(x / cap), x itself near 0 and never beyond cap.
 *
 * `cap`: the limit, any finite number above 0, 30. Bello, Pham, Le, Norouzi, Bengio 2016; for
 * logits: Gemma 2.
 *
 * @example
 * softcap(new Float32Array([-100, 1, 30])); // [-29.923738, 0.99962974, 22.847824]
 */
export const softcap = /* @__PURE__ */ activation("softcap", {
  params: { cap: { default: 30, domain: positive } },
  value: (x, cap) => cap * Math.tanh(x / cap),
  derivative: (x, cap) => tanhDerivative(x / cap),
  about: ABOUT && {
    formula: "cap tanh(x / cap)",
    exact: (x, { tanh }, cap) => cap.times(tanh(x.div(cap))),
    range: [-30, 30],
    monotone: true,
    zeroCentred: true,
    smooth: true,
    settings: [[50], [0.3], [1e30]],
    names: {},
    source: "Bello, Pham, Le, Norouzi, Bengio 2016, Neural combinatorial optimization with reinforcement learning",
  },
});
/** dx = dy f'(x) of softcap. */
export const softcapGrad = /* @__PURE__ */ gradient(softcap);
