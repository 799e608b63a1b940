/**
 * The elementwise ops as the tests walk over them: both built entries beside the row of the table.
 */
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import * as table from "../src/activations.generated.ts";
import { describe } from "../src/calls/describe.ts";
import { parametersOf } from "../src/calls/parameters.ts";
import type { About, Row } from "../src/model/row.ts";

/** An op without its types: tests also pass what the types forbid. */
export type AnyOp = (...args: readonly unknown[]) => Float32Array<ArrayBuffer>;

export interface Op {
  readonly name: string;
  readonly row: Row<string>;
  readonly about: About;
  /** The names of the parameters, and the lists of values to test: the defaults first. */
  readonly params: readonly string[];
  readonly settings: readonly (readonly number[])[];
}

/** A value of an entry by its name. */
export function exported(entry: "wasm" | "js", name: string): AnyOp {
  const value = (entry === "wasm" ? wasm : js)[name as keyof typeof wasm] as unknown;
  if (typeof value !== "function") throw new Error(`${name} is not exported by the ${entry} entry`);
  return value as AnyOp;
}

export const ENTRIES = ["wasm", "js"] as const;

/** Every elementwise activation of the table, once. */
export const OPS: readonly Op[] = [...new Set(Object.values(table))].flatMap((value) => {
  const described = describe(value);
  if (described?.kind !== "map" || !described.row.about) return [];
  const { name, row } = described;
  const { about } = described.row;
  const defaults = Object.values(row.params ?? {}).map((param) => param.default);
  return [{ name, row, about, params: Object.keys(row.params ?? {}), settings: [defaults, ...(about.settings ?? [])] }];
});

/** The options that pass these values of the parameters. */
export function optionsOf(op: Op, setting: readonly number[]): Record<string, number> {
  return Object.fromEntries(op.params.map((name, i) => [name, setting[i] as number]));
}

/** The parameters as a kernel takes them. */
export function passedOn(op: Op, setting: readonly number[]): readonly [a: number, b: number, c: number] {
  const { a, b, c } = parametersOf(op.row, setting);
  return [a, b, c];
}
