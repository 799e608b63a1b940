/** Derivatives of hyperbolic functions, in float64. */

/** 1 - tanh^2 x, without cancellation. */
export function tanhDerivative(x: number): number {
  const e = Math.exp(-2 * Math.abs(x));
  return (4 * e) / ((1 + e) * (1 + e));
}
