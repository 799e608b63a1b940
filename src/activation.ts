/** From a row of the table to the function that users call: argument checks, parameters, dispatch. */
import { engine } from "#engine";
import { checkArray, checkLength, checkOptions, checkParam, isFloatArray, outputFor } from "./check.ts";
import type { ActivationName, FloatArray, RowName } from "./engine.ts";
import type { GatedFacts } from "./gated.ts";
import type { PreluFacts } from "./prelu.ts";
import type { Row } from "./row.ts";
import type { RowFacts } from "./rows.ts";

/** Parameters and output by name. */
export type Options<P extends string, A extends FloatArray> = { readonly [K in P]?: number } & { readonly out?: A };

/** y = f(x): a new array, or `out`. */
export type Activation<P extends string = never> = <A extends FloatArray>(x: A, out?: A | Options<P, A>) => A;

/** dx = dy f'(x): a new array, or `out`. */
export type Gradient<P extends string = never> = <A extends FloatArray>(dy: A, x: A, out?: A | Options<P, A>) => A;

/** An op of the table, of some kind, and what its row says. `of` is the op itself, of a gradient that of which it is. */
interface Known<Kind extends string, Name extends string, Facts> {
  readonly name: string;
  readonly kind: Kind;
  readonly of: Name;
  readonly row: Facts;
}

export type DescribedElementwise = Known<"map" | "mapGrad", ActivationName, Row<string>>;

/** What is known of an op beyond its call: for `prepare`, the tests, the benches and the docs. */
export type Described =
  | DescribedElementwise
  | Known<"row" | "rowGrad", RowName, RowFacts>
  | Known<"gated" | "gatedGrad", ActivationName, GatedFacts>
  | Known<"prelu" | "preluGrad", "prelu", PreluFacts>;

const described = new WeakMap<object, Described>();

/** The name and row of an op; undefined for any other value. */
export function describe(op: unknown): Described | undefined {
  return typeof op === "function" ? described.get(op) : undefined;
}

/** Keeps what is known of an op, for `describe`. */
export function record(op: object, known: Described): void {
  described.set(op, known);
}

/** What an options argument says. */
interface Settings {
  readonly a: number;
  readonly b: number;
  readonly out: FloatArray | undefined;
}

/** Reads the options of a call; without an argument, gives the defaults. */
function settingsOf(op: string, row: Row<string>): (options?: unknown) => Settings {
  const params = Object.entries(row.params ?? {});
  const [first, second] = params;
  const exact = row.exactParams ?? false;
  const known = [...params.map(([name]) => name), "out"];
  return (argument = {}) => {
    checkOptions(op, argument, known);
    const options = argument as Readonly<Record<string, unknown>>;
    const a = first ? checkParam(op, first[0], options[first[0]], first[1], exact) : 0;
    const b = second ? checkParam(op, second[0], options[second[0]], second[1], exact) : 0;
    const complaint = row.check?.(a, b);
    if (complaint) throw new RangeError(`${op}: ${complaint}`);
    const { out } = options;
    if (out !== undefined) checkArray(op, "out", out);
    return { a, b, out };
  };
}

export function activation<P extends string = never>(name: ActivationName, row: Row<P>): Activation<P> {
  const map = engine.map(name, row);
  const read = settingsOf(name, row);
  const defaults = read();
  const op = <A extends FloatArray>(x: A, argument?: A | Options<P, A>): A => {
    checkArray(name, "x", x);
    if (argument === undefined || isFloatArray(argument)) {
      const out = outputFor(name, "out", argument, x.length);
      map(x, out, defaults.a, defaults.b);
      return out as A;
    }
    const settings = read(argument);
    const out = outputFor(name, "out", settings.out, x.length);
    map(x, out, settings.a, settings.b);
    return out as A;
  };
  record(op, { name, kind: "map", of: name, row });
  return op;
}

/** The gradient of an activation of the table. */
export function gradient<P extends string>(of: Activation<P>): Gradient<P> {
  const known = describe(of);
  if (known?.kind !== "map") throw new TypeError("gradient: expected an activation of the table");
  const { row } = known;
  const name = `${known.name}Grad`;
  const mapGrad = engine.mapGrad(known.of, row);
  const read = settingsOf(name, row);
  const defaults = read();
  const op = <A extends FloatArray>(dy: A, x: A, argument?: A | Options<P, A>): A => {
    checkArray(name, "dy", dy);
    checkArray(name, "x", x);
    checkLength(name, "dy", dy, x.length);
    if (argument === undefined || isFloatArray(argument)) {
      const out = outputFor(name, "out", argument, x.length);
      mapGrad(dy, x, out, defaults.a, defaults.b);
      return out as A;
    }
    const settings = read(argument);
    const out = outputFor(name, "out", settings.out, x.length);
    mapGrad(dy, x, out, settings.a, settings.b);
    return out as A;
  };
  record(op, { name, kind: "mapGrad", of: known.of, row });
  return op;
}
