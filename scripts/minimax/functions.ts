/**
 * The functions that polynomials stand for, in 60 digits: what is left of them when all that is
 * steep is taken out.
 */
import type Decimal from "decimal.js";
import { Real, real } from "./fit.ts";

const pi = Real.acos(-1);
/** Nearer to 0 than this, the first terms of a series are right to all digits that count. */
const SMALL = real("1e-20");

/** (e^r - 1 - r) / r^2. */
export function expTail(r: Decimal): Decimal {
  if (r.abs().lt(SMALL)) return r.div(6).plus(0.5);
  return r.exp().minus(1).minus(r).div(r.times(r));
}

/** (artanh s / s - 1) / s^2, from s^2. */
export function artanhTail(square: Decimal): Decimal {
  if (square.lt(SMALL)) return square.div(5).plus(real(1).div(3));
  const s = square.sqrt();
  return s.atanh().div(s).minus(1).div(square);
}

/** (sin r / r - 1) / r^2, from r^2. */
export function sineTail(square: Decimal): Decimal {
  if (square.lt(SMALL)) return square.div(120).minus(real(1).div(6));
  const r = square.sqrt();
  return r.sin().div(r).minus(1).div(square);
}

/** erf(x) / x, from x^2: 2 / sqrt(pi) e^(-x^2) (1 + 2 x^2 / 3 + (2 x^2)^2 / (3 * 5) + …). */
export function erfOverX(square: Decimal): Decimal {
  let term = real(1);
  let sum = term;
  for (let n = 3; !term.isZero() && term.e > -70; n += 2) {
    term = term.times(square).times(2).div(n);
    sum = sum.plus(term);
  }
  return sum.times(square.neg().exp()).times(2).div(pi.sqrt());
}

/** Terms and step of the sum below: what is left out is e^(-pi^2 / STEP^2), below 1e-55. */
const STEP = real("0.275");
const TERMS = Array.from({ length: 45 }, (_, i) => {
  const square = STEP.times(i + 1).pow(2);
  return { square, weight: square.neg().exp() };
});

/**
 * e^(x^2) erfc x, x >= 0: the trapezoidal sum of its integral, and the residue that it misses below
 * pi / STEP (Chiarella and Reichel 1968); near 0, where the two cancel, 1 - erf x.
 */
export function scaledErfc(x: Decimal): Decimal {
  const square = x.times(x);
  if (x.lt(1)) return square.exp().times(real(1).minus(x.times(erfOverX(square))));
  const sum = TERMS.reduce(
    (total, term) => total.plus(term.weight.div(term.square.plus(square))),
    real(0.5).div(square),
  );
  const whole = sum.times(2).times(STEP).times(x).div(pi);
  if (x.gt(pi.div(STEP))) return whole;
  return whole.minus(square.exp().times(2).div(pi.times(2).times(x).div(STEP).exp().minus(1)));
}

/**
 * (1 + 2 x) e^(x^2) erfc x, nearly flat, from t = (x - k) / (x + k), which maps the half line to
 * [-1, 1].
 */
export const flatErfc = (k: number) => (t: Decimal) => {
  if (t.eq(1)) return real(2).div(pi.sqrt());
  const x = t.plus(1).times(k).div(real(1).minus(t));
  return x.times(2).plus(1).times(scaledErfc(x));
};
