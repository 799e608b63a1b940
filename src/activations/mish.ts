import { activation, gradient } from "../calls/elementwise.ts";
import { BESIDE, besideRoot } from "../math/gates.ts";
import { vanished } from "../math/vanished.ts";

/** x tanh(ln(1 + e^x)) = x n / (n + 2), n = e (e + 2), e = e^x. */
function value(x: number): number {
  if (x > 20) return x; // n / (n + 2) is 1 to 17 digits
  if (x < -700) return vanished(x, -1);
  const e = Math.exp(x);
  const n = e * (e + 2);
  return (x * n) / (n + 2);
}

/** Derivative of mish: e ((e + 2) (n + 2) + 4 x (e + 1)) / (n + 2)^2. */
function derivative(x: number): number {
  const d = x + 1.1924312145154952;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d + 4.8484829848031044e-17,
      0.2669479140495345,
      0.20473126408010586,
      0.04190782104360987,
      -0.020271822716684245,
    );
  }
  if (x > 20) return 1;
  if (x < -700) return vanished(x, -1);
  const e = Math.exp(x);
  const m = e * (e + 2) + 2;
  return (e * ((e + 2) * m + 4 * x * (e + 1))) / (m * m);
}

/**
 * Mish: x tanh(ln(1 + e^x)).
 *
 * Misra 2019.
 *
 * @example
 * mish(new Float32Array([-1, 0, 1])); // [-0.30340147, 0, 0.8650984]
 */
export const mish = /* @__PURE__ */ activation("mish", {
  value,
  derivative,
  about: ABOUT && {
    formula: "x tanh(ln(1 + e^x))",
    exact: (x, { softplus, tanh }) => x.times(tanh(softplus(x))),
    range: [-0.30884341301725043, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    names: {
      pytorch: "Mish",
      jax: "mish",
      keras: "mish",
      tfjs: 'layers.activation({ activation: "mish" })',
      onnx: "Mish",
    },
    source: "Misra 2019, Mish: a self regularized non-monotonic activation function",
  },
});
/** dx = dy f'(x) of mish. */
export const mishGrad = /* @__PURE__ */ gradient(mish);
