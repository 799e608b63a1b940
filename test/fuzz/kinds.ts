/** What the contract says of each kind of op: its arguments, options, lengths, results. The ops come from the table. */

import { ulp32 } from "../../oracle/ulp.ts";
import type { Described } from "../../src/calls/describe.ts";
import { gateOf } from "../../src/calls/gated.ts";
import type { Param, Row, RowFormula } from "../../src/model/row.ts";
import type { Expected } from "./expected.ts";

/** An array seen as [outer][axis][inner]. */
export interface Layout {
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}

export interface Parameter {
  readonly name: string;
  readonly default: number;
  readonly domain: NonNullable<Param["domain"]>;
  /** What the tests of accuracy use. */
  readonly settings: readonly number[];
}

/** One op in the terms of the contract. */
export interface Terms {
  readonly name: string;
  /** The arrays in the order of the arguments. */
  readonly inputs: readonly string[];
  /** The arrays that are written, each an option. */
  readonly outputs: readonly string[];
  /** The input whose length decides. */
  readonly main: string;
  readonly params: readonly Parameter[];
  /** The parameters are not rounded to float32. */
  readonly exactParams: boolean;
  /** The default of the option `axis`, "channels": 1, or 0 of one dimension; without one there are no options `shape` and `axis`. */
  readonly axis?: number | "channels";
  /** The input that may be a number, or an array of several lengths. */
  readonly slope?: string;
  /** The axis is split in two. */
  readonly halves?: boolean;
  /** Whether the parameters are at odds with each other. */
  refuses(params: readonly number[]): boolean;
  /** The length of an array other than the slopes. */
  length(role: string, layout: Layout): number;
  /** The outputs, in order. */
  compute(inputs: readonly Float32Array[], layout: Layout, params: readonly number[]): readonly Expected[];
}

const elements = ({ outer, axis, inner }: Layout) => outer * axis * inner;

type Of<K extends Described["kind"]> = Extract<Described, { kind: K }>;

function parametersOf(row: Row<string>): readonly Parameter[] {
  return Object.entries(row.params ?? {}).map(([name, param], i) => ({
    name,
    default: param.default,
    domain: param.domain ?? "finite",
    settings: [param.default, ...((row.about || undefined)?.settings ?? []).map((values) => values[i] as number)],
  }));
}

function elementwise(known: Of<"map" | "mapGrad">): Omit<Terms, "inputs" | "compute"> {
  const { name, row } = known;
  return {
    name,
    outputs: ["out"],
    main: "x",
    params: parametersOf(row),
    exactParams: row.exactParams ?? false,
    refuses: ([a = 0, b = 0, c = 0]) => row.check?.(a, b, c) !== undefined,
    length: (_, layout) => elements(layout),
  };
}

function map(known: Of<"map" | "mapGrad">): Terms {
  const { value } = known.row;
  return {
    ...elementwise(known),
    inputs: ["x"],
    compute: ([x], _, [a = 0, b = 0, c = 0]) => [
      { exact: Float64Array.from(x ?? [], (xi) => value(xi, a, b, c)), ulps: 1 },
    ],
  };
}

/** dy f'(x), where f' is the real number: dy 0 gives 0 where float64 has no room for f'. */
function scaled(dy: number, slope: number, x: number): number {
  return dy === 0 && Number.isFinite(x) && x !== 0 && !Number.isFinite(slope) && !Number.isNaN(slope)
    ? dy * Math.sign(slope)
    : dy * slope;
}

/** Infinity times what float32 has no normal number for: infinite or NaN, the contract speaks of finite factors only. */
function isOpen(factor: number, tiny: number): boolean {
  return Math.abs(factor) === Infinity && Math.abs(tiny) < 2 ** -126;
}

function mapGrad(known: Of<"map" | "mapGrad">): Terms {
  const { derivative } = known.row;
  return {
    ...elementwise(known),
    inputs: ["dy", "x"],
    compute([dy = new Float32Array(), x = new Float32Array()], _, [a = 0, b = 0, c = 0]) {
      const exact = new Float64Array(x.length);
      const ulps = new Float64Array(x.length);
      const open = new Uint8Array(x.length);
      for (let i = 0; i < x.length; i++) {
        const [d, xi] = [dy[i] as number, x[i] as number];
        const slope = derivative(xi, a, b, c);
        exact[i] = scaled(d, slope, xi);
        // Below the normal range f' may have been rounded to float32 first.
        ulps[i] = Math.abs(exact[i] as number) < 2 ** -126 ? 2 + Math.abs(d) : d === 1 ? 1 : 1.5;
        open[i] = Number(isOpen(d, slope));
      }
      return [{ exact, ulps, open }];
    },
  };
}

/** Runs the formula of a row over all rows, in float64. */
function overRows(formula: RowFormula, a: Float32Array, b: Float32Array, layout: Layout, length: number) {
  const { outer, axis, inner } = layout;
  const exact = new Float64Array(length);
  // The formulas round nothing but what they store.
  const out = exact as unknown as Float32Array;
  for (let o = 0; length > 0 && o < outer; o++) {
    for (let i = 0; i < inner; i++) formula(a, b, out, o * axis * inner + i, axis, inner, o * inner + i);
  }
  return exact;
}

