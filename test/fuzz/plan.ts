/** A call of the fuzzer as plain data, which shrinks and prints, and how fast-check draws one. */
import fc from "fast-check";
import { hasHalf } from "./numbers.ts";
import { EVERY } from "./table.ts";

export type MemoryKind =
  | "plain"
  | "alloc"
  | "crossing"
  | "shared"
  | "realm"
  | "realmShared"
  | "growable"
  | "resizable"
  | "wasm";

/** What stands in a memory. */
export const PALETTES = ["near", "ones", "special", "wide", "subnormal", "huge", "bits", "zeros"] as const;

/** Memory that arrays of the call lie in. */
export interface MemoryPlan {
  readonly kind: MemoryKind;
  readonly palette: (typeof PALETTES)[number];
  readonly seed: number;
  /** Freed, detached or shrunk before the call. */
  readonly gone: boolean;
}

/** How an array is made of its memory. */
export const WRAPS = ["view", "subclass", "odd", "realm", "tracking", "noPrototype", "otherPrototype"] as const;

/** What is no array of the type of the call, though it may look like one. */
export const STRANGERS = [
  "otherType",
  "proxy",
  "created",
  "disguised",
  "tagged",
  "float64",
  "int32",
  "realmFloat64",
  "dataView",
  "buffer",
  "plainArray",
  "arrayLike",
  "string",
  "number",
  "null",
] as const;

export type Stranger = (typeof STRANGERS)[number];

export interface ArrayPlan {
  readonly memory: number;
  readonly offset: number;
  /** Added to the length that is right. */
  readonly extra: number;
  readonly wrap: (typeof WRAPS)[number] | Stranger;
  /**
   * Through the other of two objects that stand for one shared memory; of an array of alloc, an own
   * view.
   */
  readonly other: boolean;
}

/** A value of a parameter: one of those of the table, a number, or what is none. */
export type ValuePlan =
  | { readonly from: "table"; readonly index: number }
  | { readonly from: "number"; readonly value: number }
  | { readonly from: "junk"; readonly index: number };

export const EFFECTS = ["none", "write", "gone", "resize", "reenter", "reenterHere", "alloc", "throw"] as const;

/** An option behind a getter. */
export interface GetterPlan {
  /** Which of the options of the call. */
  readonly option: number;
  readonly effect: (typeof EFFECTS)[number];
  readonly memory: number;
  /** What it answers when it is read again. */
  readonly second: "same" | "other";
}

export const CONTAINERS = ["literal", "null", "inherits", "frozen", "proxy"] as const;
export const SHAPES = [
  "right",
  "getters",
  "proxy",
  "product",
  "negative",
  "fraction",
  "string",
  "typed",
  "number",
  "null",
] as const;
export const SLOPES = ["number", "one", "all", "channel", "wrong"] as const;
export const UNKNOWN = ["aplha", "dim", "constructor", "toString", "__proto__", "0"];

export const LENGTHS = ["all", "row", "wrong"] as const;

/** The options of logits beside the scale; the arrays of bias, mask and sink. */
export interface LogitPlan {
  readonly bias: (typeof LENGTHS)[number] | undefined;
  readonly mask: (typeof LENGTHS)[number] | undefined;
  readonly sink: "array" | ValuePlan | undefined;
  /** Index of EMPTIES. */
  readonly empty: number | undefined;
  readonly arrays: readonly ArrayPlan[];
}

export interface Plan {
  /** Index in the table. */
  readonly op: number;
  /** The arrays are of float16. */
  readonly half: boolean;
  readonly dims: readonly number[];
  /** The option `shape`; undefined where it is not given. */
  readonly shape: (typeof SHAPES)[number] | undefined;
  readonly axis:
    | { readonly from: "absent" }
    | { readonly from: "range"; readonly index: number }
    | { readonly from: "raw"; readonly index: number };
  /** The axis is made even where the op halves it. */
  readonly even: boolean;
  readonly slope: (typeof SLOPES)[number];
  readonly memories: readonly MemoryPlan[];
  readonly arrays: readonly ArrayPlan[];
  readonly params: readonly (ValuePlan | undefined)[];
  readonly logits: LogitPlan | undefined;
  /** Which outputs are given. */
  readonly given: readonly boolean[];
  /** The output is the last argument itself rather than an option. */
  readonly positional: boolean;
  /** The last argument is this stranger. */
  readonly last: Stranger | undefined;
  readonly container: (typeof CONTAINERS)[number];
  readonly unknown: number | undefined;
  readonly getters: readonly GetterPlan[];
  /** Somebody extended Object.prototype. */
  readonly polluted: boolean;
}

