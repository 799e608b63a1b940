import { activation, gradient } from "../calls/elementwise.ts";
import { BESIDE, besideRoot, farOut, gated, sigmoid } from "../math/gates.ts";

/**
 * x / 2 (1 + tanh u) = x sigmoid(2 u), 2 u = x (A + B x^2): 2 sqrt(2 / pi), and that times
 * 0.044715.
 */
const A = 1.5957691216057308;

const B = 0.07135481627260025;

/** x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). */
function value(x: number): number {
  return gated(x, x * (A + B * x * x));
}

/** Derivative of geluTanh. */
function derivative(x: number): number {
  const d = x + 0.7524614220710163;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d - 3.635560509207687e-17,
      0.4304000910248585,
      0.38751844613578895,
      -0.01578285352184803,
      -0.11394448308095899,
    );
  }
  if (Math.abs(x) > 20) return farOut(x);
  const s = sigmoid(x * (A + B * x * x));
  return s + x * s * (1 - s) * (A + 3 * B * x * x);
}

/**
 * GELU by its tanh approximation: x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))).
 *
 * Up to 0.0005 from `gelu`. Hendrycks, Gimpel 2016.
 *
 * @example
 * geluTanh(new Float32Array([-1, 0, 1])); // [-0.158808, 0, 0.841192]
 */
export const geluTanh = /* @__PURE__ */ activation("geluTanh", {
  value,
  derivative,
  about: ABOUT && {
    formula: "x / 2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))",
    exact: (x, { of, pi, tanh }) => {
      const u = of(2)
        .div(pi)
        .sqrt()
        .times(x.plus(x.times(x).times(x).times("0.044715")));
      return x.div(2).times(tanh(u).plus(1));
    },
    range: [-0.17004075057125406, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    names: {
      pytorch: 'GELU(approximate="tanh"), default "none"',
      jax: "gelu(approximate=True)",
      keras: "gelu(approximate=True), default False",
      tfjs: 'layers.activation({ activation: "gelu_new" })',
      onnx: 'Gelu(approximate="tanh"), default "none"',
    },
    source: "Hendrycks, Gimpel 2016, Gaussian error linear units (GELUs)",
  },
});
/** dx = dy f'(x) of geluTanh. */
export const geluTanhGrad = /* @__PURE__ */ gradient(geluTanh);
