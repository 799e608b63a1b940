/** From a row of the table to an elementwise op and its gradient: arguments, parameters, dispatch. */
import * as engine from "#engine";
import type { ActivationName } from "../engine/engine.ts";
import type { FloatArray, NewArray } from "../model/arrays.ts";
import type { Param, Row } from "../model/row.ts";
import { checkInUse, checkKind, checkLength, isFloatArray, newArray } from "./arrays.ts";
import { bare, known, record } from "./describe.ts";
import { checkOptions, checkParam, ownOption, readArray } from "./options.ts";

/** Parameters by name, and the output. */
export type Options<P extends string = never, Out = FloatArray | undefined> = {
  readonly [K in P]?: number | undefined;
} & { readonly out?: Out };

/** y = f(x): a new array, or `out`. */
export interface Activation<P extends string = never> {
  <A extends FloatArray>(x: FloatArray, out: A): A;
  <A extends FloatArray>(x: FloatArray, options: Options<P, A> & { readonly out: A }): A;
  (x: FloatArray, options?: Options<P, undefined>): NewArray;
  (x: FloatArray, out?: FloatArray | Options<P>): FloatArray;
}

/** dx = dy f'(x): a new array, or `out`. */
export interface Gradient<P extends string = never> {
  <A extends FloatArray>(dy: FloatArray, x: FloatArray, out: A): A;
  <A extends FloatArray>(dy: FloatArray, x: FloatArray, options: Options<P, A> & { readonly out: A }): A;
  (dy: FloatArray, x: FloatArray, options?: Options<P, undefined>): NewArray;
  (dy: FloatArray, x: FloatArray, out?: FloatArray | Options<P>): FloatArray;
}

/** What the last argument of a call says. */
interface Settings {
  readonly a: number;
  readonly b: number;
  readonly out: FloatArray | undefined;
}

/** Reads the options of a call; of no option, the defaults. */
function reader(op: string, row: Row<string>): (argument: unknown) => Settings {
  const params: readonly [string, Param][] = Object.entries(row.params ?? {}).map(([key, param]) => [key, bare(param)]);
  const [first, second] = params;
  const exact = row.exactParams ?? false;
  const names = [...params.map(([name]) => name), "out"];
  return (argument) => {
    checkOptions(op, argument, names);
    const a = first ? checkParam(op, first[0], ownOption(argument, first[0]), first[1], exact) : 0;
    const b = second ? checkParam(op, second[0], ownOption(argument, second[0]), second[1], exact) : 0;
    const out = readArray(op, argument, "out");
    const complaint = row.check?.(a, b);
    if (complaint) throw new RangeError(`${op}: ${complaint}`);
    return { a, b, out };
  };
}

const NOTHING: unknown = {};

export function activation<P extends string = never>(name: ActivationName, facts: Row<P>): Activation<P> {
  const row = bare(facts);
  const map = engine.map(name, row);
  const read = reader(name, row);
  const defaults = read(NOTHING);
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    checkKind(name, "x", x);
    let { a, b } = defaults;
    let given: FloatArray | undefined;
    if (argument === undefined || isFloatArray(argument)) given = argument;
    else ({ a, b, out: given } = read(argument));
    const xPlace = checkInUse(name, "x", x);
    if (given === undefined) {
      const out = newArray(name, x.length);
      map(x, out, a, b, xPlace, undefined);
      return out;
    }
    const outPlace = checkInUse(name, "out", given);
    checkLength(name, "out", given, x.length);
    map(x, given, a, b, xPlace, outPlace);
    return given;
  };
  return record(op, { name, kind: "map", of: name, row }) as Activation<P>;
}

/** The gradient of an activation of the table. */
export function gradient<P extends string>(activation: Activation<P>): Gradient<P> {
  const { of, row } = known(activation, "map");
  const name = `${of}Grad`;
  const mapGrad = engine.mapGrad(of, row);
  const read = reader(name, row);
  const defaults = read(NOTHING);
  const op = (dy: FloatArray, x: FloatArray, argument?: unknown): FloatArray => {
    checkKind(name, "dy", dy);
    checkKind(name, "x", x);
    let { a, b } = defaults;
    let given: FloatArray | undefined;
    if (argument === undefined || isFloatArray(argument)) given = argument;
    else ({ a, b, out: given } = read(argument));
    const dyPlace = checkInUse(name, "dy", dy);
    const xPlace = checkInUse(name, "x", x);
    checkLength(name, "dy", dy, x.length);
    if (given === undefined) {
      const out = newArray(name, x.length);
      mapGrad(dy, x, out, a, b, dyPlace, xPlace, undefined);
      return out;
    }
    const outPlace = checkInUse(name, "out", given);
    checkLength(name, "out", given, x.length);
    mapGrad(dy, x, given, a, b, dyPlace, xPlace, outPlace);
    return given;
  };
  return record(op, { name, kind: "mapGrad", of, row }) as Gradient<P>;
}
