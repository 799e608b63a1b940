/**
 * The ops of the table as the docs see them, each with a curve of one variable to draw and to
 * measure.
 */

import { directionOf, jumpsOf, slopeOf } from "../../oracle/curves.ts";
import * as table from "../../src/activations.generated.ts";
import { type Described, type DescribedElementwise, describe } from "../../src/calls/describe.ts";
import { gateOf } from "../../src/calls/gated.ts";
import { parametersOf } from "../../src/calls/parameters.ts";
import type { About, GateFormula, Kink, RowOpRow } from "../../src/model/row.ts";

/** A function of one number and its derivative. */
export interface Curve {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  /** What x is, where the op takes more than that. */
  readonly of?: string;
}

/** What is true of an op at its defaults, in words where it takes more than one number. */
export interface Facts {
  readonly range: readonly [number, number];
  readonly monotone: string;
  readonly zeroCentred: boolean;
  readonly smooth: boolean;
  readonly kinks: readonly Kink[];
}

export interface Op {
  readonly name: string;
  /** Other names under which it is exported. */
  readonly aliases: readonly string[];
  readonly known: Described;
  readonly about: Pick<About, "formula" | "names" | "source">;
  /** How it is called; its gradient, if there is one. */
  readonly call: string;
  readonly gradient: { readonly name: string; readonly call: string } | undefined;
  /** Name, default, domain, in words. */
  readonly parameters: readonly { readonly name: string; readonly standard: string; readonly domain: string }[];
  readonly curve: Curve;
  readonly facts: Facts;
  /** What other ops say of this one. */
  readonly relation: string | undefined;
}

type Kind = Described["kind"];

/** Of the ops that are no gradients. */
export const KINDS: readonly { readonly kind: Kind; readonly title: string }[] = [
  { kind: "map", title: "Elementwise" },
  { kind: "row", title: "Along an axis" },
  { kind: "gated", title: "Gated" },
  { kind: "prelu", title: "With a learned slope" },
];

const DOMAINS = {
  finite: "any finite number",
  nonzero: "any finite number but 0",
  positive: "a finite number above 0",
  nonnegative: "a finite number, 0 or more",
  unsigned: "0 or more, Infinity too",
  number: "any number, infinities too",
} as const;

const SHAPE = [
  { name: "shape", standard: "one row of x.length", domain: "the dimensions of x" },
  { name: "axis", standard: "-1", domain: "a dimension, from the end if negative" },
];

const HALVES = [
  { name: "gate", standard: "", domain: '"first" or "second", the half that goes through the gate' },
  { name: "interleaved", standard: "false", domain: "true where the halves alternate along the axis" },
  {
    name: "b",
    standard: "none",
    domain: "the second half as an array of its own, of the length of x, which then is the first",
  },
];

/** The slope for which prelu is shown. */
const SLOPE = 0.25;

const yesOrNo = (yes: boolean) => (yes ? "yes" : "no");

/** By name: the order of a namespace is up to the bundler. */
const all = Object.entries<unknown>(table).sort(([a], [b]) => (a < b ? -1 : 1));
const elementwise = all.flatMap(([, op]): DescribedElementwise[] => {
  const known = describe(op);
  return known?.kind === "map" ? [known] : [];
});
const rows = all.flatMap(([, op]) => {
  const known = describe(op);
  return known?.kind === "row" ? [known] : [];
});

const PROBES = [-5.5, -2.25, -0.75, -0.125, 0, 0.125, 0.75, 2.25, 5.5];
const link = (name: string) => `[\`${name}\`](#${name.toLowerCase()})`;
const near = (one: number, other: number) => Math.abs(one - other) <= 1e-6 * Math.max(1, Math.abs(other));

type Body = Pick<Op, "parameters" | "curve" | "facts" | "relation">;

