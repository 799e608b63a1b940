/**
 * erf and erfc in float64, for the building of tables.
 *
 * Method   |x| < 3: erf x = 2/sqrt(pi) e^(-x^2) sum 2^n x^(2n+1) / (2n+1)!!, a series of positive
 *          terms; x >= 3: the continued fraction of erfc, e^(-x^2)/sqrt(pi) / (x + (1/2)/(x + 1/(x
 *          + (3/2)/(x + ...)))), from as many terms backwards as x needs: 16 at 3, 6 at 8.
 * Error    relative, 1e-11 at worst: erfc x = 1 - erf x just below 3.
 * Source   Abramowitz and Stegun 7.1.6 and 7.1.14.
 */
const SQRT_PI: f64 = 1.7724538509055160273;

export function erf(x: f64): f64 {
  if (abs(x) >= 3) return x < 0 ? erfc(-x) - 1 : 1 - erfc(x);
  let term = x;
  let sum = x;
  for (let n = 1; abs(term) > 1e-17 * abs(sum); n++) {
    term *= (2 * x * x) / <f64>(2 * n + 1);
    sum += term;
  }
  return (2 / SQRT_PI) * NativeMath.exp(-x * x) * sum;
}

export function erfc(x: f64): f64 {
  if (x < 3) return 1 - erf(x);
  let fraction = x;
  for (let k = 4 + <i32>(110 / (x * x)); k > 0; k--) fraction = x + (0.5 * <f64>k) / fraction;
  return NativeMath.exp(-x * x) / (SQRT_PI * fraction);
}
