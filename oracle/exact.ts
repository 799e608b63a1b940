/** Exact values: formulas of the facts, evaluated in 240 digits. */
import Decimal from "decimal.js";
import type { ExactFormula, ExactMath } from "../src/model/exact.ts";
import type { Parameters } from "../src/model/row.ts";

/** 60 digits for the step of a derivative, the rest for cancellation. */
export const Real = Decimal.clone({ precision: 240, minE: -9e15, maxE: 9e15, defaults: true });
/** No kink of a float32 lies nearer to another float32. */
const STEP = new Real("1e-60");
/** Stands for infinity; its square root is out of sight too. */
const FAR = new Real("1e122");
/** Beyond it e^-x adds nothing that is written. */
const FLAT = 600;

/** A float64 is taken with all its bits, not as the shortest decimal that stands for it. */
function real(x: Decimal.Value): Decimal {
  if (typeof x !== "number" || !Number.isFinite(x)) return new Real(x);
  if (Number.isInteger(x) && x !== 0) return new Real(BigInt(x).toString());
  if (x === 0) return new Real(x);
  let exponent = 0;
  let whole = x;
  while (!Number.isInteger(whole)) {
    whole *= 2;
    exponent++;
  }
  return new Real(whole).div(new Real(2).pow(exponent));
}

const one = real(1);
const pi = Real.acos(-1);
const expOf = (x: Decimal) => (x.gt(5000) ? real(Infinity) : x.lt(-5000) ? real(0) : x.exp());

/** 2 / sqrt(pi) e^(-x^2) x (1 + 2 x^2 / 3 + (2 x^2)^2 / (3 * 5) + …). */
function erf(x: Decimal): Decimal {
  if (x.abs().gt(14)) return real(x.gt(0) ? 1 : -1);
  const twice = x.times(x).times(2);
  let term = x;
  let sum = x;
  for (let n = 3; !term.isZero() && term.e > sum.e - 245; n += 2) {
    term = term.times(twice).div(n);
    sum = sum.plus(term);
  }
  return sum
    .times(expOf(x.times(x).neg()))
    .times(2)
    .div(pi.sqrt());
}

function softplus(x: Decimal): Decimal {
  if (x.abs().gt(FLAT)) return x.gt(0) ? x : real(0);
  return expOf(x).plus(1).ln();
}

const logistic = (x: Decimal) => one.div(expOf(x.neg()).plus(1));

function tanh(x: Decimal): Decimal {
  if (x.isZero()) return x;
  if (x.abs().gt(FLAT)) return real(x.gt(0) ? 1 : -1);
  const e = x.times(2).exp();
  return e.minus(1).div(e.plus(1));
}

export const exactMath: ExactMath<Decimal> = {
  pi,
  of: real,
  logistic,
  tanh,
  atan: (x) => x.atan(),
  sin: (x) => x.sin(),
  softplus,
  erf,
  erfc: (x) => one.minus(erf(x)),
  clip: (x, low, high) => (x.lt(low) ? real(low) : x.gt(high) ? real(high) : x),
};

/**
 * What stands in a fixture: 20 digits; 0 below 1e-60 and Infinity above 1e60, which no float32 can
 * tell.
 */
function written(value: Decimal): string {
  const y = value;
  if (y.abs().lt("1e-60")) return y.isNegative() ? "-0" : "0";
  if (y.abs().gt("1e60")) return y.isNegative() ? "-Infinity" : "Infinity";
  const text = y.toSignificantDigits(20);
  return text.e < -5 || text.e >= 20 ? text.toExponential() : text.toFixed();
}

function applied(formula: ExactFormula, { a, b, c }: Parameters): (x: Decimal) => Decimal {
  const [first, second, third] = [real(a), real(b), real(c)] as const;
  return (x) => formula(x, exactMath, first, second, third);
}

/**
 * What `digits` gives at x; at ±Infinity what it gives far out, if that is the same everywhere
 * there.
 */
function limit(digits: (x: Decimal) => string, x: number): string {
  if (Number.isFinite(x)) return digits(real(x));
  const far = x > 0 ? FAR : FAR.neg();
  const there = digits(far);
  return digits(far.times("1.7")) === there ? there : "NaN";
}

/** f(x) in digits. */
export function exactValue(formula: ExactFormula, x: number, parameters: Parameters): string {
  const f = applied(formula, parameters);
  return limit((t) => written(f(t)), x);
}

/** Where f(x) lies, for a finite x: above y 1, below -1, 0 where 240 digits see no difference. */
export function sideOf(formula: ExactFormula, x: number, parameters: Parameters, y: number): number {
  return applied(formula, parameters)(real(x)).cmp(real(y));
}

/** f'(x) in digits, by a central difference: x is no kink. */
export function exactDerivative(formula: ExactFormula, x: number, parameters: Parameters): string {
  const f = applied(formula, parameters);
  return limit((t) => {
    const [below, above] = [f(t.minus(STEP)), f(t.plus(STEP))];
    if (below.isNaN() || above.isNaN()) return "NaN";
    // Beyond all bounds on both sides: away from 0 it grows.
    if (!below.isFinite() && !above.isFinite()) return above.isPositive() === x > 0 ? "Infinity" : "-Infinity";
    const slope = above.minus(below).div(STEP.times(2));
    return written(slope.abs().lt("1e-60") ? real(0) : slope);
  }, x);
}

export const writtenNumber = (x: number) => written(real(x));
