import { activation, gradient } from "../calls/elementwise.ts";

/** The self-normalising constants: lambda, and lambda alpha. */
const LAMBDA = 1.0507009873554805;
const LAMBDA_ALPHA = 1.7580993408473768;

/**
 * Scaled exponential linear unit: lambda (x > 0 ? x : alpha (e^x - 1)), lambda 1.0507009873554805,
 * alpha 1.6732632423543772.
 *
 * f' is lambda alpha at 0. Klambauer, Unterthiner, Mayr, Hochreiter 2017.
 *
 * @example
 * selu(new Float32Array([-1, 0, 1])); // [-1.1113307, 0, 1.050701]
 */
export const selu = /* @__PURE__ */ activation("selu", {
  value: (x) => (x > 0 ? LAMBDA * x : LAMBDA_ALPHA * Math.expm1(x)),
  derivative: (x) => (x > 0 ? LAMBDA : LAMBDA_ALPHA * Math.exp(x)),
  about: ABOUT && {
    formula: "lambda (x > 0 ? x : alpha (e^x - 1))",
    exact: (x, _a, _b, { of }) => {
      const lambda = of("1.0507009873554805");
      if (x.gte(0)) return lambda.times(x);
      return lambda.times("1.6732632423543772").times((x.lt(-5000) ? of(0) : x.exp()).minus(1));
    },
    range: [-LAMBDA_ALPHA, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: () => [{ x: 0, derivative: LAMBDA_ALPHA }],
    names: { pytorch: "SELU", jax: "selu", keras: "selu", tfjs: "selu", onnx: "Selu" },
    source: "Klambauer, Unterthiner, Mayr, Hochreiter 2017, Self-normalizing neural networks",
  },
});
/** dx = dy f'(x) of selu; lambda alpha at 0. */
export const seluGrad = /* @__PURE__ */ gradient(selu);
