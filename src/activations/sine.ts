import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { product } from "../math/gates.ts";

/**
 * Sine: sin(omega x), for any finite x.
 *
 * `omega`: frequency, any finite number, 1; SIREN has 30. NaN at ±Infinity. Sitzmann, Martel,
 * Bergman, Lindell, Wetzstein 2020.
 *
 * @example
 * sine(new Float32Array([-1, 0, 1])); // [-0.84147096, 0, 0.84147096]
 */
export const sine = /* @__PURE__ */ activation("sine", {
  params: { omega: { default: 1, domain: finite } },
  value: (x, omega) => Math.sin(product(omega, x)),
  derivative: (x, omega) => omega * Math.cos(product(omega, x)),
  about: ABOUT && {
    formula: "sin(omega x)",
    exact: (x, { sin }, omega) => sin(omega.times(x)),
    range: [-1, 1],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    settings: [[30], [-0.1], [100]],
    names: { tfjs: "sin", onnx: "Sin", webnn: "sin" },
    source:
      "Sitzmann, Martel, Bergman, Lindell, Wetzstein 2020, Implicit neural representations with periodic activation " +
      "functions",
  },
});
/** dx = dy f'(x) of sine. */
export const sineGrad = /* @__PURE__ */ gradient(sine);
