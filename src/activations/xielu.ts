import { finite } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";
import { affine, beside } from "../math/affine.ts";
import { product } from "../math/gates.ts";

/** e^x - 1 - x, |x| at most 0.34: its power series. */
function expBeyondLine(x: number): number {
  let sum = 0;
  for (let k = 16; k > 2; k--) sum = (x * (1 + sum)) / k;
  return 0.5 * x * x * (1 + sum);
}

/**
 * xIELU: alphaP x^2 + beta x for x > 0, else alphaN (e^x - 1 - x) + beta x; its derivative is
 * linear and ELU.
 *
 * `alphaP`: curvature to the right, any finite number, 0.8; `alphaN`: to the left, any finite
 * number, 0.8; `beta`: slope at 0, any finite number, 0.5. Huang, Schlag 2024.
 *
 * @example
 * xielu(new Float32Array([-1, 0, 1])); // [-0.20569645, 0, 1.3]
 */
export const xielu = /* @__PURE__ */ activation("xielu", {
  params: {
    alphaP: { default: 0.8, domain: finite },
    alphaN: { default: 0.8, domain: finite },
    beta: { default: 0.5, domain: finite },
  },
  value: (x, alphaP, alphaN, beta) => {
    if (x > 0) return product(product(alphaP, x) + beta, x);
    // Beside a root the terms cancel: few of them.
    if (x > -0.34) return alphaN * expBeyondLine(x) + beta * x;
    if (x > -30 || x === -Infinity || alphaN === 0) return alphaN * Math.expm1(x) + product(beta - alphaN, x);
    // Far out the last place tells of an e^x that is too small for it.
    const line = affine(beta - alphaN, x, -alphaN);
    const y = line + alphaN * Math.exp(x);
    return y === line ? beside(line, alphaN) : y;
  },
  derivative: (x, alphaP, alphaN, beta) => {
    if (x > 0) return 2 * product(alphaP, x) + beta;
    // e^-0 - 1 is +0.
    if (x > -0.34) return alphaN * (Math.expm1(x) + 0) + beta;
    const curved = alphaN * Math.exp(x);
    // Without the line what is left of it keeps its sign.
    return beta === alphaN && alphaN !== 0 ? curved : curved + (beta - alphaN);
  },
  about: ABOUT && {
    formula: "x > 0 ? alphaP x^2 + beta x : alphaN (e^x - 1 - x) + beta x",
    exact: (x, { of }, alphaP, alphaN, beta) =>
      x.gt(0)
        ? alphaP.times(x).plus(beta).times(x)
        : alphaN.times((x.lt(-5000) ? of(0) : x.exp()).minus(1).minus(x)).plus(beta.times(x)),
    range: [-0.20575129873669146, Infinity],
    monotone: false,
    zeroCentred: true,
    smooth: true,
    settings: [
      [0.3, 2.5, 1],
      [-0.5, 1.5, 0.01],
      [0, 0.5, 0.5],
    ],
    names: {},
    source: "Huang, Schlag 2024, Deriving activation functions using integration",
  },
});
/** dx = dy f'(x) of xielu. */
export const xieluGrad = /* @__PURE__ */ gradient(xielu);
