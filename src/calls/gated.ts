/** From a row of the table to a gated linear unit, gate(one half of an axis) times the other half, and its gradient. */
import * as engine from "#engine";
import type { ActivationName, Gated, GatedGrad } from "../engine/engine.ts";
import type { FloatArray, NewArray } from "../model/arrays.ts";
import type { Layout } from "../model/layout.ts";
import type { GatedRow, GateFormula } from "../model/row.ts";
import { checkInUse, checkKind, checkLength, outputFor } from "./arrays.ts";
import { bare, known, record } from "./describe.ts";
import { parametersOf } from "./parameters.ts";
import { type RowOptions, readSettings } from "./rows.ts";
import { checkLayout } from "./shape.ts";

/** y, half as long as x: a new array, or `out`. */
export interface GatedActivation {
  <A extends FloatArray>(x: FloatArray, out: A): A;
  <A extends FloatArray>(x: FloatArray, options: RowOptions<A> & { readonly out: A }): A;
  (x: FloatArray, options?: RowOptions<undefined>): NewArray;
  (x: FloatArray, out?: FloatArray | RowOptions): FloatArray;
}

/** dx, as long as x: a new array, or `out`. */
export interface GatedGradient {
  <A extends FloatArray>(dy: FloatArray, x: FloatArray, out: A): A;
  <A extends FloatArray>(dy: FloatArray, x: FloatArray, options: RowOptions<A> & { readonly out: A }): A;
  (dy: FloatArray, x: FloatArray, options?: RowOptions<undefined>): NewArray;
  (dy: FloatArray, x: FloatArray, out?: FloatArray | RowOptions): FloatArray;
}

/** The gate of a gated op and its derivative, with the defaults of the parameters of that activation. */
export function gateOf({ gated, gate }: GatedRow): GateFormula {
  const { row } = known(gate, "map");
  const { a, b, c } = parametersOf(row);
  return { gated, value: (x) => row.value(x, a, b, c), derivative: (x) => row.derivative(x, a, b, c) };
}

/** Elements of a run: the part of one half that lies side by side. */
function runOf(op: string, { axis, inner }: Layout): number {
  if (axis % 2 !== 0) throw new RangeError(`${op}: the axis has length ${axis}, expected an even one`);
  return (axis / 2) * inner;
}

export function gatedOp(name: ActivationName, facts: GatedRow): GatedActivation {
  const row = bare(facts);
  let run: Gated | undefined;
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.gated(name, gateOf(row));
    checkKind(name, "x", x);
    const { given, out: givenOut } = readSettings(name, argument);
    checkInUse(name, "x", x);
    const layout = checkLayout(name, given, "x", x.length);
    const length = runOf(name, layout);
    const out = outputFor(name, "out", givenOut, x.length / 2);
    if (x.length > 0) run(x, out, layout.outer, length);
    return out;
  };
  return record(op, { name, kind: "gated", of: name, row }) as GatedActivation;
}

export function gatedGradient(activation: GatedActivation): GatedGradient {
  const { of, row } = known(activation, "gated");
  const name = `${of}Grad`;
  let run: GatedGrad | undefined;
  const op = (dy: FloatArray, x: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.gatedGrad(of, gateOf(row));
    checkKind(name, "dy", dy);
    checkKind(name, "x", x);
    const { given, out: givenOut } = readSettings(name, argument);
    checkInUse(name, "dy", dy);
    checkInUse(name, "x", x);
    const layout = checkLayout(name, given, "x", x.length);
    const length = runOf(name, layout);
    checkLength(name, "dy", dy, x.length / 2);
    const out = outputFor(name, "out", givenOut, x.length);
    if (x.length > 0) run(dy, x, out, layout.outer, length);
    return out;
  };
  return record(op, { name, kind: "gatedGrad", of, row }) as GatedGradient;
}
