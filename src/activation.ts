/** From a row of the table to the function that users call: argument checks, parameters, dispatch. */
import { engine } from "#engine";
import { checkArray, checkLength, checkOptions, checkParam, isFloatArray } from "./check.ts";
import type { ActivationName, FloatArray } from "./engine.ts";
import type { Row } from "./row.ts";

/** Parameters and output by name. */
export type Options<P extends string, A extends FloatArray> = { readonly [K in P]?: number } & { readonly out?: A };

/** y = f(x): a new array, or `out`. */
export type Activation<P extends string = never> = <A extends FloatArray>(x: A, out?: A | Options<P, A>) => A;

/** dx = dy f'(x): a new array, or `out`. */
export type Gradient<P extends string = never> = <A extends FloatArray>(dy: A, x: A, out?: A | Options<P, A>) => A;

/** What is known of an op beyond its call: for `prepare`, the tests, the benches and the docs. */
export interface Described {
  readonly name: string;
  readonly kind: "map" | "mapGrad";
  /** The activation, of a gradient too. */
  readonly of: ActivationName;
  readonly row: Row<string>;
}

const described = new WeakMap<object, Described>();

/** The name and row of an op; undefined for any other value. */
export function describe(op: unknown): Described | undefined {
  return typeof op === "function" ? described.get(op) : undefined;
}

/** The parameters of one call. Reused from call to call: the common call makes no garbage. */
interface Settings {
  out: FloatArray | undefined;
  a: number;
  b: number;
}

/** Reads the last argument of a call. */
function settingsOf(op: string, row: Row<string>): (argument: unknown) => Settings {
  const params = Object.entries(row.params ?? {});
  const exact = row.exactParams ?? false;
  const known = [...params.map(([name]) => name), "out"];
  const values = params.map(([name, param]) => checkParam(op, name, undefined, param, exact));
  const defaults = { a: values[0] ?? 0, b: values[1] ?? 0 };
  const settings: Settings = { out: undefined, ...defaults };

  return (argument) => {
    settings.out = undefined;
    settings.a = defaults.a;
    settings.b = defaults.b;
    if (argument === undefined) return settings;
    if (isFloatArray(argument)) {
      settings.out = argument;
      return settings;
    }
    checkOptions(op, argument, known);
    const options = argument as { readonly [name: string]: unknown };
    const [first, second] = params;
    if (first) settings.a = checkParam(op, first[0], options[first[0]], first[1], exact);
    if (second) settings.b = checkParam(op, second[0], options[second[0]], second[1], exact);
    const complaint = row.check?.(settings.a, settings.b);
    if (complaint) throw new RangeError(`${op}: ${complaint}`);
    if (options.out !== undefined) {
      checkArray(op, "out", options.out);
      settings.out = options.out;
    }
    return settings;
  };
}

export function activation<P extends string = never>(name: ActivationName, row: Row<P>): Activation<P> {
  const map = engine.map(name, row);
  const settingsFor = settingsOf(name, row);
  const op = <A extends FloatArray>(x: A, argument?: A | Options<P, A>): A => {
    checkArray(name, "x", x);
    const { out: given, a, b } = settingsFor(argument);
    const out = given ?? new Float32Array(x.length);
    if (given) {
      checkArray(name, "out", given);
      checkLength(name, "out", given, x.length);
    }
    map(x, out, a, b);
    return out as A;
  };
  described.set(op, { name, kind: "map", of: name, row });
  return op;
}

/** The gradient of an activation of the table. */
export function gradient<P extends string>(of: Activation<P>): Gradient<P> {
  const known = describe(of);
  if (!known) throw new TypeError("gradient: expected an activation of the table");
  const { row } = known;
  const name = `${known.name}Grad`;
  const mapGrad = engine.mapGrad(known.of, row);
  const settingsFor = settingsOf(name, row);
  const op = <A extends FloatArray>(dy: A, x: A, argument?: A | Options<P, A>): A => {
    checkArray(name, "dy", dy);
    checkArray(name, "x", x);
    checkLength(name, "dy", dy, x.length);
    const { out: given, a, b } = settingsFor(argument);
    const out = given ?? new Float32Array(x.length);
    if (given) {
      checkArray(name, "out", given);
      checkLength(name, "out", given, x.length);
    }
    mapGrad(dy, x, out, a, b);
    return out as A;
  };
  described.set(op, { name, kind: "mapGrad", of: known.of, row });
  return op;
}
