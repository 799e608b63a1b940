/**
 * From a row of the table to an elementwise op and its gradient: arguments, parameters, dispatch.
 */
import * as engine from "#engine";
import type { ActivationName, Backward, Forward } from "../engine/engine.ts";
import type { Kind } from "../engine/kinds.ts";
import type { Alike, FloatArray, NewArray } from "../model/arrays.ts";
import type { Param, Parameters, Row } from "../model/row.ts";
import { areInUse, checkFirst, checkInUse, checkKind, checkLength, isOfKind, newArray } from "./arrays.ts";
import type { StepOptions } from "./channels.ts";
import { bare, known, record } from "./describe.ts";
import {
  LAYER_GRAD_OPTIONS,
  LAYER_OPTIONS,
  type LayerCall,
  type LayerGradCall,
  type LayerSettings,
  layerCall,
  layerGradCall,
  type NamedParam,
  readLayer,
  readParam,
} from "./layer.ts";
import { type Options as AnyOptions, hasFurther, readArray } from "./options.ts";
import { rangeError } from "./refusal.ts";
import type { ShapeOptions } from "./shape.ts";

/**
 * Without any, nothing at all: an intersection with {} would take an array of another type for an
 * object of options.
 */
type Named<P extends string, A> = [P] extends [never] ? unknown : { readonly [K in P]?: number | A | undefined };

/**
 * Parameters by name, each a number or an array with one value per index of the axis, shape and
 * axis, and the output.
 */
export type GradientOptions<
  P extends string = never,
  Out = Float32Array | undefined,
  A extends FloatArray = Float32Array,
> = Named<P, A> & ShapeOptions & { readonly out?: Out };

/** The same, and the steps before the activation. */
export type Options<
  P extends string = never,
  Out = Float32Array | undefined,
  A extends FloatArray = Float32Array,
> = GradientOptions<P, Out, A> & StepOptions<A>;

/** y = f(x): a new array, or `out`. */
export interface Activation<P extends string = never> {
  <A extends FloatArray>(x: Alike<A>, out: A): A;
  <A extends FloatArray>(x: Alike<A>, options: Options<P, A, Alike<A>> & { readonly out: A }): A;
  // Not generic, so that a union of ops can be called.
  (x: Float32Array, options?: Options<P, undefined>): NewArray;
  <A extends FloatArray>(x: A, options?: Options<P, undefined, Alike<A>>): NewArray<A>;
  <A extends FloatArray>(x: A, out?: Alike<A> | Options<P, Alike<A> | undefined, Alike<A>>): Alike<A>;
}

/** dx = dy f'(x): a new array, or `out`. */
export interface Gradient<P extends string = never> {
  <A extends FloatArray>(dy: Alike<A>, x: Alike<A>, out: A): A;
  <A extends FloatArray>(dy: Alike<A>, x: Alike<A>, options: GradientOptions<P, A, Alike<A>> & { readonly out: A }): A;
  (dy: Float32Array, x: Float32Array, options?: GradientOptions<P, undefined>): NewArray;
  <A extends FloatArray>(dy: A, x: Alike<A>, options?: GradientOptions<P, undefined, Alike<A>>): NewArray<A>;
  <A extends FloatArray>(
    dy: A,
    x: Alike<A>,
    out?: Alike<A> | GradientOptions<P, Alike<A> | undefined, Alike<A>>,
  ): Alike<A>;
}

/** What the last argument of a call says. */
interface Settings extends Parameters {
  readonly out: FloatArray | undefined;
  /** Where it has steps or says anything per channel. */
  readonly layer: LayerSettings | undefined;
}

/**
 * What an op needs for its calls. It is made at the first one, for most programs use few of the
 * ops.
 */
interface Ready<Run> {
  readonly run: Run;
  /** Of a call without options. */
  readonly defaults: Settings;
  readonly params: readonly NamedParam[];
  /** Reads the options of a call. */
  read(argument: unknown, kind: Kind): Settings;
}

