/**
 * A report in less room, for the HTML file and for the browser's storage: costs in columns, which
 * compress to half of what rows do, and figures in few digits, still more than any clock gives.
 */
import type { Cost, Report } from "../results.ts";

const DIGITS = 4;
/** Of what says how far the samples lie apart. */
const SPREAD_DIGITS = 3;

const FIELDS = ["op", "direction", "engine", "mode", "inputs", "n", "bytes", "flags"] as const;
const SAMPLE = ["median", "p99", "mad", "count"] as const;

type Columns = { readonly [F in (typeof FIELDS)[number]]: readonly Cost[F][] } & {
  readonly [F in (typeof SAMPLE)[number]]: readonly Cost["ns"][F][];
};

export interface Packed extends Omit<Report, "costs" | "baselines"> {
  readonly costs: Columns;
  readonly baselines: Columns;
}

const rounded = (value: number, digits: number) =>
  Number.isInteger(value) ? value : Number(value.toPrecision(digits));

function columnsOf(costs: readonly Cost[]): Columns {
  const fields = FIELDS.map((field) => [field, costs.map((cost) => cost[field])]);
  const samples = SAMPLE.map((field) => {
    const digits = field === "median" ? DIGITS : SPREAD_DIGITS;
    return [field, costs.map(({ ns }) => rounded(ns[field], digits))];
  });
  return Object.fromEntries([...fields, ...samples]) as Columns;
}

function costsOf(columns: Columns): Cost[] {
  return columns.op.map((_, i) => {
    const of = Object.fromEntries(FIELDS.map((field) => [field, columns[field][i]])) as Omit<
      Cost,
      "ns" | "gbPerSecond"
    >;
    const ns = Object.fromEntries(SAMPLE.map((field) => [field, columns[field][i]])) as unknown as Cost["ns"];
    return { ...of, ns, gbPerSecond: rounded(of.bytes / ns.median, DIGITS) };
  });
}

/** What an op is, its parameters among it, is not measured: it stays as it is. */
export function pack({ costs, baselines, ops, ...rest }: Report): Packed {
  const short = (_: string, value: unknown) => (typeof value === "number" ? rounded(value, DIGITS) : value);
  return {
    ...(JSON.parse(JSON.stringify(rest, short)) as Omit<Report, "costs" | "baselines" | "ops">),
    ops,
    costs: columnsOf(costs),
    baselines: columnsOf(baselines),
  };
}

/** What is shown: the same numbers whether they come from here or from the file. */
export function unpack({ costs, baselines, ...rest }: Packed): Report {
  return { ...rest, costs: costsOf(costs), baselines: costsOf(baselines) };
}
