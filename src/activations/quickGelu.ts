import { activation, gradient } from "../calls/elementwise.ts";
import { BESIDE, besideRoot, gated, siluDerivative } from "../math/gates.ts";

/** Derivative of x sigmoid(1.702 x). */
function derivative(x: number): number {
  const d = x + 0.751154255441289;
  if (Math.abs(d) < BESIDE) {
    return besideRoot(
      d - 4.696480973567411e-17,
      0.37071552313509976,
      0.42481282173594376,
      0.09305963675729156,
      -0.12774050660220324,
    );
  }
  return siluDerivative(1.702 * x);
}

/**
 * GELU by its sigmoid approximation: x sigmoid(1.702 x).
 *
 * Up to 0.02 from `gelu`. Hendrycks, Gimpel 2016.
 *
 * @example
 * quickGelu(new Float32Array([-1, 0, 1])); // [-0.15420422, 0, 0.8457958]
 */
export const quickGelu = /* @__PURE__ */ activation("quickGelu", {
  value: (x) => gated(x, 1.702 * x),
  derivative,
  about: ABOUT && {
    formula: "x sigmoid(1.702 x)",
    exact: (x, { logistic }) => x.times(logistic(x.times("1.702"))),
    range: [-0.16361018963635357, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    names: { onnx: "com.microsoft.QuickGelu(alpha=1.702)" },
    source: "Hendrycks, Gimpel 2016, Gaussian error linear units (GELUs)",
  },
});
/** dx = dy f'(x) of quickGelu. */
export const quickGeluGrad = /* @__PURE__ */ gradient(quickGelu);
