/** From a row of the table to an op on the rows along an axis and its gradient. */
import * as engine from "#engine";
import type { RowName, Rows } from "../engine/engine.ts";
import type { FloatArray, NewArray } from "../model/arrays.ts";
import type { RowOpRow } from "../model/row.ts";
import { checkInUse, checkKind, checkLength, isFloatArray, outputFor } from "./arrays.ts";
import { bare, known, record } from "./describe.ts";
import { checkOptions, readArray } from "./options.ts";
import { checkLayout, type GivenShape, ONE_ROW, readShape, type ShapeOptions } from "./shape.ts";

/** shape, axis and out. */
export type RowOptions<Out = FloatArray | undefined> = ShapeOptions & { readonly out?: Out };

/** y of x's shape, or one value per row: a new array, or `out`. */
export interface RowActivation {
  <A extends FloatArray>(x: FloatArray, out: A): A;
  <A extends FloatArray>(x: FloatArray, options: RowOptions<A> & { readonly out: A }): A;
  (x: FloatArray, options?: RowOptions<undefined>): NewArray;
  (x: FloatArray, out?: FloatArray | RowOptions): FloatArray;
}

/** dx from dy and the output y: a new array, or `out`. */
export interface RowGradient {
  <A extends FloatArray>(dy: FloatArray, y: FloatArray, out: A): A;
  <A extends FloatArray>(dy: FloatArray, y: FloatArray, options: RowOptions<A> & { readonly out: A }): A;
  (dy: FloatArray, y: FloatArray, options?: RowOptions<undefined>): NewArray;
  (dy: FloatArray, y: FloatArray, out?: FloatArray | RowOptions): FloatArray;
}

const NAMES = ["shape", "axis", "out"];

/** What the last argument says, an array or options. */
export function readSettings(op: string, argument: unknown): { given: GivenShape; out: FloatArray | undefined } {
  if (argument === undefined || isFloatArray(argument)) return { given: ONE_ROW, out: argument };
  checkOptions(op, argument, NAMES);
  const given = readShape(op, argument);
  return { given, out: readArray(op, argument, "out") };
}

export function rowOp(name: RowName, facts: RowOpRow): RowActivation {
  const row = bare(facts);
  const reduces = row.reduces ?? false;
  let run: Rows | undefined;
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.rows(name, row.value, reduces);
    checkKind(name, "x", x);
    const { given, out: givenOut } = readSettings(name, argument);
    checkInUse(name, "x", x);
    const layout = checkLayout(name, given, "x", x.length);
    const out = outputFor(name, "out", givenOut, reduces ? layout.outer * layout.inner : x.length);
    if (x.length > 0) run(x, x, out, layout);
    // The sum over no elements is 0.
    else if (reduces) out.fill(-Infinity);
    return out;
  };
  return record(op, { name, kind: "row", of: name, row }) as RowActivation;
}

/** The gradient of such an op, from its output. */
export function rowGradient(activation: RowActivation): RowGradient {
  const { of, row } = known(activation, "row");
  const { derivative } = row;
  if (!derivative) throw new TypeError(`${of} has no gradient from its output`);
  const name = `${of}Grad` as RowName;
  let run: Rows | undefined;
  const op = (dy: FloatArray, y: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.rows(name, derivative, false);
    checkKind(name, "dy", dy);
    checkKind(name, "y", y);
    const { given, out: givenOut } = readSettings(name, argument);
    checkInUse(name, "dy", dy);
    checkInUse(name, "y", y);
    checkLength(name, "dy", dy, y.length);
    const layout = checkLayout(name, given, "y", y.length);
    const out = outputFor(name, "out", givenOut, y.length);
    if (y.length > 0) run(dy, y, out, layout);
    return out;
  };
  return record(op, { name, kind: "rowGrad", of, row }) as RowGradient;
}
