/** What a check of one case found. */

/** A relation between f(x) and f(-x). */
export type Symmetry = "odd" | "even" | "complement";

/** The results of one case. Counts of what is wrong are 0 where all is well. */
export interface Entry {
  /** How many float32 inputs were checked; 2^32 is all of them. */
  readonly inputs: number;
  readonly maxUlp: number;
  /** The input of the largest error. */
  readonly worst: { readonly bits: string; readonly x: number; readonly got: number; readonly exact: number };
  readonly meanUlp: number;
  /** Share of the results that are the float32 nearest to the exact value. */
  readonly correctlyRounded: number;
  /** NaN that came out for a number, or a number for NaN. */
  readonly nan: number;
  /** Wrong signs of zero at x = ±0, and elsewhere. */
  readonly zeroAtZero: number;
  readonly zeroElsewhere: number;
  /** At -Infinity and Infinity: what came. */
  readonly infinities: readonly [string, string];
  /** Neighbours in the wrong order, and the first of them; only where the function is monotone. */
  readonly monotonicity?: number;
  readonly monotonicityAt?: string;
  /** Results outside the function's range, rounded to float32; forward at the defaults only. */
  readonly range?: number;
  /** Breaks of the symmetry that the function has, if any. */
  readonly symmetry?: { readonly kind: Symmetry; readonly breaks: number };
  /** The op's fingerprint (test/fingerprints.json) when this was measured. */
  readonly fingerprint: string;
}

/** The results for one op. */
export interface RowEntry {
  readonly rows: number;
  readonly elements: number;
  readonly bound: number;
  readonly maxUlp: number;
  /** The same of rows put together from the elements that are furthest off: see adverse.ts. */
  readonly adverse?: number;
  /** The row of the largest error, enough to make it again, and where in it. */
  readonly worst: { readonly row: string; readonly index: number; readonly got: number; readonly exact: number };
  readonly meanUlp: number;
  readonly correctlyRounded: number;
  readonly fingerprint: string;
}

/** The results for one function of float16. */
export interface HalfEntry {
  /** How many were looked at; `every` where these are of all inputs, at all settings. */
  readonly results: number;
  readonly every: boolean;
  /** In ULP of float16; 0.5 where each result must be the float16 nearest to the exact value. */
  readonly bound: number;
  readonly maxUlp: number;
  readonly worst: string;
  readonly misrounded: number;
  readonly fingerprint: string;
}
