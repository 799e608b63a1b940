/** The ops of the package as the benches see them, read off its exports. */
import { type Described, describe } from "../src/calls/describe.ts";
import { parametersOf } from "../src/calls/parameters.ts";
// The plain twin, whatever is measured: here only what the exports say of themselves matters.
import * as table from "../src/index.ts";
import type { Direction, Shape } from "./results.ts";

/** Ways to call an op. */
export type Kind = Described["kind"];

/** A function of one number and its derivative, in float64, at the default parameters. */
export interface Curve {
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
}

/** One exported function: its name, how it is called, what its row in the table says. */
export interface Exported {
  readonly name: string;
  readonly kind: Kind;
  readonly known: Described;
}

/** An op and its gradient. */
export interface Benched extends Exported {
  readonly kind: Kind & Shape;
  readonly aliases: readonly string[];
  readonly gradient: Exported | undefined;
  readonly parameters: readonly { readonly name: string; readonly default: number }[];
  /** Of an elementwise op. */
  readonly curve: Curve | undefined;
  readonly formula: string;
  readonly source: string;
}

const all = Object.entries(table).flatMap(([exported, value]: [string, unknown]) => {
  const known = describe(value);
  return known ? [{ exported, known }] : [];
});

const functionOf = (known: Described): Exported => ({ name: known.name, kind: known.kind, known });

function namedParametersOf(known: Described): { name: string; default: number }[] {
  const params = known.kind === "map" ? Object.entries(known.row.params ?? {}) : [];
  return params.map(([name, param]) => ({ name, default: param.default }));
}

/** A function of a number and parameters. */
export type Formula = (x: number, a: number, b: number, c: number) => number;

/**
 * The formulas of an elementwise op as its row has them, and the default parameters, as the ops use
 * them.
 */
export interface Formulas {
  readonly value: Formula;
  readonly derivative: Formula;
  readonly parameters: readonly [a: number, b: number, c: number];
}

export function formulasOf({ row }: Extract<Described, { kind: "map" | "mapGrad" }>): Formulas {
  const { a, b, c } = parametersOf(row);
  return { value: row.value, derivative: row.derivative, parameters: [a, b, c] };
}

function curveOf(known: Described): Curve | undefined {
  if (known.kind !== "map") return undefined;
  const { value, derivative, parameters } = formulasOf(known);
  return { value: (x) => value(x, ...parameters), derivative: (x) => derivative(x, ...parameters) };
}

const shapeOf = ({ kind }: Described): Shape | undefined =>
  kind === "map" || kind === "row" || kind === "gated" || kind === "prelu" ? kind : undefined;

/** In the order of the exports, each once however many names it has. */
export const ops: readonly Benched[] = all.flatMap(({ exported, known }): Benched[] => {
  const kind = shapeOf(known);
  if (!kind || known.name !== exported) return [];
  const gradient = all.find((other) => other.known.of === known.of && !shapeOf(other.known))?.known;
  return [
    {
      name: known.name,
      kind,
      known,
      aliases: all.filter((other) => other.known === known && other.exported !== exported).map((o) => o.exported),
      gradient: gradient && functionOf(gradient),
      parameters: namedParametersOf(known),
      curve: curveOf(known),
      formula: known.row.about ? known.row.about.formula : "",
      source: known.row.about ? known.row.about.source : "",
    },
  ];
});

/** The op that is exported under this name, which may be a second one of it. */
export function opNamed(name: string): Benched | undefined {
  return ops.find((op) => op.name === name || op.aliases.includes(name));
}

/** The op itself, or its gradient. */
export function functionFor(op: Benched, direction: Direction): Exported | undefined {
  return direction === "forward" ? op : op.gradient;
}
