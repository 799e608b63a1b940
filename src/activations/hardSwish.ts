import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Hard swish: x relu6(x + 3) / 6.
 *
 * f' is 0 at -3 and 1 at 3. Howard et al. 2019.
 *
 * @example
 * hardSwish(new Float32Array([-4, -1.5, 1.5, 4])); // [-0, -0.375, 1.125, 4]
 */
export const hardSwish = /* @__PURE__ */ activation("hardSwish", {
  value: (x) => (x <= -3 ? -0 : x >= 3 ? x : (x * (x + 3)) / 6),
  derivative: (x) => (x <= -3 ? 0 : x >= 3 ? 1 : (2 * x + 3) / 6),
  about: ABOUT && {
    formula: "x relu6(x + 3) / 6",
    exact: (x, { clip }) => x.times(clip(x.plus(3), 0, 6)).div(6),
    range: [-0.375, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: false,
    kinks: () => [
      { x: -3, derivative: 0 },
      { x: 3, derivative: 1 },
    ],
    names: {
      pytorch: "Hardswish",
      jax: "hard_swish, hard_silu",
      keras: "hard_silu, hard_swish",
      onnx: "HardSwish",
      webnn: "hardSwish",
    },
    source: "Howard et al. 2019, Searching for MobileNetV3",
  },
});
/** dx = dy f'(x) of hardSwish; 0 at -3, 1 at 3. */
export const hardSwishGrad = /* @__PURE__ */ gradient(hardSwish);