function ready<Run>(op: string, row: Row<string>, run: Run, further: readonly string[]): Ready<Run> {
  const exact = row.exactParams ?? false;
  const params = Object.entries<Param>(row.params ?? {}).map(([name, param]) => ({ name, param, exact }));
  const [first, second, third] = params;
  const names = [...params.map(({ name }) => name), "out"];
  const read = (argument: unknown, kind: Kind): Settings => {
    const isLayer = hasFurther(op, argument, names, further, kind);
    const options = argument as AnyOptions;
    const a = first ? readParam(op, options, first, kind) : 0;
    const b = second ? readParam(op, options, second, kind) : 0;
    const c = third ? readParam(op, options, third, kind) : 0;
    if (isLayer || typeof a === "object" || typeof b === "object" || typeof c === "object") {
      const layer = readLayer(op, options, [a, b, c], further === LAYER_OPTIONS, kind);
      return { a: 0, b: 0, c: 0, out: readArray(op, options, "out", kind), layer };
    }
    const out = readArray(op, options, "out", kind);
    const complaint = row.check?.(a, b, c);
    if (complaint) throw rangeError(op, ...complaint);
    return { a, b, c, out, layer: undefined };
  };
  return { run, params, defaults: read({}, "Float32Array"), read };
}

export function activation<P extends string = never>(name: ActivationName, facts: Row<P>): Activation<P> {
  const row = bare(facts);
  let made: Ready<Forward> | undefined;
  let half: Forward | undefined;
  let layer: LayerCall | undefined;
  const op = (x: FloatArray, argument?: unknown): FloatArray => {
    made ??= ready(name, row, engine.map(name, row), LAYER_OPTIONS);
    const from = engine.residentPlaceOf(x);
    const to = from && engine.residentPlaceOf(argument);
    if (to && to.length === from.length) {
      made.run(x, argument as FloatArray, made.defaults, from, to);
      return argument as FloatArray;
    }
    const kind = checkFirst(name, "x", x);
    let { run, defaults: settings } = made;
    if (kind === "Float16Array") {
      half ??= engine.mapHalf(name, row);
      run = half;
    }
    let given: FloatArray | undefined;
    if (argument === undefined || isOfKind(argument, kind)) given = argument;
    else {
      settings = made.read(argument, kind);
      given = settings.out;
      if (settings.layer) {
        layer ??= layerCall(name, row, made.params);
        return layer(x, settings.layer, given);
      }
    }
    if (given !== undefined && areInUse(x, given)) {
      run(x, given, settings, undefined, undefined);
      return given;
    }
    const xPlace = checkInUse(name, "x", x);
    if (given === undefined) {
      const out = newArray(name, x.length, kind);
      run(x, out, settings, xPlace, undefined);
      return out;
    }
    const outPlace = checkInUse(name, "out", given);
    checkLength(name, "out", given, x.length);
    run(x, given, settings, xPlace, outPlace);
    return given;
  };
  return record(op, { name, kind: "map", of: name, row }) as Activation<P>;
}

/** The gradient of an activation of the table. */
export function gradient<P extends string>(activation: Activation<P>): Gradient<P> {
  const { of, row } = known(activation, "map");
  const name = `${of}Grad`;
  let made: Ready<Backward> | undefined;
  let layer: LayerGradCall | undefined;
  const op = (dy: FloatArray, x: FloatArray, argument?: unknown): FloatArray => {
    made ??= ready(name, row, engine.mapGrad(of, row), LAYER_GRAD_OPTIONS);
    const above = engine.residentPlaceOf(dy);
    const from = above && engine.residentPlaceOf(x);
    const to = from && engine.residentPlaceOf(argument);
    if (to && to.length === from.length && to.length === above.length) {
      made.run(dy, x, argument as FloatArray, made.defaults, above, from, to);
      return argument as FloatArray;
    }
    const kind = checkFirst(name, "dy", dy);
    checkKind(name, "x", x, kind);
    let settings = made.defaults;
    let given: FloatArray | undefined;
    if (argument === undefined || isOfKind(argument, kind)) given = argument;
    else {
      settings = made.read(argument, kind);
      given = settings.out;
      if (settings.layer) {
        layer ??= layerGradCall(name, of, row, made.params);
        return layer(dy, x, settings.layer, given);
      }
    }
    if (given !== undefined && areInUse(x, given) && areInUse(dy, x)) {
      made.run(dy, x, given, settings, undefined, undefined, undefined);
      return given;
    }
    const dyPlace = checkInUse(name, "dy", dy);
    const xPlace = checkInUse(name, "x", x);
    checkLength(name, "dy", dy, x.length);
    if (given === undefined) {
      const out = newArray(name, x.length, kind);
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
