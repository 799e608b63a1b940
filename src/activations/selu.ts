import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/**
 * Scaled exponential linear unit: lambda (x > 0 ? x : alpha (e^x - 1)).
 *
 * `lambda`: slope to the right, any finite number, 1.0507009873554805; `alpha`: minus the limit at
 * -Infinity over lambda, any finite number, 1.6732632423543772. With the defaults mean 0 and
 * variance 1 are kept. f' is lambda alpha at 0. Klambauer, Unterthiner, Mayr, Hochreiter 2017.
 *
 * @example
 * selu(new Float32Array([-1, 0, 1])); // [-1.1113307, 0, 1.050701]
 */
export const selu = /* @__PURE__ */ activation("selu", {
  params: {
    lambda: { default: 1.0507009873554805, domain: finite },
    alpha: { default: 1.6732632423543772, domain: finite },
  },
  // Infinity as a number whose product with lambda 0 is 0.
  value: (x, lambda, alpha) => lambda * (x > 0 ? Math.min(x, Number.MAX_VALUE) : alpha * Math.expm1(x)),
  derivative: (x, lambda, alpha) => lambda * (x > 0 ? 1 : alpha * Math.exp(x)),
  about: ABOUT && {
    formula: "lambda (x > 0 ? x : alpha (e^x - 1))",
    exact: (x, { of }, lambda, alpha) =>
      lambda.times(x.gte(0) ? x : alpha.times((x.lt(-5000) ? of(0) : x.exp()).minus(1))),
    range: [-1.7580993463430303, Infinity],
    monotone: true,
    zeroCentred: true,
    smooth: false,
    kinks: (lambda, alpha) => [{ x: 0, derivative: lambda * alpha }],
    settings: [
      [0.5, 2.5],
      [-1.5, 0.3],
      [0, 1],
    ],
    names: { pytorch: "SELU", jax: "selu", keras: "selu", tfjs: "selu", onnx: "Selu(alpha, gamma = lambda)" },
    source: "Klambauer, Unterthiner, Mayr, Hochreiter 2017, Self-normalizing neural networks",
  },
});
/** dx = dy f'(x) of selu; lambda alpha at 0. */
export const seluGrad = /* @__PURE__ */ gradient(selu);
