/** Polynomials near a function, their coefficients in 60 digits. */
import Decimal from "decimal.js";

export const Real = Decimal.clone({ precision: 60, minE: -9e15, maxE: 9e15, defaults: true });
export const real = (x: Decimal.Value) => new Real(x);

export type RealFunction = (x: Decimal) => Decimal;

/** Solves a x = b, by elimination with the largest pivot; both are overwritten. */
function solved(a: Decimal[][], b: Decimal[]): Decimal[] {
  const n = b.length;
  const at = (row: number, column: number) => a[row]?.[column] as Decimal;
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (at(i, k).abs().gt(at(pivot, k).abs())) pivot = i;
    [a[k], a[pivot]] = [a[pivot] as Decimal[], a[k] as Decimal[]];
    [b[k], b[pivot]] = [b[pivot] as Decimal, b[k] as Decimal];
    for (let i = k + 1; i < n; i++) {
      const factor = at(i, k).div(at(k, k));
      a[i] = (a[i] as Decimal[]).map((value, j) => value.minus(factor.times(at(k, j))));
      b[i] = (b[i] as Decimal).minus(factor.times(b[k] as Decimal));
    }
  }
  const x: Decimal[] = [];
  for (let k = n - 1; k >= 0; k--) {
    let rest = b[k] as Decimal;
    for (let j = k + 1; j < n; j++) rest = rest.minus(at(k, j).times(x[j] as Decimal));
    x[k] = rest.div(at(k, k));
  }
  return x;
}

/** The coefficients come lowest power first. */
export function evaluated(coefficients: readonly Decimal[], x: Decimal): Decimal {
  return coefficients.reduceRight((sum, c) => sum.times(x).plus(c), real(0));
}

const powers = (x: Decimal, count: number) => Array.from({ length: count }, (_, k) => real(x).pow(k));

/** Points of [low, high] that are dense at both ends: where cos takes n values at equal angles. */
function between(low: Decimal, high: Decimal, angles: readonly Decimal[]): Decimal[] {
  const [middle, half] = [low.plus(high).div(2), high.minus(low).div(2)];
  return angles.map((angle) => middle.minus(half.times(angle.cos())));
}

const pi = Real.acos(-1);
const chebyshev = (n: number) => Array.from({ length: n }, (_, i) => pi.times(2 * i + 1).div(2 * n));

/** The polynomial that meets f at the Chebyshev points of [low, high]. */
export function interpolated(f: RealFunction, low: Decimal, high: Decimal, degree: number): Decimal[] {
  const points = between(low, high, chebyshev(degree + 1));
  return solved(
    points.map((x) => powers(x, degree + 1)),
    points.map(f),
  );
}

const GRID = 1000;
const EXCHANGES = 10;

/**
 * The polynomial p for which weight (p - f) has equal extremes of alternating sign on [low, high],
 * by the exchange of Remez 1934: on a grid, all extremes at once.
 */
export function minimax(f: RealFunction, weight: RealFunction, low: Decimal, high: Decimal, degree: number): Decimal[] {
  const n = degree + 2;
  const angles = Array.from({ length: GRID + 1 }, (_, i) => pi.times(i).div(GRID));
  const grid = between(low, high, angles).map((x) => ({ x, y: f(x), w: weight(x) }));
  let points = between(low, high, chebyshev(n)).map((x) => ({ x, y: f(x), w: weight(x) }));
  let coefficients: Decimal[] = [];
  for (let exchange = 0; exchange < EXCHANGES; exchange++) {
    const rows = points.map(({ x, w }, i) => [...powers(x, n - 1), real(i % 2 === 0 ? 1 : -1).div(w)]);
    coefficients = solved(
      rows,
      points.map(({ y }) => y),
    ).slice(0, -1);
    // One extreme of each run of equal sign.
    const extremes: { readonly error: Decimal; readonly point: (typeof grid)[number] }[] = [];
    for (const point of grid) {
      const error = point.w.times(evaluated(coefficients, point.x).minus(point.y));
      const last = extremes.at(-1);
      if (!last || last.error.gt(0) !== error.gt(0)) extremes.push({ error, point });
      else if (error.abs().gt(last.error.abs())) extremes[extremes.length - 1] = { error, point };
    }
    if (extremes.length < n) break;
    while (extremes.length > n) {
      const [first, last] = [extremes[0], extremes.at(-1)];
      if (first && last && first.error.abs().lt(last.error.abs())) extremes.shift();
      else extremes.pop();
    }
    points = extremes.map(({ point }) => point);
  }
  return coefficients;
}
