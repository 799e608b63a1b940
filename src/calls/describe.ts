/** What is known of an op beyond its call: for `prepare`, the tests, the benches and the docs. */
import type { ActivationName, RowName } from "../engine/engine.ts";
import type { AffineRow, GatedRow, PreluRow, Row, RowOpRow } from "../model/row.ts";

/**
 * An op of some kind, and its row. `of` is the op itself, for a gradient the op that it belongs to.
 */
interface Known<Kind extends string, Name extends string, OfRow> {
  readonly name: string;
  readonly kind: Kind;
  readonly of: Name;
  readonly row: OfRow;
}

export type DescribedElementwise = Known<"map" | "mapGrad", ActivationName, Row<string>>;
export type DescribedRows = Known<"row" | "rowGrad", RowName, RowOpRow>;
export type DescribedReductionGrad = Known<"reductionGrad", RowName, RowOpRow>;
export type DescribedGated = Known<"gated" | "gatedGrad", ActivationName, GatedRow>;
export type DescribedPrelu = Known<"prelu" | "preluGrad", "prelu", PreluRow>;
export type DescribedAffine = Known<"affine" | "affineGrad", "affine", AffineRow>;

export type Described =
  | DescribedElementwise
  | DescribedRows
  | DescribedReductionGrad
  | DescribedGated
  | DescribedPrelu
  | DescribedAffine;

const described = /* @__PURE__ */ new WeakMap<object, Described>();

/** The name and row of an op; undefined for any other value. */
export function describe(op: unknown): Described | undefined {
  return typeof op === "function" ? described.get(op) : undefined;
}

interface OfKind {
  readonly map: DescribedElementwise;
  readonly row: DescribedRows;
  readonly gated: DescribedGated;
  readonly prelu: DescribedPrelu;
  readonly affine: DescribedAffine;
}

/** What is known of an op that the table itself passes on. */
export function known<K extends keyof OfKind>(op: object, kind: K): OfKind[K] {
  const found = describe(op);
  if (found?.kind !== kind) throw new TypeError(`expected an op of the kind ${kind}`);
  return found as OfKind[K];
}

/**
 * A row that inherits nothing: what it does not say is undefined, whatever a page has added to
 * Object.prototype.
 */
export function bare<T extends object>(row: T): T {
  return Object.setPrototypeOf(row, null);
}

const names: string[] = [];

/** The names of all ops of the program: a bundler leaves out those that it does not use. */
export function opNames(): readonly string[] {
  return names;
}

/** What makes a name: one object for all ops, for each would take as long as the rest of an op. */
const NAME = /* @__PURE__ */ bare({ value: "" });

/**
 * Keeps what is known of an op, and names the function after it; one that a caller made stays out
 * of the list, which would keep its name.
 */
export function record<F extends (...args: never[]) => unknown>(op: F, about: Described): F {
  described.set(op, about);
  if (!("isCustom" in about.row)) names.push(about.name);
  NAME.value = about.name;
  return Object.defineProperty(op, "name", NAME);
}
