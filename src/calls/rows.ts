/** From a row of the table to an op on the rows along an axis and its gradient. */
import * as engine from "#engine";
import type { Logits, RowName, Rows } from "../engine/engine.ts";
import type { Kind } from "../engine/kinds.ts";
import type { Alike, FloatArray, NewArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import type { RowOpRow } from "../model/row.ts";
import { checkFirst, checkInUse, checkKind, checkLength, isOfKind, outputFor } from "./arrays.ts";
import { bare, known, record } from "./describe.ts";
import {
  checkLogitLengths,
  checkLogitsInUse,
  type FloatLogitOptions,
  LOGIT_NAMES,
  type LogitOptions,
  readFactor,
  readLogits,
  SCALE_NAMES,
} from "./logits.ts";
import { checkOptions, readArray } from "./options.ts";
import { checkLayout, type GivenShape, ONE_ROW, readShape, type ShapeOptions } from "./shape.ts";

/** shape, axis and out, and what `Extra` has. */
export type RowOptions<Out = Float32Array | undefined, Extra = unknown> = ShapeOptions & {
  readonly out?: Out;
} & Extra;

/** Options of logits, their arrays of the type of A; others as they are. */
type Typed<Extra, A extends FloatArray> = Extra extends LogitOptions ? LogitOptions<Alike<A>> : Extra;

/** y of x's shape, or one value per row: a new array, or `out`. `Extra`: further options. */
export interface RowActivation<Extra = unknown> {
  <A extends FloatArray>(x: Alike<A>, out: A): A;
  <A extends FloatArray>(x: Alike<A>, options: RowOptions<A, Typed<Extra, A>> & { readonly out: A }): A;
  <A extends FloatArray>(x: A, options?: RowOptions<undefined, Typed<Extra, A>>): NewArray<A>;
  <A extends FloatArray>(x: A, out?: Alike<A> | RowOptions<Alike<A> | undefined, Typed<Extra, A>>): Alike<A>;
}

/** dx from dy and the output y: a new array, or `out`. `Extra`: further options. */
export interface RowGradient<Extra = unknown> {
  <A extends FloatArray>(dy: Alike<A>, y: Alike<A>, out: A): A;
  <A extends FloatArray>(dy: Alike<A>, y: Alike<A>, options: RowOptions<A, Typed<Extra, A>> & { readonly out: A }): A;
  <A extends FloatArray>(dy: A, y: Alike<A>, options?: RowOptions<undefined, Typed<Extra, A>>): NewArray<A>;
  <A extends FloatArray>(
    dy: A,
    y: Alike<A>,
    out?: Alike<A> | RowOptions<Alike<A> | undefined, Typed<Extra, A>>,
  ): Alike<A>;
}

/** dx from dy, one value per row, and x: a new array, or `out`. */
export interface ReductionGradient<Extra = unknown> {
  <A extends FloatArray>(dy: Alike<A>, x: Alike<A>, out: A): A;
  <A extends FloatArray>(dy: Alike<A>, x: Alike<A>, options: RowOptions<A, Typed<Extra, A>> & { readonly out: A }): A;
  <A extends FloatArray>(dy: A, x: Alike<A>, options?: RowOptions<undefined, Typed<Extra, A>>): NewArray<A>;
  <A extends FloatArray>(
    dy: A,
    x: Alike<A>,
    out?: Alike<A> | RowOptions<Alike<A> | undefined, Typed<Extra, A>>,
  ): Alike<A>;
}

const NAMES = ["shape", "axis", "out"];

/** What the last argument says, an array or options. */
interface Settings {
  readonly given: GivenShape;
  readonly out: FloatArray | undefined;
  readonly logits: Logits | undefined;
}

type Read = (op: string, argument: unknown, kind: Kind) => Settings;

/** How the last argument is read, of an op that takes some of the options of logits. */
function reader(takes: "nothing" | "scale" | "logits"): Read {
  const own = { nothing: [], scale: SCALE_NAMES, logits: LOGIT_NAMES }[takes];
  const names = [...NAMES.slice(0, -1), ...own, "out"];
  return (op, argument, kind) => {
    if (argument === undefined || isOfKind(argument, kind)) return { given: ONE_ROW, out: argument, logits: undefined };
    checkOptions(op, argument, names, kind);
    const given = readShape(op, argument);
    const logits =
      takes === "logits" ? readLogits(op, argument, kind) : takes === "scale" ? readFactor(op, argument) : undefined;
    return { given, out: readArray(op, argument, "out", kind), logits };
  };
}

/** The results of rows of no elements. */
function fillEmpty(out: FloatArray, sink: Logits["sink"]): void {
  if (typeof sink === "object") out.set(sink);
  else out.fill(sink ?? -Infinity);
}

/** One value per row. */
function countRows({ outer, inner }: Layout): number {
  return outer * inner;
}

export function rowOp(name: RowName, facts: RowOpRow & { readonly logits: true }): RowActivation<FloatLogitOptions>;
export function rowOp(name: RowName, facts: RowOpRow & { readonly logits?: never }): RowActivation;
export function rowOp(name: RowName, facts: RowOpRow): RowActivation<FloatLogitOptions> {
  const row = bare(facts);
  const { reduces = false, leftOut = -Infinity } = row;
  let run: Rows | undefined;
  let read: Read | undefined;
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.rows(name, row.value, reduces ? "reduce" : "map", leftOut);
    read ??= reader(row.logits ? "logits" : "nothing");
    const kind = checkFirst(name, "x", x);
    const { given, out: givenOut, logits } = read(name, argument, kind);
    checkInUse(name, "x", x);
    if (logits) checkLogitsInUse(name, logits);
    const layout = checkLayout(name, given, "x", x.length);
    if (logits) checkLogitLengths(name, logits, layout);
    const out = outputFor(name, "out", givenOut, reduces ? countRows(layout) : x.length, kind);
    if (x.length > 0) run(x, x, out, layout, logits);
    else if (reduces) fillEmpty(out, logits?.sink);
    return out;
  };
  return record(op, { name, kind: "row", of: name, row }) as RowActivation<FloatLogitOptions>;
}

