/**
 * The options of gated ops: which numbers are the two factors, and which of them goes through the
 * gate.
 */
import type { Halves } from "../engine/engine.ts";
import type { Kind } from "../engine/kinds.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { GatedRow, GateParam, Param } from "../model/row.ts";
import { checkInUse, checkLength, isOfKind, kindOf } from "./arrays.ts";
import { bare } from "./describe.ts";
import { checkOptions, type Options, ownOption, readArray } from "./options.ts";
import { rangeError, typeError } from "./refusal.ts";
import { checkLayout, type GivenShape, ONE_ROW, readShape, type ShapeOptions } from "./shape.ts";

/** What every call of a gated op may say. */
interface GateOptions extends ShapeOptions {
  /**
   * Which half goes through the gate: that at the front of the axis (or x), or the other (or b).
   */
  readonly gate?: "first" | "second" | undefined;
}

type Params<P extends GateParam> = { readonly [K in P]?: number | undefined };

/** Both halves in x: one after the other along the axis, or `interleaved`, in turn. */
type WholeOptions<P extends GateParam> = GateOptions &
  Params<P> & {
    readonly interleaved?: boolean | undefined;
    readonly b?: undefined;
  };

/** The first half is x, the second one `b`, of the same length. */
export type PairOptions<P extends GateParam, A extends FloatArray = Float32Array> = GateOptions &
  Params<P> & {
    readonly interleaved?: false | undefined;
    readonly b: A;
  };

export type SideOptions<P extends GateParam, A extends FloatArray = Float32Array> = WholeOptions<P> | PairOptions<P, A>;

/** What the options of a call say of its halves. */
interface Side {
  readonly given: GivenShape;
  readonly second: boolean;
  readonly interleaved: boolean;
  readonly b: FloatArray | undefined;
  readonly params: readonly number[];
}

/** The names of the arrays that calls write. */
type Output = "da" | "db" | "out";

type Outputs = { [K in Output]?: FloatArray | undefined };

/** All that they say. */
interface Settings {
  readonly side: Side;
  readonly outputs: Outputs;
}

function readGate(op: string, options: Options, standard: boolean): boolean {
  const gate = ownOption(options, "gate");
  if (gate === undefined) return standard;
  if (typeof gate !== "string") throw typeError(op, `gate is ${kindOf(gate)}`, '"first" or "second"');
  if (gate !== "first" && gate !== "second") {
    throw rangeError(op, `gate is "${gate}"`, '"first" or "second"');
  }
  return gate === "second";
}

function readInterleaved(op: string, options: Options): boolean {
  const interleaved = ownOption(options, "interleaved") ?? false;
  if (typeof interleaved === "boolean") return interleaved;
  throw typeError(op, `interleaved is ${kindOf(interleaved)}`, "true or false");
}

/**
 * A function that reads the last argument of a call, an array or options, among them these outputs.
 */
export function reader(
  op: string,
  { gated, params: facts }: GatedRow,
  outputs: readonly Output[],
): (argument: unknown, kind: Kind) => Settings {
  const params: readonly [string, Param][] = Object.entries(facts ?? {}).map(([name, param]) => [name, bare(param)]);
  const names = ["shape", "axis", "gate", "interleaved", "b", ...params.map(([name]) => name), ...outputs];
  const standard = gated === "b";
  const readParams = (options: Options) =>
    params.map(([name, param]) => param.domain.read(op, name, ownOption(options, name), param));
  const plain: Side = {
    given: ONE_ROW,
    second: standard,
    interleaved: false,
    b: undefined,
    params: readParams({}),
  };
  return (argument, kind) => {
    if (argument === undefined || isOfKind(argument, kind)) return { side: plain, outputs: { out: argument } };
    checkOptions(op, argument, names, kind);
    const side: Side = {
      given: readShape(op, argument),
      second: readGate(op, argument, standard),
      interleaved: readInterleaved(op, argument),
      b: readArray(op, argument, "b", kind),
      params: readParams(argument),
    };
    const given: Outputs = {};
    for (const name of outputs) given[name] = readArray(op, argument, name, kind);
    if (side.b && side.interleaved) {
      throw rangeError(op, "interleaved is true where b is given", "one of the two");
    }
    return { side, outputs: given };
  };
}

/** Both halves in x, whose axis they share. */
export function halvesOf(op: string, { given, interleaved, second, params }: Side, x: FloatArray): Halves {
  const { outer, axis, inner } = checkLayout(op, given, "x", x.length);
  if (axis % 2 !== 0) throw rangeError(op, `the axis has length ${axis}`, "an even one");
  const pairs = axis / 2;
  return interleaved
    ? { outer: outer * pairs, run: inner, second, params }
    : { outer, run: pairs * inner, second, params };
}

/** One half in x, the other in b: element by element, whatever the shape. */
export function pairOf(op: string, { given, second, params }: Side, x: FloatArray, b: FloatArray): Halves {
  checkInUse(op, "b", b);
  checkLength(op, "b", b, x.length);
  checkLayout(op, given, "x", x.length);
  return { outer: 1, run: x.length, second, params };
}
