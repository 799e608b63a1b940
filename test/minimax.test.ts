/** The coefficients of the polynomials in the source are those that `npm run minimax` finds. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileOf } from "../scripts/files.ts";
import { coefficientsOf, errorOf, FITS, roots } from "../scripts/minimax/fits.ts";

/**
 * As a part of the largest coefficient: where the error has many extremes of nearly one size, the
 * last digits are no matter.
 */
const NEAR = 1e-13;

const numbersIn = (file: string) =>
  [...readFileSync(fileOf(file), "utf8").matchAll(/\d+\.\d+(?:e-?\d+)?/g)].map(([digits]) => Number(digits));

const missing = (coefficients: readonly number[], file: string) => {
  const known = numbersIn(file);
  const near = NEAR * Math.max(...coefficients.map(Math.abs));
  return coefficients.filter((c) => !known.some((one) => Math.abs(one - Math.abs(c)) <= near));
};

test.each(FITS)("$name in $file", (fit) => {
  const coefficients = coefficientsOf(fit);
  expect(coefficients.length).toBe(fit.degree + 1);
  expect(missing(coefficients, fit.file)).toEqual([]);
  // A different one is worse.
  const error = errorOf(fit, coefficients);
  const spoilt = coefficients.map((c, i) => (i === 1 ? c * 1.001 : c));
  expect(errorOf(fit, spoilt)).toBeGreaterThan(2 * error);
});

test("the roots of the slopes of gates, and the slopes beside them", () => {
  for (const { file, high, low, coefficients } of roots()) {
    expect(missing([high], file), file).toEqual([]);
    expect(missing([low], file), file).toEqual([]);
    expect(missing(coefficients, file), file).toEqual([]);
  }
});