export const RAW_AXES: readonly unknown[] = [0, 1, -1, 6, -7, 0.5, Number.NaN, Infinity, 2 ** 31, "1", null, true];
export const JUNK: readonly unknown[] = [
  "1",
  null,
  true,
  [1],
  { valueOf: () => 1 },
  1n,
  Symbol("parameter"),
  new Number(1),
];
export const EMPTIES: readonly unknown[] = ["nan", "zero", "zero", "one", true, null];
const EXTREMES = [
  0,
  -0,
  1,
  -1,
  1 / 6,
  1e-45,
  -1e-45,
  1e-38,
  1e-30,
  -1e-20,
  1e10,
  1e20,
  -1e30,
  1e38,
  -3e38,
  3.4028234663852886e38,
  1e-50,
  1e39,
  -1e300,
  5e-324,
  Infinity,
  -Infinity,
  Number.NaN,
];

/** Objects that print as literals. */
const BARE = { noNullPrototype: true };

const rarely = (odds: number) => fc.integer({ min: 0, max: odds - 1 }).map((n) => n === odds - 1);
const often = (odds: number) => rarely(odds).map((rare) => !rare);
/** undefined, but once in `odds` times. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>, odds: number): fc.Arbitrary<T | undefined> =>
  weighted<T | undefined>([1, arbitrary], [odds - 1, fc.constant(undefined)]);
const weighted = <T>(...choices: readonly (readonly [number, fc.Arbitrary<T>])[]) =>
  fc.oneof(...choices.map(([weight, arbitrary]) => ({ weight: Math.round(weight * 10), arbitrary })));

export const MOST = 20_000;

/** The dimensions cut off where their product would be beyond MOST. */
function bounded(dims: readonly number[]): number[] {
  let product = 1;
  return dims.map((size) => {
    const kept = product * size <= MOST ? size : 1;
    product *= kept;
    return kept;
  });
}

const length = weighted(
  [6, fc.integer({ min: 0, max: 70 })],
  [1, fc.constantFrom(127, 128, 129, 255, 256, 1023, 1024, 1025, 4095, 4096, 4097, 8191, 8193, 12289, 16385)],
  [0.3, fc.integer({ min: 0, max: MOST })],
);

const dims = weighted<readonly number[]>(
  [4, length.map((n) => [n])],
  [5, fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 6 }).map(bounded)],
  [2, fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 80 })).map(([a, b]) => [a, b])],
  [0.3, fc.tuple(fc.integer({ min: 1, max: 5 }), length, fc.integer({ min: 1, max: 9 })).map(bounded)],
  [0.3, fc.constantFrom([2 ** 53 - 1, 0], [0, 2 ** 45, 3], [2 ** 26, 0], [3, 0, 2 ** 26], [2, 70_000, 0])],
);

const memory: fc.Arbitrary<MemoryPlan> = fc.record(
  {
    kind: weighted<MemoryKind>(
      [5, fc.constant("plain")],
      [6, fc.constant("alloc")],
      [1, fc.constant("crossing")],
      [1.5, fc.constant("shared")],
      [0.7, fc.constantFrom("realm", "realmShared")],
      [1, fc.constantFrom("growable", "resizable", "wasm")],
    ),
    palette: weighted<MemoryPlan["palette"]>([5, fc.constant("near")], [4, fc.constantFrom(...PALETTES)]),
    seed: fc.integer({ min: 0, max: 4095 }),
    gone: rarely(25),
  },
  BARE,
);