/** The options of a gradient, of those of its op. */
type OfGradient<Extra> = Pick<Extra, keyof Extra & "scale">;

/** The gradient of such an op, from its output. */
export function rowGradient<Extra>(activation: RowActivation<Extra>): RowGradient<OfGradient<Extra>> {
  const { of, row } = known(activation, "row");
  const { derivative } = row;
  if (!derivative || row.reduces) throw new TypeError(`${of} has no gradient from its output`);
  const name = `${of}Grad` as RowName;
  let run: Rows | undefined;
  let read: Read | undefined;
  const op = (dy: FloatArray, y: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.rows(name, derivative, "pair", 0);
    read ??= reader(row.logits ? "scale" : "nothing");
    const kind = checkFirst(name, "dy", dy);
    checkKind(name, "y", y, kind);
    const { given, out: givenOut, logits } = read(name, argument, kind);
    checkInUse(name, "dy", dy);
    checkInUse(name, "y", y);
    checkLength(name, "dy", dy, y.length);
    const layout = checkLayout(name, given, "y", y.length);
    const out = outputFor(name, "out", givenOut, y.length, kind);
    if (y.length > 0) run(dy, y, out, layout, logits);
    return out;
  };
  return record(op, { name, kind: "rowGrad", of, row }) as RowGradient<OfGradient<Extra>>;
}

/** The gradient of an op that gives one value per row, from its input. */
export function reductionGradient<Extra>(activation: RowActivation<Extra>): ReductionGradient<Extra> {
  const { of, row } = known(activation, "row");
  const { derivative, leftOut = -Infinity } = row;
  if (!derivative || !row.reduces) throw new TypeError(`${of} has no gradient from its input`);
  const name = `${of}Grad` as RowName;
  let run: Rows | undefined;
  let read: Read | undefined;
  const op = (dy: FloatArray, x: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.rows(name, derivative, "spread", leftOut);
    read ??= reader(row.logits ? "logits" : "nothing");
    const kind = checkFirst(name, "dy", dy);
    checkKind(name, "x", x, kind);
    const { given, out: givenOut, logits } = read(name, argument, kind);
    checkInUse(name, "dy", dy);
    checkInUse(name, "x", x);
    if (logits) checkLogitsInUse(name, logits);
    const layout = checkLayout(name, given, "x", x.length);
    checkLength(name, "dy", dy, countRows(layout));
    if (logits) checkLogitLengths(name, logits, layout);
    const out = outputFor(name, "out", givenOut, x.length, kind);
    if (x.length > 0) run(x, dy, out, layout, logits);
    return out;
  };
  return record(op, { name, kind: "reductionGrad", of, row }) as ReductionGradient<Extra>;
}
