/**
 * The polynomials of the source: near which function, where, how, and the file that holds the
 * coefficients.
 */
import type Decimal from "decimal.js";
import { exactMath, Real as ManyDigits } from "../../oracle/exact.ts";
import * as table from "../../src/activations.generated.ts";
import { describe } from "../../src/calls/describe.ts";
import { evaluated, interpolated, minimax, Real, type RealFunction, real } from "./fit.ts";
import { artanhTail, erfOverX, expTail, flatErfc, sineTail } from "./functions.ts";

export interface Fit {
  readonly name: string;
  readonly file: string;
  readonly f: RealFunction;
  /** Of an error: what is to be small is weight (p - f). */
  readonly weight: RealFunction;
  readonly from: Decimal;
  readonly to: Decimal;
  readonly degree: number;
  /** By default with the least largest error, else through the Chebyshev points. */
  readonly interpolates?: boolean;
  readonly single?: boolean;
}

const half = Real.ln(2).div(2).times("1.0005");
const relative = (f: RealFunction) => (x: Decimal) => real(1).div(f(x));
/** Relative to e^r. */
const ofExp = (r: Decimal) => r.times(r).plus("1e-6").div(r.exp());
const beside = (z: Decimal) => z.plus("1e-3");
const quarter = Real.acos(-1).div(2).times("1.0001").pow(2);

export const FITS: readonly Fit[] = [
  {
    name: "exp, float32",
    file: "assembly/math/exp.ts",
    f: expTail,
    weight: ofExp,
    from: half.neg(),
    to: half,
    degree: 4,
    single: true,
  },
  {
    name: "exp, float64",
    file: "assembly/math/wide.ts",
    f: expTail,
    // Relative to e^r - 1.
    weight: (r) => r.abs().plus("1e-3"),
    from: half.neg(),
    to: half,
    degree: 5,
  },
  {
    name: "exp, float64 throughout",
    file: "assembly/math/wide.ts",
    f: expTail,
    weight: ofExp,
    from: half.neg(),
    to: half,
    degree: 8,
  },
  {
    name: "e^r - 1 - r, float64 throughout",
    file: "assembly/math/wide.ts",
    f: expTail,
    // Relative to itself, which is about 1/2.
    weight: () => real(1),
    from: half.neg(),
    to: half,
    degree: 10,
  },
  {
    name: "log1p",
    file: "assembly/math/wide.ts",
    f: artanhTail,
    weight: beside,
    from: real(0),
    to: real(1).div(9),
    degree: 4,
  },
  { name: "sine", file: "assembly/math/sine.ts", f: sineTail, weight: beside, from: real(0), to: quarter, degree: 4 },
  {
    name: "erfc",
    file: "assembly/kernels/laplace.ts",
    f: flatErfc(2),
    weight: relative(flatErfc(2)),
    from: real(-1),
    to: real(1),
    degree: 14,
  },
  {
    name: "erf, plain",
    file: "src/math/erf.ts",
    f: erfOverX,
    weight: relative(erfOverX),
    from: real(0),
    to: real("0.5625"),
    degree: 10,
    interpolates: true,
  },
  {
    name: "erfc, plain",
    file: "src/math/erf.ts",
    f: flatErfc(3),
    weight: relative(flatErfc(3)),
    from: real(-0.6),
    to: real(1),
    degree: 19,
    interpolates: true,
  },
];

/** The coefficients in float64, or float32, lowest power first. */
export function coefficientsOf({ f, weight, from, to, degree, interpolates, single }: Fit): number[] {
  const found = interpolates ? interpolated(f, from, to, degree) : minimax(f, weight, from, to, degree);
  return found.map((c) => (single ? Math.fround(c.toNumber()) : c.toNumber()));
}

const SAMPLES = 400;

/** The largest weighted error of coefficients that are rounded, evaluated without rounding. */
export function errorOf({ f, weight, from, to }: Fit, coefficients: readonly number[]): number {
  const exact = coefficients.map((c) => real(c));
  const xs = Array.from({ length: SAMPLES }, (_, i) =>
    from.plus(
      to
        .minus(from)
        .times(i + 1 / 3)
        .div(SAMPLES),
    ),
  );
  return Math.max(
    ...xs.map((x) =>
      weight(x)
        .times(evaluated(exact, x).minus(f(x)))
        .abs()
        .toNumber(),
    ),
  );
}

/**
 * Where the slope of a gate is 0, in two float64, and what it is near there, lowest power of the
 * distance first.
 */
export interface Root {
  readonly op: string;
  readonly file: string;
  readonly high: number;
  readonly low: number;
  readonly coefficients: readonly number[];
}

const FINE = new ManyDigits("1e-40");
const NEAR = new ManyDigits("1e-8");
const ROOT_DEGREE = 12;
const COEFFICIENTS = 4;
/** By Newton's method; each step doubles the digits. */
const STEPS = 12;

/** Gates whose slope crosses 0, and about where. */
const ROOTS = [
  { op: "silu", file: "src/math/gates.ts", guess: -1.28 },
  { op: "quickGelu", file: "src/activations/quickGelu.ts", guess: -0.75 },
  { op: "gelu", file: "src/activations/gelu.ts", guess: -0.75 },
  { op: "geluTanh", file: "src/activations/geluTanh.ts", guess: -0.75 },
  { op: "mish", file: "src/activations/mish.ts", guess: -1.19 },
] as const;

function rootOf({ op, file, guess }: (typeof ROOTS)[number]): Root {
  const known = describe(Object.entries(table).find(([name]) => name === op)?.[1]);
  if (known?.kind !== "map" || !known.row.about) throw new Error(`there is no op ${op}`);
  const { exact } = known.row.about;
  const one = new ManyDigits(1);
  const f = (x: Decimal) => exact(x, exactMath, one, one, one);
  let root: Decimal = new ManyDigits(guess);
  for (let i = 0; i < STEPS; i++) {
    const [below, at, above] = [f(root.minus(FINE)), f(root), f(root.plus(FINE))];
    const curvature = above.minus(at.times(2)).plus(below).div(FINE);
    root = root.minus(above.minus(below).div(2).div(curvature));
  }
  const near = interpolated((d) => f(root.plus(d)), NEAR.neg(), NEAR, ROOT_DEGREE);
  const high = root.toNumber();
  return {
    op,
    file,
    high,
    low: root.minus(exactMath.of(high)).toNumber(),
    coefficients: near.slice(2, 2 + COEFFICIENTS).map((c, i) => c.times(i + 2).toNumber()),
  };
}

export const roots = () => ROOTS.map(rootOf);
