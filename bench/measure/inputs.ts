/** What the ops are fed: seeded sets of inputs, and how an op of each kind is called. */
import type { FloatArray } from "../../src/index.ts";
import type { Kind } from "../ops.ts";
import type { InputSet } from "../results.ts";
import type { Maker } from "./types.ts";

/**
 * One array, or several by name where an op gives several: the names are those of its options too.
 */
export type Result = FloatArray | Readonly<Record<string, FloatArray>>;
export type Op = (...args: readonly unknown[]) => Result;

/** Whether a result is one array. */
export const isArray = (result: Result): result is FloatArray => ArrayBuffer.isView(result);

/** Rows of softmax and its like: a small vocabulary, or the classes of ImageNet. */
const ROW_LENGTH = 1000;
const MOST_CHANNELS = 64;

/**
 * A distribution can fake a win: these differ in the branches and the special cases that they
 * reach.
 */
export const INPUT_SETS = {
  normal: (random: Random) => 3 * random.normal(),
  saturated: (random: Random) => random.sign() * (20 + 80 * random.uniform()),
  subnormal: (random: Random) => random.sign() * random.uniform() * 2 ** -126,
  negative: (random: Random) => -Math.abs(3 * random.normal()),
} as const satisfies Record<InputSet, (random: Random) => number>;

export function isInputSet(name: string): name is InputSet {
  return Object.hasOwn(INPUT_SETS, name);
}

/** xorshift32: the same numbers on every machine. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed;
  }

  /** Between 0 and 1, both excluded. */
  uniform(): number {
    let s = this.#state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.#state = s;
    return ((s >>> 0) + 0.5) / 2 ** 32;
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  sign(): number {
    return this.uniform() < 0.5 ? -1 : 1;
  }
}

/** The arguments of a call: arrays, then options. */
export interface Call {
  readonly arrays: readonly FloatArray[];
  /** Beside the output. Undefined where the output itself may be the last argument. */
  readonly options: Readonly<Record<string, unknown>> | undefined;
  /** What the time of a call is divided by. */
  readonly elements: number;
  /** How many rows of which length, for an op over rows. */
  readonly layout: readonly [rows: number, length: number];
}

/**
 * What is longer repeats itself: drawing takes longer than measuring, and no branch predictor
 * remembers so much.
 */
const MOST_DRAWN = 2 ** 17;

function filled(length: number, draw: () => number, Floats: Maker): FloatArray {
  const array = new Floats(length);
  const drawn = Math.min(length, MOST_DRAWN);
  for (let i = 0; i < drawn; i++) array[i] = draw();
  for (let known = drawn; known < length; known *= 2) array.copyWithin(known, 0, known);
  return array;
}

/** The largest power of two that divides n, but no more than MOST_CHANNELS. */
function channelsOf(n: number): number {
  let channels = 1;
  while (channels < MOST_CHANNELS && n % (2 * channels) === 0) channels *= 2;
  return channels;
}

/**
 * The call that an op of this kind gets at size n; undefined where there is none.
 *
 * @param forward the op that a gradient belongs to: some take its output
 * @param longest elements of a row, unless n is less
 * @param Floats the type of the arrays
 */
export function callOf(
  kind: Kind,
  n: number,
  set: InputSet,
  forward: Op,
  longest = ROW_LENGTH,
  Floats: Maker = Float32Array as Maker,
): Call | undefined {
  const random = new Random(0x9e3779b9);
  const draw = INPUT_SETS[set];
  const inputs = (length: number) => filled(length, () => draw(random), Floats);
  const above = (length: number) => filled(length, () => random.normal(), Floats);

  switch (kind) {
    case "map":
      return { arrays: [inputs(n)], options: undefined, elements: n, layout: [1, n] };
    case "mapGrad":
      return { arrays: [above(n), inputs(n)], options: undefined, elements: n, layout: [1, n] };
    case "row":
    case "rowGrad":
    case "reductionGrad": {
      const rows = Math.max(Math.floor(n / longest), 1);
      const row = Math.min(n, longest);
      const elements = rows * row;
      const options = { shape: [rows, row] };
      const x = inputs(elements);
      const arrays =
        kind === "row"
          ? [x]
          : kind === "reductionGrad"
            ? [above(rows), x]
            : [above(elements), forward(x, options) as FloatArray];
      return { arrays, options, elements, layout: [rows, row] };
    }
    case "gated":
    case "gatedGrad": {
      if (n % 2 !== 0) return undefined;
      const arrays = kind === "gated" ? [inputs(n)] : [above(n / 2), inputs(n)];
      return { arrays, options: {}, elements: n, layout: [1, n] };
    }
    case "prelu":
    case "preluGrad": {
      const channels = channelsOf(n);
      const slope = filled(channels, () => random.uniform(), Floats);
      const x = inputs(n);
      return {
        arrays: kind === "prelu" ? [x, slope] : [above(n), x, slope],
        options: { shape: [1, channels, n / channels] },
        elements: n,
        layout: [1, n],
      };
    }
  }
}

/** The same arguments in memory of `alloc`. */
export function inMemory(call: Call, alloc: (length: number) => FloatArray): Call {
  const arrays = call.arrays.map((array) => {
    const inside = alloc(array.length);
    inside.set(array);
    return inside;
  });
  return { ...call, arrays };
}

/** Makes the last argument: the options with outputs that fit `example`. */
export function withOutput(
  call: Pick<Call, "options">,
  example: Result,
  alloc: (length: number) => FloatArray,
): unknown {
  if (isArray(example)) {
    const out = alloc(example.length);
    return call.options ? { ...call.options, out } : out;
  }
  const outputs = Object.entries(example).map(([name, array]) => [name, alloc(array.length)] as const);
  return { ...call.options, ...Object.fromEntries(outputs) };
}

/** Calls something a number of times and gives the last result. */
export type Repeat = (times: number) => Result;

/**
 * A function that calls the op a number of times and gives the last result.
 *
 * The loops are spelled out so that each has one op at one call site, which the compiler can then
 * inline as it would in a user's own loop.
 */
export function repeat(op: Op, call: Pick<Call, "arrays">, last: unknown): Repeat {
  const [first, second, third] = call.arrays;
  switch (call.arrays.length) {
    case 1:
      return (times) => {
        let result = op(first, last);
        for (let i = 1; i < times; i++) result = op(first, last);
        return result;
      };
    case 2:
      return (times) => {
        let result = op(first, second, last);
        for (let i = 1; i < times; i++) result = op(first, second, last);
        return result;
      };
    default:
      return (times) => {
        let result = op(first, second, third, last);
        for (let i = 1; i < times; i++) result = op(first, second, third, last);
        return result;
      };
  }
}

/** Every array of a result, by name. */
export function arraysOf(result: Result): readonly (readonly [string, FloatArray])[] {
  return isArray(result) ? [["out", result]] : Object.entries(result);
}