/** Of ops along an axis. */
const ROWS = { params: [], exactParams: false, refuses: () => false } as const;

function row({ name, row: facts }: Of<"row" | "rowGrad">): Terms {
  const length: Terms["length"] = (role, layout) =>
    role === "out" && facts.reduces ? layout.outer * layout.inner : elements(layout);
  return {
    ...ROWS,
    name,
    inputs: ["x"],
    outputs: ["out"],
    main: "x",
    axis: -1,
    length,
    compute([x = new Float32Array()], layout) {
      return [{ exact: overRows(facts.value, x, x, layout, length("out", layout)), ulps: 4, eitherZero: true }];
    },
  };
}

function rowGrad({ name, row: facts }: Of<"row" | "rowGrad">): Terms {
  return {
    ...ROWS,
    name,
    inputs: ["dy", "y"],
    outputs: ["out"],
    main: "y",
    axis: -1,
    length: (_, layout) => elements(layout),
    compute([dy = new Float32Array(), y = new Float32Array()], layout) {
      const { derivative } = facts;
      if (!derivative) throw new Error(`${name} has no formula`);
      const exact = overRows(derivative, dy, y, layout, y.length);
      // What cancels: the formula of the absolute values is as large as any of its terms.
      const slack = new Float64Array(y.length);
      const sizes = termSizes(dy, y, layout, vanishes(derivative));
      for (let i = 0; i < y.length; i++) slack[i] = 4 * ulp32(sizes[i] as number);
      return [{ exact, ulps: 2, slack, open: nonFinite(sizes) }];
    },
  };
}

/** Whether dx is 0 where y is, as in y (dy - sum dy y), unlike dy - e^y sum dy. */
function vanishes(derivative: RowFormula): boolean {
  const dx = new Float32Array(1);
  derivative(new Float32Array([1]), new Float32Array(1), dx, 0, 1, 1, 0);
  return dx[0] === 0;
}

/** The size of the terms of a gradient: |y| (|dy| + sum |dy y|) or |dy| + e^y sum |dy|. */
function termSizes(dy: Float32Array, y: Float32Array, { outer, axis, inner }: Layout, byY: boolean): Float64Array {
  const sizes = new Float64Array(y.length);
  for (let o = 0; y.length > 0 && o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * axis * inner + i;
      const end = start + axis * inner;
      let sum = 0;
      for (let k = start; k < end; k += inner) sum += Math.abs((dy[k] as number) * (byY ? (y[k] as number) : 1));
      for (let k = start; k < end; k += inner) {
        const [d, v] = [Math.abs(dy[k] as number), y[k] as number];
        sizes[k] = byY ? Math.abs(v) * (d + sum) : d + Math.exp(v) * sum;
      }
    }
  }
  return sizes;
}

/** 1 where a sum of terms is beyond float32: there the order of the steps decides between Infinity and NaN. */
function nonFinite(sizes: Float64Array): Uint8Array {
  return Uint8Array.from(sizes, (size) => Number(!(size < 2 ** 127)));
}

function gatedTerms(known: Of<"gated" | "gatedGrad">): Omit<Terms, "inputs" | "compute"> {
  return {
    ...ROWS,
    name: known.name,
    outputs: ["out"],
    main: "x",
    axis: -1,
    halves: true,
    length: (role, layout) => {
      const whole = role === "x" || (role === "out" && known.kind === "gatedGrad");
      return whole ? elements(layout) : elements(layout) / 2;
    },
  };
}

/** For each element of the result: its index, that of the half which goes through the gate, and that of the other. */
function* pairs({ outer, axis, inner }: Layout, gated: "a" | "b"): Generator<[number, number, number]> {
  const run = (axis / 2) * inner;
  for (let at = 0; outer * run > 0 && at < outer * run; at++) {
    const a = Math.floor(at / run) * 2 * run + (at % run);
    yield gated === "a" ? [at, a, a + run] : [at, a + run, a];
  }
}

function gated(known: Of<"gated" | "gatedGrad">): Terms {
  const facts = gateOf(known.row);
  const terms = gatedTerms(known);
  return {
    ...terms,
    inputs: ["x"],
    compute([x = new Float32Array()], layout) {
      const exact = new Float64Array(terms.length("out", layout));
      const open = new Uint8Array(exact.length);
      for (const [at, source, other] of pairs(layout, facts.gated)) {
        const gate = facts.value(x[source] as number);
        exact[at] = gate * (x[other] as number);
        open[at] = Number(isOpen(x[other] as number, gate));
      }
      return [{ exact, ulps: 2, open }];
    },
  };
}

