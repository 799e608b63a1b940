/** What a row of the table says about an activation. */

/** A parameter: its default, and what values make sense. */
export interface Param {
  readonly default: number;
  /** "finite" (the default), "nonzero" and "nonnegative" (finite too), or "number": infinities too. Never NaN. */
  readonly domain?: "finite" | "nonzero" | "nonnegative" | "number";
}

/** A point where f has no derivative or jumps, and the value that the gradient takes there. */
export interface Kink {
  readonly x: number;
  readonly derivative: number;
}

/** Facts for readers, tests, benches and docs, true at the default parameters; left out of the published bundle. */
export interface About {
  readonly formula: string;
  /** Infimum and supremum of f over the real line. */
  readonly range: readonly [number, number];
  /** Nowhere decreasing. */
  readonly monotone: boolean;
  /** f takes both signs and f(0) = 0. */
  readonly zeroCentred: boolean;
  /** Continuously differentiable. */
  readonly smooth: boolean;
  /** For any parameters. */
  readonly kinks?: (a: number, b: number) => readonly Kink[];
  /** Three further settings of the parameters for the tests: one list of values each, in the order of `params`. */
  readonly settings?: readonly (readonly number[])[];
  /** What it is called, with its defaults where they differ from ours. */
  readonly names: {
    readonly pytorch?: string;
    readonly jax?: string;
    readonly keras?: string;
    readonly tfjs?: string;
    readonly onnx?: string;
    readonly webnn?: string;
  };
  /** Who proposed it: authors and year, title. */
  readonly source: string;
}

/** An elementwise activation: y = f(x). */
export interface Row<P extends string = never> {
  /** In the order in which `value` and `derivative` take them; at most two. */
  readonly params?: { readonly [K in P]: Param };
  /** The parameters are used as they are, in float64; else they are rounded to float32 first. */
  readonly exactParams?: boolean;
  /** What is wrong with the parameters together, as the end of an error message; undefined if nothing. */
  check?(a: number, b: number): string | undefined;
  /** f(x) in float64, for x of float32: right to 0.01 ULP of float32, for every x and the limit at ±Infinity. */
  value(x: number, a: number, b: number): number;
  /** f'(x), likewise, with the convention of the contract at the kinks. */
  derivative(x: number, a: number, b: number): number;
  readonly about: About | false;
}
