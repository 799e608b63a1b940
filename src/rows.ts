/** Ops on the rows along an axis, and their gradients: argument checks and dispatch. */
import { engine } from "#engine";
import { describe, record } from "./activation.ts";
import { checkArray, checkLength, checkOptions, isFloatArray, outputFor } from "./check.ts";
import type { FloatArray, RowName } from "./engine.ts";
import { checkLayout, type Layout, type ShapeOptions } from "./shape.ts";

/** shape, axis and out of an op on rows. */
export type RowOptions<A extends FloatArray> = ShapeOptions & { readonly out?: A };

/** y of x's shape: a new array, or `out`. */
export type RowActivation = <A extends FloatArray>(x: A, out?: A | RowOptions<A>) => A;

/** dx from dy and the output y: a new array, or `out`. */
export type RowGradient = <A extends FloatArray>(dy: A, y: A, out?: A | RowOptions<A>) => A;

/**
 * One row in plain JavaScript: the elements at start, start + stride, ... of the inputs and of `out`, or, for an op that gives one
 * value per row, `out` at `at`.
 */
export type RowFormula = (
  a: FloatArray,
  b: FloatArray,
  out: FloatArray,
  start: number,
  count: number,
  stride: number,
  at: number,
) => void;

/** Facts for readers, tests, benches and docs; left out of the published bundle. */
export interface RowAbout {
  readonly formula: string;
  /** What it is called elsewhere. */
  readonly names: Readonly<Partial<Record<"pytorch" | "jax" | "keras" | "tfjs" | "onnx" | "webnn", string>>>;
  /** Who proposed it: authors and year, title. */
  readonly source: string;
}

export interface RowFacts {
  /** The op: x, x, out. */
  readonly value: RowFormula;
  /** Its gradient: dy, y, dx; none for an op that gives one value per row. */
  readonly derivative?: RowFormula;
  /** One value per row. */
  readonly reduces?: boolean;
  readonly about: RowAbout | false;
}

const KNOWN = ["shape", "axis", "out"];

interface Settings {
  readonly layout: Layout;
  readonly out: FloatArray | undefined;
}

/** What the last argument says, an array or options. */
export function readSettings(op: string, argument: unknown, what: string, length: number): Settings {
  if (argument === undefined || isFloatArray(argument)) {
    return { layout: { outer: 1, axis: length, inner: 1 }, out: argument };
  }
  checkOptions(op, argument, KNOWN);
  const options = argument as RowOptions<FloatArray>;
  const { out } = options;
  if (out !== undefined) checkArray(op, "out", out);
  return { layout: checkLayout(op, options, what, length), out };
}

/** An op on rows that gives an array of the shape of its input, or one value per row. */
export function rowOp(name: RowName, facts: RowFacts): RowActivation {
  const run = engine.rows(name, facts.value, facts.reduces ?? false);
  const op = <A extends FloatArray>(x: A, argument?: A | RowOptions<A>): A => {
    checkArray(name, "x", x);
    const { layout, out: given } = readSettings(name, argument, "x", x.length);
    const out = outputFor(name, "out", given, facts.reduces ? layout.outer * layout.inner : x.length);
    run(x, x, out, layout);
    return out as A;
  };
  record(op, { name, kind: "row", of: name, row: facts });
  return op;
}

/** The gradient of such an op, from its output. */
export function rowGradient(of: RowActivation): RowGradient {
  const known = describe(of);
  if (known?.kind !== "row" || !known.row.derivative) throw new TypeError("rowGradient: expected an op on rows");
  const name = `${known.name}Grad` as RowName;
  const run = engine.rows(name, known.row.derivative, false);
  const op = <A extends FloatArray>(dy: A, y: A, argument?: A | RowOptions<A>): A => {
    checkArray(name, "dy", dy);
    checkArray(name, "y", y);
    checkLength(name, "dy", dy, y.length);
    const { layout, out: given } = readSettings(name, argument, "y", y.length);
    const out = outputFor(name, "out", given, y.length);
    run(dy, y, out, layout);
    return out as A;
  };
  record(op, { name, kind: "rowGrad", of: known.of, row: known.row });
  return op;
}