function gatedGrad(known: Of<"gated" | "gatedGrad">): Terms {
  const facts = gateOf(known.row);
  return {
    ...gatedTerms(known),
    inputs: ["dy", "x"],
    compute([dy = new Float32Array(), x = new Float32Array()], layout) {
      const exact = new Float64Array(x.length);
      const open = new Uint8Array(x.length);
      for (const [at, source, other] of pairs(layout, facts.gated)) {
        const [d, s, factor] = [dy[at] as number, x[source] as number, x[other] as number];
        const [gate, slope] = [facts.value(s), facts.derivative(s)];
        exact[source] = d * factor * slope;
        exact[other] = d * gate;
        // Three factors, some infinite: which two meet first is not said.
        open[source] = Number(![d, factor, slope].every(Number.isFinite) || isOpen(d * factor, slope));
        open[other] = Number(isOpen(d, gate));
      }
      return [{ exact, ulps: 2, open }];
    },
  };
}

const PRELU = { ...ROWS, main: "x", axis: 1, slope: "slope" } as const;

/** slope x for x <= 0, and the limit where slope is 0 and x infinite. */
function leak(x: number, slope: number): number {
  return x > 0 ? x : slope === 0 && x === -Infinity ? -slope : x * slope;
}

function prelu({ name }: Of<"prelu" | "preluGrad">): Terms {
  return {
    ...PRELU,
    name,
    inputs: ["x", "slope"],
    outputs: ["out"],
    length: (_, layout) => elements(layout),
    compute([x = new Float32Array(), slope = new Float32Array()], { axis, inner }) {
      const exact = Float64Array.from(x, (xi, i) => leak(xi, slope[Math.floor(i / inner) % axis] as number));
      return [{ exact, ulps: 0.5 }];
    },
  };
}

function preluGrad({ name }: Of<"prelu" | "preluGrad">): Terms {
  return {
    ...PRELU,
    name,
    inputs: ["dy", "x", "slope"],
    outputs: ["dx", "dslope"],
    length: (role, layout) => (role === "dslope" ? layout.axis : elements(layout)),
    compute([dy = new Float32Array(), x = new Float32Array(), slope = new Float32Array()], { axis, inner }) {
      const exact = new Float64Array(x.length);
      const sums = new Float64Array(axis);
      const sizes = new Float64Array(axis);
      for (let i = 0; i < x.length; i++) {
        const c = Math.floor(i / inner) % axis;
        const [d, xi] = [dy[i] as number, x[i] as number];
        exact[i] = Number.isNaN(xi) ? xi : d * (xi > 0 ? 1 : (slope[c] as number));
        if (xi > 0) continue;
        (sums[c] as number) += d * xi;
        (sizes[c] as number) += Math.abs(d * xi);
      }
      // Sums in float64, in any order.
      const slack = sizes.map((size) => size * 2 ** -52 * Math.ceil(x.length / Math.max(axis, 1)));
      return [
        { exact, ulps: 0.5 },
        { exact: sums, ulps: 0.5, slack },
      ];
    },
  };
}

const STEPS = { ...ROWS, main: "x", axis: "channels" } as const;
const { fround } = Math;

/** scale and shift as numbers. */
function parametersOfSteps(): readonly Parameter[] {
  return ["scale", "shift"].map((name, i) => ({
    name,
    default: [1, -0][i] as number,
    domain: "finite",
    settings: [2, -0.5, 0, 1e30],
  }));
}

function affine({ name }: Of<"affine" | "affineGrad">): Terms {
  return {
    ...STEPS,
    name,
    params: parametersOfSteps(),
    inputs: ["x"],
    outputs: ["out"],
    length: (_, layout) => elements(layout),
    compute: ([x = new Float32Array()], _, [scale = 1, shift = -0]) => [
      { exact: Float64Array.from(x, (xi) => fround(fround(scale * xi) + shift)), ulps: 0 },
    ],
  };
}

function affineGrad({ name }: Of<"affine" | "affineGrad">): Terms {
  return {
    ...STEPS,
    name,
    params: parametersOfSteps(),
    inputs: ["dz", "x"],
    outputs: ["dx", "dscale", "dshift"],
    length: (role, layout) => (role === "dscale" || role === "dshift" ? 1 : elements(layout)),
    compute([dz = new Float32Array(), x = new Float32Array()], _, [scale = 1]) {
      const sumOf = (terms: Float64Array) => ({
        exact: Float64Array.of(terms.reduce((a, b) => a + b, 0)),
        ulps: 0.5,
        slack: Float64Array.of(terms.reduce((a, b) => a + Math.abs(b), 0) * 2 ** -52 * x.length),
      });
      return [
        { exact: Float64Array.from(dz, (d) => fround(d * scale)), ulps: 0 },
        sumOf(Float64Array.from(dz, (d, i) => d * (x[i] as number))),
        sumOf(Float64Array.from(dz)),
      ];
    },
  };
}

const KINDS: { readonly [K in Described["kind"]]: (known: Of<K>) => Terms } = {
  map,
  mapGrad,
  row,
  rowGrad,
  gated,
  gatedGrad,
  prelu,
  preluGrad,
  affine,
  affineGrad,
};

/** A kind without an entry above does not compile. */
export function termsOf(known: Described): Terms {
  const terms = KINDS[known.kind] as (known: Described) => Terms;
  return terms(known);
}
