/**
 * What the contract says of each kind of op: its arguments, options, lengths, results. The ops come
 * from the table.
 */

import { SCALED_BOUND } from "../../scripts/verify/scaled.ts";
import type { Described } from "../../src/calls/describe.ts";
import { gateOf } from "../../src/calls/gated.ts";
import type { Row } from "../../src/model/row.ts";
import { ROWS, reductionGrad, row, rowGrad } from "./row-kinds.ts";
import { elements, type Layout, type Of, type Parameter, type Terms } from "./terms.ts";

function parametersOf(row: Row<string>): readonly Parameter[] {
  return Object.entries(row.params ?? {}).map(([name, param], i) => ({
    name,
    default: param.default,
    domain: param.domain.name,
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

/**
 * Infinity times what float32 has no normal number for: infinite or NaN, the contract speaks of
 * finite factors only.
 */
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
        ulps[i] = Math.abs(exact[i] as number) < 2 ** -126 ? 2 + Math.abs(d) : d === 1 ? 1 : SCALED_BOUND;
        open[i] = Number(isOpen(d, slope));
      }
      return [{ exact, ulps, open }];
    },
  };
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

/**
 * For each element of the result: its index, that of the half which goes through the gate, and that
 * of the other.
 */
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
  reductionGrad,
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