function elementwiseBody(known: DescribedElementwise, about: About): Body {
  const { row } = known;
  const { a, b, c } = parametersOf(row);
  const parameters = Object.entries(row.params ?? {}).map(([name, param]) => ({
    name,
    standard: String(Number(param.default.toPrecision(6))),
    domain: DOMAINS[param.domain.name],
  }));
  return {
    parameters,
    curve: { value: (x) => row.value(x, a, b, c), derivative: (x) => row.derivative(x, a, b, c) },
    facts: { ...about, monotone: yesOrNo(about.monotone), kinks: about.kinks?.(a, b, c) ?? [] },
    relation: undefined,
  };
}

/** The infimum and supremum of what comes out, huge standing for infinite. */
function rangeOf(results: readonly number[]): [number, number] {
  const end = (y: number) => (Math.abs(y) > 1e30 ? Math.sign(y) * Infinity : y + 0);
  return [end(Math.min(...results)), end(Math.max(...results))];
}

const INPUTS = [-3e38, -1e4, -10, -1, 0, 1, 10, 1e4, 3e38];
const bothSigns = ([low, high]: readonly [number, number]) => low < 0 && high > 0;

/** What can be seen of an op of which `at` gives the results for the row (u, v). */
function measured(curve: Curve, monotone: string, at: (u: number, v: number) => readonly number[]): Facts {
  const range = rangeOf(INPUTS.flatMap((u) => INPUTS.flatMap((v) => at(u, v))));
  const kinks = jumpsOf(curve.derivative).map((x) => ({ x, derivative: curve.derivative(x) }));
  return {
    range,
    monotone,
    zeroCentred: bothSigns(range) && at(0, 0).every((y) => y === 0),
    smooth: kinks.length === 0,
    kinks,
  };
}

/** The formulas are float64 throughout: only the arrays that they write to round. */
const doubles = (...values: readonly number[]) => Float64Array.from(values) as Float64Array & Float32Array;

function rowBody(facts: RowOpRow): Body {
  const at = (...x: readonly number[]) => {
    const out = doubles(...(facts.reduces ? [0] : x));
    facts.value(doubles(...x), doubles(...x), out, 0, x.length, 1, 0);
    return Array.from<number>(out);
  };
  const first = (x: number) => at(x, 0)[0] as number;
  const derivative = (x: number) => {
    if (!facts.derivative) return slopeOf(first, x);
    const dx = doubles(0, 0);
    facts.derivative(doubles(1, 0), doubles(...at(x, 0)), dx, 0, 2, 1, 0);
    return dx[0] ?? Number.NaN;
  };
  const own = `${directionOf(first)} in its own element`;
  const others = `, ${directionOf((x) => at(x, 0).at(-1) as number)} in the others`;
  const curve = { value: first, derivative, of: facts.reduces ? "the row (x, 0)" : "the first element of (x, 0)" };
  const same = rows.find(
    ({ row }) => row !== facts && PROBES.every((x) => near(derivative(x), firstOf(row, x))) && !facts.derivative,
  );
  return {
    parameters: SHAPE,
    curve,
    facts: measured(curve, facts.reduces ? `${directionOf(first)} in every element` : own + others, (u, v) => [
      ...at(u),
      ...at(u, v),
    ]),
    relation: same && `dx = dy ${link(same.name)}(x), dy of the row`,
  };
}

function firstOf(row: RowOpRow, x: number): number {
  const out = doubles(0, 0);
  row.value(doubles(x, 0), doubles(x, 0), out, 0, 2, 1, 0);
  return out[0] ?? Number.NaN;
}

function gatedBody({ gated, value, derivative }: GateFormula): Body {
  const other = gated === "a" ? "b" : "a";
  const at = (u: number, v: number) => [gated === "a" ? value(u) * v : u * value(v)];
  const curve = { value, derivative, of: `${gated} = x, ${other} = 1` };
  const gate = elementwise.find((known) => {
    const { a, b, c } = parametersOf(known.row);
    return PROBES.every((x) => near(value(x), known.row.value(x, a, b, c)));
  });
  const [above, below] = [directionOf(value), directionOf((x) => -value(x))];
  const monotone =
    above === below ? `${above} in ${gated}` : `${above} in ${gated} where ${other} > 0, ${below} where ${other} < 0`;
  return {
    parameters: [
      ...SHAPE,
      ...HALVES.map((half) =>
        half.name === "gate" ? { ...half, standard: gated === "a" ? "first" : "second" } : half,
      ),
    ],
    curve,
    facts: measured(curve, `no; ${monotone}, linear in ${other}`, at),
    relation: gate && `the gate is ${link(gate.name)}`,
  };
}

