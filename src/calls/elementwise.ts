/** From a row of the table to an elementwise op and its gradient: arguments, parameters, dispatch. */
import * as engine from "#engine";
import type { ActivationName, Backward, Forward } from "../engine/engine.ts";
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

/** What an op needs for its calls. It is made at the first one, for most programs use few of the ops. */
interface Ready<Run> {
  readonly run: Run;
  readonly a: number;
  readonly b: number;
  /** Reads the options of a call. */
  read(argument: unknown): Settings;
}

function ready<Run>(op: string, row: Row<string>, run: Run): Ready<Run> {
  const params: readonly [string, Param][] = Object.entries(row.params ?? {});
  const [first, second] = params.map(([name, param]) => [name, bare(param)] as const);
  const exact = row.exactParams ?? false;
  const names = [...params.map(([name]) => name), "out"];
  const read = (argument: unknown) => {
    checkOptions(op, argument, names);
    const a = first ? checkParam(op, first[0], ownOption(argument, first[0]), first[1], exact) : 0;
    const b = second ? checkParam(op, second[0], ownOption(argument, second[0]), second[1], exact) : 0;
    const out = readArray(op, argument, "out");
    const complaint = row.check?.(a, b);
    if (complaint) throw new RangeError(`${op}: ${complaint}`);
    return { a, b, out };
  };
  const { a, b } = read({});
  return { run, a, b, read };
}

export function activation<P extends string = never>(name: ActivationName, facts: Row<P>): Activation<P> {
  const row = bare(facts);
  let made: Ready<Forward> | undefined;
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    made ??= ready(name, row, engine.map(name, row));
    checkKind(name, "x", x);
    let { a, b } = made;
    let given: FloatArray | undefined;
    if (argument === undefined || isFloatArray(argument)) given = argument;
    else ({ a, b, out: given } = made.read(argument));
    const xPlace = checkInUse(name, "x", x);
    if (given === undefined) {
      const out = newArray(name, x.length);
      made.run(x, out, a, b, xPlace, undefined);
      return out;
    }
    const outPlace = checkInUse(name, "out", given);
    checkLength(name, "out", given, x.length);
    made.run(x, given, a, b, xPlace, outPlace);
    return given;
  };
  return record(op, { name, kind: "map", of: name, row }) as Activation<P>;
}

/** The gradient of an activation of the table. */
export function gradient<P extends string>(activation: Activation<P>): Gradient<P> {
  const { of, row } = known(activation, "map");
  const name = `${of}Grad`;
  let made: Ready<Backward> | undefined;
  const op = (dy: FloatArray, x: FloatArray, argument?: unknown): FloatArray => {
    made ??= ready(name, row, engine.mapGrad(of, row));
    checkKind(name, "dy", dy);
    checkKind(name, "x", x);
    let { a, b } = made;
    let given: FloatArray | undefined;
    if (argument === undefined || isFloatArray(argument)) given = argument;
    else ({ a, b, out: given } = made.read(argument));
    const dyPlace = checkInUse(name, "dy", dy);
    const xPlace = checkInUse(name, "x", x);
    checkLength(name, "dy", dy, x.length);
    if (given === undefined) {
      const out = newArray(name, x.length);
      made.run(dy, x, out, a, b, dyPlace, xPlace, undefined);
      return out;
    }
    const outPlace = checkInUse(name, "out", given);
    checkLength(name, "out", given, x.length);
    made.run(dy, x, given, a, b, dyPlace, xPlace, outPlace);
    return given;
  };
  return record(op, { name, kind: "mapGrad", of, row }) as Gradient<P>;
}
