/**
 * From a row of the table to a gated linear unit, gate(one half) times the other, and its gradient.
 */
import * as engine from "#engine";
import type { ActivationName, Gated, GatedGrad } from "../engine/engine.ts";
import type { Alike, FloatArray, NewArray } from "../model/arrays.ts";
import type { GatedRow, GateFormula, GateParam, Param } from "../model/row.ts";
import { checkApart, checkFirst, checkInUse, checkKind, checkLength, outputFor } from "./arrays.ts";
import { bare, known, record } from "./describe.ts";
import { halvesOf, type PairOptions, pairOf, reader, type SideOptions } from "./halves.ts";
import { parametersOf } from "./parameters.ts";
import { typeError } from "./refusal.ts";

/** Options of a gated op. */
export type GatedOptions<
  P extends GateParam = never,
  Out = Float32Array | undefined,
  A extends FloatArray = Float32Array,
> = SideOptions<P, A> & {
  readonly out?: Out;
};

/** Options of its gradient: as for the op, */
export type GatedGradOptions<P extends GateParam = never, Out = Float32Array | undefined> = SideOptions<P> & {
  readonly b?: undefined;
  readonly out?: Out;
};

/** and of that with the other half as an array of its own. */
export type PairGradOptions<
  P extends GateParam = never,
  Da = Float32Array | undefined,
  Db = Float32Array | undefined,
  A extends FloatArray = Float32Array,
> = PairOptions<P, A> & {
  readonly da?: Da;
  readonly db?: Db;
};

/** y, half as long as x, or with `b` as long: a new array, or `out`. */
export interface GatedActivation<P extends GateParam = never> {
  <A extends FloatArray>(x: Alike<A>, out: A): A;
  <A extends FloatArray>(x: Alike<A>, options: GatedOptions<P, A, Alike<A>> & { readonly out: A }): A;
  // Not generic, so that a union of ops can be called.
  (x: Float32Array, options?: GatedOptions<P, undefined>): NewArray;
  <A extends FloatArray>(x: A, options?: GatedOptions<P, undefined, Alike<A>>): NewArray<A>;
  <A extends FloatArray>(x: A, out?: Alike<A> | GatedOptions<P, Alike<A> | undefined, Alike<A>>): Alike<A>;
}

/** dx, as long as x, or with `b` both da and db: new arrays, or those given. */
export interface GatedGradient<P extends GateParam = never> {
  <A extends FloatArray>(dy: Alike<A>, x: Alike<A>, out: A): A;
  <A extends FloatArray, Da extends FloatArray | undefined = undefined, Db extends FloatArray | undefined = undefined>(
    dy: A,
    x: Alike<A>,
    options: PairGradOptions<P, Da, Db, Alike<A>>,
  ): { da: Da extends FloatArray ? Da : NewArray<A>; db: Db extends FloatArray ? Db : NewArray<A> };
  <A extends FloatArray>(dy: Alike<A>, x: Alike<A>, options: GatedGradOptions<P, A> & { readonly out: A }): A;
  (dy: Float32Array, x: Float32Array, options?: GatedGradOptions<P, undefined>): NewArray;
  <A extends FloatArray>(dy: A, x: Alike<A>, options?: GatedGradOptions<P, undefined>): NewArray<A>;
  <A extends FloatArray>(dy: A, x: Alike<A>, out?: Alike<A> | GatedGradOptions<P, Alike<A> | undefined>): Alike<A>;
}

/**
 * The gate of a gated op and its derivative: the activation with this as its first parameter, else
 * with its defaults.
 */
export function gateOf({ gated, gate }: GatedRow, alpha?: number): GateFormula {
  const { row } = known(gate, "map");
  const { a, b, c } = parametersOf(row, alpha === undefined ? [] : [alpha]);
  return { gated, value: (x) => row.value(x, a, b, c), derivative: (x) => row.derivative(x, a, b, c) };
}

export function gatedOp<P extends GateParam = never>(
  name: ActivationName,
  facts: GatedRow & { readonly params?: { readonly [K in P]: Param } },
): GatedActivation<P> {
  const row = bare(facts);
  const read = reader(name, row, ["out"]);
  let run: Gated | undefined;
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    run ??= engine.gated(name, (alpha) => gateOf(row, alpha));
    const kind = checkFirst(name, "x", x);
    const { side, outputs } = read(argument, kind);
    const { b } = side;
    checkInUse(name, "x", x);
    const halves = b ? pairOf(name, side, x, b) : halvesOf(name, side, x);
    const out = outputFor(name, "out", outputs.out, b ? x.length : x.length / 2, kind);
    if (x.length > 0) run(x, b, out, halves);
    return out;
  };
  return record(op, { name, kind: "gated", of: name, row }) as GatedActivation<P>;
}

export function gatedGradient<P extends GateParam>(activation: GatedActivation<P>): GatedGradient<P> {
  const { of, row } = known(activation, "gated");
  const name = `${of}Grad`;
  const read = reader(name, row, ["da", "db", "out"]);
  let run: GatedGrad | undefined;

  /** The output called `what` must not be given in this kind of call. */
  const refuse = (what: string, given: FloatArray | undefined, where: string, expected: string) => {
    if (given !== undefined) throw typeError(name, `${what} is given ${where}`, expected);
  };

  const op = (dy: FloatArray, x: FloatArray, argument?: unknown) => {
    run ??= engine.gatedGrad(of, (alpha) => gateOf(row, alpha));
    const kind = checkFirst(name, "dy", dy);
    checkKind(name, "x", x, kind);
    const { side, outputs } = read(argument, kind);
    const { b } = side;
    const { da: givenDa, db: givenDb, out: givenOut } = outputs;
    if (b) refuse("out", givenOut, "together with b", "da and db");
    else {
      refuse("da", givenDa, "without b", "out");
      refuse("db", givenDb, "without b", "out");
    }
    checkInUse(name, "dy", dy);
    checkInUse(name, "x", x);
    const halves = b ? pairOf(name, side, x, b) : halvesOf(name, side, x);
    checkLength(name, "dy", dy, b ? x.length : x.length / 2);
    if (!b) {
      const out = outputFor(name, "out", givenOut, x.length, kind);
      if (x.length > 0) run(dy, x, undefined, out, undefined, halves);
      return out;
    }
    const da = outputFor(name, "da", givenDa, x.length, kind);
    const db = outputFor(name, "db", givenDb, x.length, kind);
    checkApart(name, { da: givenDa, db: givenDb });
    if (x.length > 0) run(dy, x, b, da, db, halves);
    return { da, db };
  };
  return record(op, { name, kind: "gatedGrad", of, row }) as GatedGradient<P>;
}