const array: fc.Arbitrary<ArrayPlan> = fc.record(
  {
    memory: fc.integer({ min: 0, max: 2 }),
    offset: weighted(
      [5, fc.constant(0)],
      [4, fc.integer({ min: 0, max: 9 })],
      [0.2, fc.integer({ min: 0, max: 5000 })],
    ),
    extra: weighted([40, fc.constant(0)], [1, fc.constantFrom(1, -1, 5, 1000)]),
    wrap: weighted<ArrayPlan["wrap"]>(
      [40, fc.constant("view")],
      [12, fc.constantFrom("subclass", "odd", "realm", "tracking")],
      [0.5, fc.constantFrom("noPrototype", "otherPrototype")],
      [0.8, fc.constantFrom(...STRANGERS)],
    ),
    other: fc.boolean(),
  },
  BARE,
);

const value: fc.Arbitrary<ValuePlan> = weighted<ValuePlan>(
  [4, fc.nat(3).map((index) => ({ from: "table", index }))],
  [4, fc.double({ min: -8, max: 8, noNaN: true }).map((n) => ({ from: "number", value: n }))],
  [2, fc.constantFrom(...EXTREMES).map((n) => ({ from: "number", value: n }))],
  [0.3, fc.nat(JUNK.length - 1).map((index) => ({ from: "junk", index }))],
);

const lengthPlan = weighted<(typeof LENGTHS)[number]>(
  [12, fc.constantFrom("all", "row")],
  [1, fc.constantFrom(...LENGTHS)],
);

const logits: fc.Arbitrary<LogitPlan> = fc.record(
  {
    bias: seldom(lengthPlan, 2),
    mask: seldom(lengthPlan, 2),
    sink: seldom(weighted<"array" | ValuePlan>([1, fc.constant("array")], [1, value]), 2),
    empty: seldom(weighted([10, fc.nat(2)], [1, fc.nat(EMPTIES.length - 1)]), 2),
    arrays: fc.tuple(array, array, array),
  },
  BARE,
);

const getter: fc.Arbitrary<GetterPlan> = fc.record(
  {
    option: fc.nat(8),
    effect: fc.constantFrom(...EFFECTS),
    memory: fc.nat(2),
    second: fc.constantFrom("same", "other"),
  },
  BARE,
);

/** A call of one of these ops. */
export function plans(ops: readonly number[] = EVERY.map((_, i) => i)): fc.Arbitrary<Plan> {
  return fc.record(
    {
      op: fc.constantFrom(...ops),
      half: hasHalf ? rarely(3) : fc.constant(false),
      dims,
      shape: weighted<Plan["shape"]>(
        [10, fc.constant("right")],
        [5, fc.constant(undefined)],
        [1, fc.constantFrom("getters", "proxy")],
        [0.5, fc.constantFrom(...SHAPES)],
      ),
      axis: weighted<Plan["axis"]>(
        [5, fc.constant({ from: "absent" })],
        [5, fc.nat(11).map((index) => ({ from: "range", index }))],
        [0.5, fc.nat(RAW_AXES.length - 1).map((index) => ({ from: "raw", index }))],
      ),
      even: often(20),
      slope: weighted<Plan["slope"]>([6, fc.constant("channel")], [4, fc.constantFrom(...SLOPES)]),
      memories: fc.tuple(memory, memory, memory),
      arrays: fc.tuple(array, array, array, array, array),
      params: fc.oneof(fc.constant([]), fc.tuple(seldom(value, 2), seldom(value, 2), seldom(value, 2))),
      logits: seldom(logits, 2),
      given: fc.tuple(often(4), often(4), often(4)),
      positional: fc.boolean(),
      last: seldom(fc.constantFrom(...STRANGERS), 80),
      container: weighted<Plan["container"]>([6, fc.constant("literal")], [1, fc.constantFrom(...CONTAINERS)]),
      unknown: seldom(fc.nat(UNKNOWN.length - 1), 60),
      getters: weighted<readonly GetterPlan[]>([8, fc.constant([])], [1, fc.array(getter, { maxLength: 3 })]),
      polluted: rarely(400),
    },
    BARE,
  );
}
