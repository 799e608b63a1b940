import { activation, gradient } from "../calls/elementwise.ts";
import { normalCumulative } from "../math/erf.ts";
import { BESIDE, besideRoot, farOut } from "../math/gates.ts";
import { vanished } from "../math/vanished.ts";

const ONE_OVER_SQRT_TWO_PI = 0.3989422804014327;

/** x Phi(x), Phi being the cumulative distribution of N(0, 1). */
function value(x: number): number {
  if (x < -38) return vanished(x, -1);
  return x * normalCumulative(x, Math.exp(-0.5 * x * x));
}

/** Derivative of gelu: Phi(x) + x times the density of N(0, 1). */
function derivative(x: number): number {
  const d = x + 0.7517915246935645;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d - 1.4956759177009883e-17,
      0.4314939923140469,
      0.388284982990552,
      -0.018199676398671087,
      -0.1140082332972217,
    );
  }
  if (Math.abs(x) > 38) return farOut(x);
  const e = Math.exp(-0.5 * x * x);
  return normalCumulative(x, e) + ONE_OVER_SQRT_TWO_PI * x * e;
}

/**
 * Gaussian error linear unit: x Phi(x) = x / 2 erfc(-x / sqrt 2), Phi being the cumulative
 * distribution of N(0, 1).
 *
 * Hendrycks, Gimpel 2016.
 *
 * @example
 * gelu(new Float32Array([-1, 0, 1])); // [-0.15865526, 0, 0.8413447]
 */
export const gelu = /* @__PURE__ */ activation("gelu", {
  value,
  derivative,
  about: ABOUT && {
    formula: "x / 2 erfc(-x / sqrt 2)",
    exact: (x, { of, erfc }) => x.div(2).times(erfc(x.neg().div(of(2).sqrt()))),
    range: [-0.16997120747990366, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    names: {
      pytorch: 'GELU(approximate="none")',
      jax: "gelu(approximate=False), default True",
      keras: "gelu(approximate=False)",
      tfjs: 'layers.activation({ activation: "gelu" })',
      onnx: 'Gelu(approximate="none")',
      webnn: "gelu",
    },
    source: "Hendrycks, Gimpel 2016, Gaussian error linear units (GELUs)",
  },
});
/** dx = dy f'(x) of gelu. */
export const geluGrad = /* @__PURE__ */ gradient(gelu);
