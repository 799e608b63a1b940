/** Gated linear units, gate(one half of an axis) times the other half, and their gradients: argument checks and dispatch. */
import { engine } from "#engine";
import { describe, record } from "./activation.ts";
import { checkArray, checkLength, outputFor } from "./check.ts";
import type { ActivationName, FloatArray } from "./engine.ts";
import { type RowAbout, type RowOptions, readSettings } from "./rows.ts";
import type { Layout } from "./shape.ts";

/** y, half as long as x: a new array, or `out`. */
export type GatedActivation = <A extends FloatArray>(x: A, out?: A | RowOptions<A>) => A;

/** dx, as long as x: a new array, or `out`. */
export type GatedGradient = <A extends FloatArray>(dy: A, x: A, out?: A | RowOptions<A>) => A;

export interface GatedFacts {
  /** The half that goes through the gate: "a", the first, or "b". */
  readonly gated: "a" | "b";
  /** The gate and its derivative in float64. */
  readonly value: (x: number) => number;
  readonly derivative: (x: number) => number;
  readonly about: RowAbout | false;
}

/** Elements of a run: the part of one half that lies side by side. */
function runOf(op: string, { axis, inner }: Layout): number {
  if (axis % 2 !== 0) throw new RangeError(`${op}: the axis has length ${axis}, expected an even one`);
  return (axis / 2) * inner;
}

export function gatedOp(name: ActivationName, facts: GatedFacts): GatedActivation {
  const run = engine.gated(name, facts);
  const op = <A extends FloatArray>(x: A, argument?: A | RowOptions<A>): A => {
    checkArray(name, "x", x);
    const { layout, out: given } = readSettings(name, argument, "x", x.length);
    const length = runOf(name, layout);
    const out = outputFor(name, "out", given, x.length / 2);
    run(x, out, layout.outer, length);
    return out as A;
  };
  record(op, { name, kind: "gated", of: name, row: facts });
  return op;
}

export function gatedGradient(of: GatedActivation): GatedGradient {
  const known = describe(of);
  if (known?.kind !== "gated") throw new TypeError("gatedGradient: expected a gated op");
  const name = `${known.name}Grad`;
  const run = engine.gatedGrad(known.of, known.row);
  const op = <A extends FloatArray>(dy: A, x: A, argument?: A | RowOptions<A>): A => {
    checkArray(name, "dy", dy);
    checkArray(name, "x", x);
    const { layout, out: given } = readSettings(name, argument, "x", x.length);
    const length = runOf(name, layout);
    checkLength(name, "dy", dy, x.length / 2);
    const out = outputFor(name, "out", given, x.length);
    run(dy, x, out, layout.outer, length);
    return out as A;
  };
  record(op, { name, kind: "gatedGrad", of: known.of, row: known.row });
  return op;
}
