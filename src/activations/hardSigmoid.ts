import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { hardLine } from "../math/affine.ts";

/**
 * Hard sigmoid: alpha x + beta clipped to 0 and 1; by default relu6(x + 3) / 6.
 *
 * `alpha`: slope, any finite number, 1 / 6; `beta`: value at 0, any finite number, 0.5. Both are
 * used in float64, not rounded to float32. f' is 0 at both bends. Courbariaux, Bengio, David 2015.
 *
 * @example
 * hardSigmoid(new Float32Array([-4, 0, 1.5])); // [0, 0.5, 0.75]
 * hardSigmoid(new Float32Array([-1, 0, 1]), { alpha: 0.2 }); // [0.3, 0.5, 0.7]
 */
export const hardSigmoid = /* @__PURE__ */ activation("hardSigmoid", {
  params: { alpha: { default: 0.16666666666666666, domain: finite }, beta: { default: 0.5, domain: finite } },
  exactParams: true,
  value: (x, alpha, beta) => {
    const y = hardLine(alpha, x, beta);
    return y <= 0 ? 0 : y >= 1 ? 1 : y;
  },
  derivative: (x, alpha, beta) => {
    const y = hardLine(alpha, x, beta);
    return y <= 0 || y >= 1 ? 0 : y > 0 ? alpha : y;
  },
  about: ABOUT && {
    formula: "min(max(alpha x + beta, 0), 1)",
    exact: (x, { of, clip }, alpha, beta) => {
      // The default stands for one sixth, which no float64 is.
      const standard =
        alpha
          .minus(of(1 / 6))
          .abs()
          .lte(0) && beta.minus(0.5).abs().lte(0);
      return clip(standard ? x.plus(3).div(6) : alpha.times(x).plus(beta), of(0), of(1));
    },
    range: [0, 1],
    monotone: true,
    zeroCentred: false,
    smooth: false,
    kinks: (alpha, beta) =>
      alpha === 0
        ? []
        : [
            { x: -beta / alpha, derivative: 0 },
            { x: (1 - beta) / alpha, derivative: 0 },
          ],
    settings: [
      [0.2, 0.5],
      [-0.5, 0.25],
      [0.1, 0],
    ],
    names: {
      pytorch: "Hardsigmoid",
      jax: "hard_sigmoid",
      keras: "hard_sigmoid",
      tfjs: 'layers.activation({ activation: "hardSigmoid" }) with alpha 0.2',
      onnx: "HardSigmoid(alpha=0.2, beta=0.5)",
      webnn: "hardSigmoid(alpha = 0.2, beta = 0.5)",
    },
    source:
      "Courbariaux, Bengio, David 2015, BinaryConnect: training deep neural networks with binary weights during " +
      "propagations",
  },
});
/** dx = dy f'(x) of hardSigmoid; 0 at both bends. */
export const hardSigmoidGrad = /* @__PURE__ */ gradient(hardSigmoid);
