/**
 * What there is to verify: every op of the table, in both directions, with each setting of its
 * parameters.
 */

import * as table from "../src/activations.generated.ts";
import { type DescribedElementwise, describe } from "../src/calls/describe.ts";
import { parametersOf } from "../src/calls/parameters.ts";
import type { Parameters, Row } from "../src/model/row.ts";

export type Direction = "forward" | "gradient";

/**
 * One activation in one direction, with one setting of its parameters, as the row's formulas take
 * them.
 */
export interface Case extends Parameters {
  /** The activation. */
  readonly of: string;
  /** The function that is exported: "tanh" or "tanhGrad". */
  readonly op: string;
  readonly direction: Direction;
  /** "default", or the parameters: "alpha=0.2". */
  readonly setting: string;
  readonly row: Row<string>;
  /** By name, as a user passes them; empty for the defaults. */
  readonly options: Readonly<Record<string, number>>;
}

/** How far a result may be off, in ULP. */
export const BOUND = 1;

/**
 * Every elementwise op of the table, in both directions; with `further`, at the further settings of
 * its row too.
 */
export function casesOf(further: boolean): Case[] {
  // Aliases are the same function under another name.
  const ops = [...new Set<unknown>(Object.values(table))].flatMap((op) => describe(op) ?? []);
  // The order of a namespace is up to the bundler.
  ops.sort((one, other) => (one.name < other.name ? -1 : 1));
  return ops.flatMap((op) => (op.kind === "map" || op.kind === "mapGrad" ? casesOfOp(op, further) : []));
}

function casesOfOp({ name, kind, of, row }: DescribedElementwise, further: boolean): Case[] {
  const params = Object.entries(row.params ?? {});
  const settings = further && row.about ? (row.about.settings ?? []) : [];
  return [undefined, ...settings].map((setting) => {
    const options: Record<string, number> = {};
    params.forEach(([param, { default: standard }], i) => {
      if (setting) options[param] = setting[i] ?? standard;
    });
    return {
      of,
      op: name,
      direction: kind === "map" ? "forward" : "gradient",
      setting: nameOf(options),
      row,
      options,
      ...parametersOf(row, setting),
    };
  });
}

function nameOf(options: Readonly<Record<string, number>>): string {
  const parts = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return parts.length === 0 ? "default" : parts.join(" ");
}
