/**
 * Prints the coefficients of the polynomials in the source: `npm run minimax`.
 *
 * The error is that of the polynomial with its coefficients rounded, evaluated without rounding.
 * The coefficients of the source need not be these to the last digit: test/minimax.test.ts says how
 * near.
 */
import { coefficientsOf, errorOf, FITS, roots } from "./fits.ts";

for (const fit of FITS) {
  const coefficients = coefficientsOf(fit);
  const { name, file, degree } = fit;
  const range = [fit.from, fit.to].map((end) => end.toNumber().toPrecision(4)).join(", ");
  console.log(
    `${name} (${file}): degree ${degree} on [${range}], error 2^${Math.log2(errorOf(fit, coefficients)).toFixed(1)}`,
  );
  for (const c of coefficients) console.log(`  ${c},`);
}
for (const { op, file, high, low, coefficients } of roots()) {
  console.log(`${op}' (${file}): root ${high} + ${low}`);
  for (const c of coefficients) console.log(`  ${c},`);
}
