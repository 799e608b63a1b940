import { nonnegative } from "../calls/domains.ts";
import { activation, gradient } from "../calls/elementwise.ts";

/** (x + sqrt(x^2 + b)) / 2, as a quotient where the sum cancels. */
function value(x: number, b: number): number {
  const root = Math.sqrt(x * x + b);
  return x < 0 ? b / (2 * (root - x)) : 0.5 * (x + root);
}

/**
 * Derivative of squareplus. At x = 0, b = 0, where it is relu, 1/2: what it is at 0 for every other
 * b.
 */
function derivative(x: number, b: number): number {
  const root = Math.sqrt(x * x + b);
  if (root === 0) return 0.5;
  const left = b / (2 * root * (root + Math.abs(x)));
  return x < 0 ? left : 1 - left;
}

/**
 * Squareplus: (x + sqrt(x^2 + b)) / 2, an algebraic softplus.
 *
 * `b`: width of the bend, a finite number of at least 0, 4; 0 gives relu, but f' 1/2 at 0. Barron
 * 2021.
 *
 * @example
 * squareplus(new Float32Array([-1.5, 0, 1.5])); // [0.5, 1, 2]
 */
export const squareplus = /* @__PURE__ */ activation("squareplus", {
  params: { b: { default: 4, domain: nonnegative } },
  value,
  derivative,
  about: ABOUT && {
    formula: "(x + sqrt(x^2 + b)) / 2",
    exact: (x, _, b) => x.plus(x.times(x).plus(b).sqrt()).div(2),
    range: [0, Infinity],
    monotone: true,
    zeroCentred: false,
    smooth: true,
    kinks: (b) => (b === 0 ? [{ x: 0, derivative: 0.5 }] : []),
    settings: [[0.1], [1e-6], [0]],
    names: { jax: "squareplus(b=4)", keras: "squareplus(b=4)" },
    source: "Barron 2021, Squareplus: a softplus-like algebraic rectifier",
  },
});
/** dx = dy f'(x) of squareplus; 1/2 at 0, for b = 0 too. */
export const squareplusGrad = /* @__PURE__ */ gradient(squareplus);
