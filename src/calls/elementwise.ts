/** From a row of the table to an elementwise op and its gradient: arguments, parameters, dispatch. */
import * as engine from "#engine";
import type { ActivationName, Backward, Forward } from "../engine/engine.ts";
import type { FloatArray, NewArray } from "../model/arrays.ts";
import type { Param, Parameters, Row } from "../model/row.ts";
import { checkInUse, checkKind, checkLength, isFloatArray, newArray } from "./arrays.ts";
import { bare, known, record } from "./describe.ts";
import { checkOptions, type Options as Given, ownOption, readArray } from "./options.ts";
import { rangeError } from "./refusal.ts";

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
interface Settings extends Parameters {
  readonly out: FloatArray | undefined;
}

/** What an op needs for its calls. It is made at the first one, for most programs use few of the ops. */
interface Ready<Run> {
  readonly run: Run;
  /** Of a call without options. */
  readonly defaults: Settings;
  /** Reads the options of a call. */
  read(argument: unknown): Settings;
}

/** The value of a parameter that the op has not. */
const nothing = (_options: Given) => 0;

function ready<Run>(op: string, row: Row<string>, run: Run): Ready<Run> {
  const params = Object.entries<Param>(row.params ?? {});
  const names = [...params.map(([name]) => name), "out"];
  const [first = nothing, second = nothing, third = nothing] = params.map(
    ([name, param]) =>
      (options: Given) =>
        param.domain.read(op, name, ownOption(options, name), param, row.exactParams),
  );
  const read = (argument: unknown) => {
    checkOptions(op, argument, names);
    const a = first(argument);
    const b = second(argument);
    const c = third(argument);
    const out = readArray(op, argument, "out");
    const complaint = row.check?.(a, b, c);
    if (complaint) throw rangeError(op, ...complaint);
    return { a, b, c, out };
  };
  return { run, defaults: read({}), read };
}

export function activation<P extends string = never>(name: ActivationName, facts: Row<P>): Activation<P> {
  const row = bare(facts);
  let made: Ready<Forward> | undefined;
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    made ??= ready(name, row, engine.map(name, row));
    checkKind(name, "x", x);
    let settings = made.defaults;
    let given: FloatArray | undefined;
    if (argument === undefined || isFloatArray(argument)) given = argument;
    else {
      settings = made.read(argument);
      given = settings.out;
    }
    const xPlace = checkInUse(name, "x", x);
    if (given === undefined) {
      const out = newArray(name, x.length);
      made.run(x, out, settings, xPlace, undefined);
      return out;
    }
    const outPlace = checkInUse(name, "out", given);
    checkLength(name, "out", given, x.length);
    made.run(x, given, settings, xPlace, outPlace);
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
    let settings = made.defaults;
    let given: FloatArray | undefined;
    if (argument === undefined || isFloatArray(argument)) given = argument;
    else {
      settings = made.read(argument);
      given = settings.out;
    }
    const dyPlace = checkInUse(name, "dy", dy);
    const xPlace = checkInUse(name, "x", x);
    checkLength(name, "dy", dy, x.length);
    if (given === undefined) {
      const out = newArray(name, x.length);
      made.run(dy, x, out, settings, dyPlace, xPlace, undefined);
      return out;
    }
    const outPlace = checkInUse(name, "out", given);
    checkLength(name, "out", given, x.length);
    made.run(dy, x, given, settings, dyPlace, xPlace, outPlace);
    return given;
  };
  return record(op, { name, kind: "mapGrad", of, row }) as Gradient<P>;
}
