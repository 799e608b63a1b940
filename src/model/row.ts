/** What a row of the table says about an op. One kind of row for each kind of op. */
import type { FloatArray } from "./arrays.ts";
import type { Curve } from "./curve.ts";
import type { ExactFormula } from "./exact.ts";

/**
 * What values of a parameter make sense: in words, as a predicate, and the reading of one. Never
 * NaN.
 */
export interface Domain {
  readonly name: "finite" | "nonzero" | "positive" | "nonnegative" | "unsigned" | "number";
  readonly text: string;
  holds(value: number): boolean;
  /** The value to use; throws where it is none of the domain. */
  read(op: string, name: string, value: unknown, param: Param, exact?: boolean): number;
}

/** A parameter. */
export interface Param {
  readonly default: number;
  readonly domain: Domain;
}

/**
 * The parameters of a call, in the order of the row; 0 where it has none. One shape for all: the
 * engines read it at every call.
 */
export interface Parameters {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** A point where f has no derivative or jumps, and the value that the gradient takes there. */
export interface Kink {
  readonly x: number;
  readonly derivative: number;
}

/** What an op is called elsewhere, with its defaults where they differ from ours. */
export type Names = Readonly<Partial<Record<"pytorch" | "jax" | "keras" | "tfjs" | "onnx" | "webnn", string>>>;

/** Facts for readers, tests, benches and docs of any op; left out of the published bundle. */
export interface RowAbout {
  readonly formula: string;
  readonly names: Names;
  /** Who proposed it: authors and year, title. */
  readonly source: string;
}

/** The same for an elementwise op; true at the default parameters. */
export interface About extends RowAbout {
  /** f for exact values, from its definition; what the fixtures of the tests are made with. */
  readonly exact: ExactFormula;
  /** Infimum and supremum of f over the real line. */
  readonly range: readonly [number, number];
  /** Nowhere decreasing. */
  readonly monotone: boolean;
  /** f takes both signs and f(0) = 0. */
  readonly zeroCentred: boolean;
  /** Continuously differentiable. */
  readonly smooth: boolean;
  /** For any parameters. */
  readonly kinks?: (a: number, b: number, c: number) => readonly Kink[];
  /**
   * Three further settings of the parameters for the tests: one list of values each, in the order
   * of `params`.
   */
  readonly settings?: readonly (readonly number[])[];
}

/** The part of a row that computes, in float64. */
export interface Formula {
  /**
   * f(x) for x of float32: right to 0.01 ULP of float32, for every x and the limit at ±Infinity.
   */
  value(x: number, a: number, b: number, c: number): number;
  /** f'(x), likewise, with the convention of the contract at the kinks. */
  derivative(x: number, a: number, b: number, c: number): number;
  /** It is a function of the caller's; the tables of both, where there are. */
  readonly isCustom?: true;
  readonly curve?: Curve | undefined;
  readonly slopeCurve?: Curve | undefined;
}

/** An elementwise activation: y = f(x). */
export interface Row<P extends string = never> extends Formula {
  /** In the order in which `value` and `derivative` take them; at most three. */
  readonly params?: { readonly [K in P]: Param };
  /** The parameters are used as they are, in float64; else they are rounded to float32 first. */
  readonly exactParams?: boolean;
  /**
   * What is wrong with the parameters together: what came, what was expected; undefined if nothing.
   */
  check?(a: number, b: number, c: number): readonly [came: string, expected: string] | undefined;
  readonly about: About | false;
}

/** What the options of a call say of a row, beyond its elements. */
export interface RowTerms {
  /** A factor of the gradient. */
  readonly scale: number;
  /** One more logit, without an element of its own. */
  readonly sink: number | undefined;
  /** A row without elements gives 0 rather than NaN. */
  readonly zero: boolean;
}

/**
 * One row in plain JavaScript: the elements at start, start + stride, … of the inputs and of `out`.
 * An array with one value per row is read or written at `at`.
 */
export type RowFormula = (
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  start: number,
  count: number,
  stride: number,
  at: number,
  terms?: RowTerms,
) => void;

/** An op on the rows along an axis. */
export interface RowOpRow {
  /** The op: x, x, out. */
  readonly value: RowFormula;
  /** Its gradient, if it has one: dy, y, dx; of an op that gives one value per row x, dy, dx. */
  readonly derivative?: RowFormula;
  /** One value per row. */
  readonly reduces?: boolean;
  /**
   * Its input are logits: it takes the options scale, bias, mask, sink and empty, its gradient
   * scale.
   */
  readonly logits?: boolean;
  /** What an element counts as that the mask leaves out, unless -Infinity. */
  readonly leftOut?: number;
  readonly about: RowAbout | false;
}

/** Which half of the axis goes through the gate, and the gate. */
export interface GateFormula {
  /** "a", the first half, or "b"; what a call says comes before it. */
  readonly gated: "a" | "b";
  /** The gate and its derivative in float64. */
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
}

/**
 * The parameters that a gated op may have: gate(a') (b' + offset), a' = min(a, limit), b' = clip(b,
 * -limit, limit).
 */
export type GateParam = "alpha" | "offset" | "limit";

/** A gated linear unit: gate(one half) times the other half. */
export interface GatedRow {
  readonly gated: GateFormula["gated"];
  /** The elementwise op of the table that is the gate, at its defaults. */
  readonly gate: object;
  /** All three, in their order, or none. */
  readonly params?: { readonly [K in GateParam]?: Param };
  readonly about: RowAbout | false;
}

/** The steps before an activation. */
export interface AffineRow {
  readonly about: RowAbout | false;
}

/** An op with one slope per channel. */
export interface PreluRow {
  readonly about: RowAbout | false;
}