function preluBody(op: typeof table.prelu, grad: typeof table.preluGrad): Body {
  const value = (x: number, slope = SLOPE) => op(Float32Array.of(x), slope)[0] as number;
  const derivative = (x: number) => grad(Float32Array.of(1), Float32Array.of(x), SLOPE).dx[0] as number;
  const curve = { value, derivative, of: `slope ${SLOPE}` };
  const same = elementwise.find(
    ({ row }) =>
      Object.keys(row.params ?? {}).length === 1 &&
      [SLOPE, -2, 0.5].every((slope) => PROBES.every((x) => near(value(x, slope), row.value(x, slope, 0, 0)))),
  );
  const [rising, falling] = [directionOf(value), directionOf((x) => value(x, -SLOPE))];
  const monotone = rising === falling ? rising : `${rising} where slope >= 0, ${falling} where slope < 0`;
  return {
    parameters: [
      { name: "slope", standard: "none, an argument", domain: "a finite number, or an array of them" },
      { name: "shape", standard: "none", domain: "the dimensions of x, for one slope per index of the axis" },
      { name: "axis", standard: "1", domain: "a dimension, from the end if negative" },
    ],
    curve,
    facts: measured(curve, monotone, (u) => [value(u)]),
    relation:
      same && `for one slope it is ${link(same.name)} with \`${Object.keys(same.row.params ?? {})[0]}\` = slope`,
  };
}

function bodyOf(known: Described, about: Op["about"]): Body | undefined {
  switch (known.kind) {
    case "map":
      return elementwiseBody(known, about as About);
    case "row":
      return rowBody(known.row);
    case "gated":
      return gatedBody(gateOf(known.row));
    case "prelu":
      return preluBody(table.prelu, table.preluGrad);
    default:
      return undefined;
  }
}

const CALLS: Readonly<Record<Kind, string>> = {
  map: "x",
  mapGrad: "dy, x",
  row: "x, { shape, axis }",
  rowGrad: "dy, y, { shape, axis }",
  reductionGrad: "dy, x, { shape, axis }",
  gated: "x, { shape, axis, gate, interleaved, b }",
  gatedGrad: "dy, x, { shape, axis, gate, interleaved, b }",
  prelu: "x, slope, { shape, axis }",
  preluGrad: "dy, x, slope, { shape, axis }",
  affine: "x, { scale, shift, residual, shape, axis }",
  affineGrad: "dz, x, { scale, shift, shape, axis }",
};

function callOf({ name, kind, row }: Described): string {
  const params = "params" in row ? Object.keys(row.params ?? {}) : [];
  return `${name}(${CALLS[kind]}${params.length > 0 ? `, { ${params.join(", ")} }` : ""})`;
}

/** Every op that is no gradient, of every kind, in the table's order. */
export const OPS: readonly Op[] = all.flatMap(([exportedAs, op]): Op[] => {
  const known = describe(op);
  if (!known?.row.about || known.name !== exportedAs) return [];
  const about = known.row.about;
  const body = bodyOf(known, about);
  if (!body) return [];
  const aliases = all.filter(([other, value]) => value === op && other !== exportedAs).map(([other]) => other);
  const gradient = all.flatMap(([, value]) => describe(value) ?? []).find((k) => k.of === known.of && k !== known);
  return [
    {
      name: known.name,
      aliases,
      known,
      about,
      call: callOf(known),
      gradient: gradient && { name: gradient.name, call: callOf(gradient) },
      ...body,
    },
  ];
});
