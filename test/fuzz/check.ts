/** Runs one call and holds what it did against the contract. */
import type { FloatArray } from "../../src/model/arrays.ts";
import { Call, type Given, layoutOf } from "./call.ts";
import { type Expected, wrongIn } from "./expected.ts";
import type { Plan } from "./plan.ts";
import type { Entry } from "./table.ts";
import type { Layout, Logits, Parameter, Terms } from "./terms.ts";
import type { World } from "./world.ts";

/** What the contract says of a call. */
class Verdict {
  /** The errors of which one must be thrown; none where the call is right. */
  readonly faults = new Set<"TypeError" | "RangeError">();
  /** An error is right too. */
  mayThrow = false;
  /** So are any values. */
  anyValue = false;
  layout: Layout = { outer: 1, axis: 0, inner: 1 };
  params: number[] = [];
  /** The sink that is a number. */
  sink: number | undefined;
  zero = false;
}

const DOMAINS: { readonly [K in Parameter["domain"]]: (value: number) => boolean } = {
  finite: Number.isFinite,
  nonzero: (value) => Number.isFinite(value) && value !== 0,
  positive: (value) => Number.isFinite(value) && value > 0,
  nonnegative: (value) => Number.isFinite(value) && value >= 0,
  unsigned: (value) => value >= 0,
  number: (value) => !Number.isNaN(value),
};

/** The value of a parameter; undefined where it is refused. */
function paramOf(verdict: Verdict, param: Omit<Parameter, "settings">, value: unknown, exact: boolean): number {
  const used = value === undefined ? param.default : value;
  if (typeof used !== "number") {
    verdict.faults.add("TypeError");
    return Number.NaN;
  }
  const rounded = exact ? used : Math.fround(used);
  if (!DOMAINS[param.domain](rounded)) verdict.faults.add("RangeError");
  // A size has no sign.
  return param.domain === "nonnegative" || param.domain === "unsigned" ? rounded + 0 : rounded;
}

/** The dimensions that the call gives, or one for all; undefined where they are refused. */
function dimsOf(call: Call, verdict: Verdict, length: number): readonly number[] | undefined {
  const shape = call.options.get("shape");
  if (shape === undefined) return [length];
  if (!Array.isArray(shape)) {
    verdict.faults.add("TypeError");
    return undefined;
  }
  // What its elements say when they are first read.
  const { plan, dims } = call;
  const sizes = plan.shape === "getters" ? dims : (shape as unknown[]);
  if (sizes.some((size) => typeof size !== "number")) verdict.faults.add("TypeError");
  const bad = (size: unknown) => typeof size === "number" && (!Number.isSafeInteger(size) || size < 0);
  if (sizes.some(bad)) verdict.faults.add("RangeError");
  if (sizes.every((size) => typeof size === "number" && !bad(size))) {
    const right = sizes as readonly number[];
    if (right.reduce((a, b) => a * b, 1) === length) return right.length === 0 ? [1] : right;
    verdict.faults.add("RangeError");
  }
  return undefined;
}

function axisAt(call: Call, verdict: Verdict, rank: number, standard: Terms["axis"]): number | undefined {
  const given = call.options.get("axis");
  const axis = call.options.has("axis") ? given : standard === "channels" ? Math.min(1, rank - 1) : standard;
  if (axis === undefined) return undefined;
  if (typeof axis !== "number") verdict.faults.add("TypeError");
  else if (!Number.isInteger(axis) || axis < -rank || axis >= rank) verdict.faults.add("RangeError");
  else return axis < 0 ? axis + rank : axis;
  return undefined;
}

/** How the arrays lie. */
function layout(call: Call, verdict: Verdict, length: number): Layout | undefined {
  const { terms } = call;
  if (terms.axis === undefined) return { outer: 1, axis: length, inner: 1 };
  const dims = dimsOf(call, verdict, length);
  const slopes = terms.slope ? (call.given(terms.slope)?.length() ?? 1) : undefined;
  if (slopes === 1 || slopes === length) {
    if (dims) axisAt(call, verdict, dims.length, undefined);
    return slopes === 1 ? { outer: 1, axis: 1, inner: length } : { outer: 1, axis: length, inner: 1 };
  }
  if (slopes !== undefined && !call.options.has("shape")) {
    verdict.faults.add("RangeError");
    // Of two faults either is named.
    axisAt(call, verdict, 7, undefined);
    return undefined;
  }
  const at = dims && axisAt(call, verdict, dims.length, terms.axis);
  if (!dims || at === undefined) {
    // Whatever the rank, this is no axis.
    if (!dims) axisAt(call, verdict, 7, undefined);
    return undefined;
  }
  if (slopes !== undefined && dims[at] !== slopes) verdict.faults.add("RangeError");
  if (terms.halves && (dims[at] as number) % 2 !== 0) {
    // Whether a call with nothing to do is looked at so closely is not said.
    if (length === 0) verdict.mayThrow = true;
    else verdict.faults.add("RangeError");
  }
  return layoutOf(dims, at);
}

/**
 * Whether an array lies in memory that is freed or detached or out of bounds, by what the getters
 * have left.
 */
function isGone({ world }: Call, array: Given): boolean | "maybe" {
  const { memory, plan } = array;
  if (!memory) return false;
  const n = world.sizeOf(array);
  if (memory.detached) return true;
  if (memory.freed) {
    const [from, to] = memory.freed;
    if (n === 0) return "maybe";
    return plan.offset < to && plan.offset + n > from;
  }
  return memory.resized && plan.offset + (plan.wrap === "tracking" ? 0 : n) > memory.total;
}

const ODD_PROTOTYPES = new Set<string>(["noPrototype", "otherPrototype"]);

/** The arrays that the call looks at. */
function readArrays({ arrays, plan }: Call): readonly Given[] {
  return arrays.filter(({ option }) => plan.last === undefined || !option);
}

/** Whether no array is of the type that was meant: then the call is right, with another. */
function isOfOtherType(call: Call): boolean {
  return readArrays(call).every(({ plan, role }) => role === "mask" || plan.wrap === "otherType");
}

function judgeArrays(call: Call, verdict: Verdict): void {
  for (const array of readArrays(call)) {
    if (array.plan.wrap === "otherType" && isOfOtherType(call)) {
      verdict.mayThrow = true;
      verdict.anyValue = true;
      continue;
    }
    if (!array.memory) {
      verdict.faults.add("TypeError");
      continue;
    }
    const gone = isGone(call, array);
    if (gone === true) verdict.faults.add("RangeError");
    if (gone === "maybe" || ODD_PROTOTYPES.has(array.plan.wrap)) verdict.mayThrow = true;
    // A view that crosses arrays of alloc holds what lies between them.
    if (array.memory.plan.kind === "crossing" && array.memory.views.length === 3) verdict.mayThrow = true;
  }
}

function judgeOutputs(call: Call, verdict: Verdict): void {
  const outputs = call.arrays.filter(({ output, memory }) => output && memory);
  outputs.forEach((one, i) => {
    for (const other of outputs.slice(i + 1)) judgePair(one, other, verdict);
  });
}

function judgePair(a: Given, b: Given, verdict: Verdict): void {
  if (a.memory !== b.memory || a.length() === 0 || b.length() === 0) return;
  const overlap = a.plan.offset < b.plan.offset + b.length() && b.plan.offset < a.plan.offset + a.length();
  // Two objects may stand for one shared memory, which only looking at the bytes could tell.
  if ((a.memory?.buffers.length ?? 1) > 1 && a.plan.other !== b.plan.other) {
    verdict.mayThrow = true;
    verdict.anyValue ||= overlap;
  } else if (overlap) verdict.faults.add("RangeError");
}

/** Arguments that stand for nothing, or for options that are not. */
function judgeLast(call: Call, verdict: Verdict): void {
  const { plan, terms } = call;
  const last = plan.last ?? (call.isPositional ? call.arrays.find(({ output }) => output)?.plan.wrap : undefined);
  // Without own properties it may pass for an object of options.
  if (plan.last === "created") verdict.mayThrow = true;
  else if (plan.last !== undefined && !(plan.last === "otherType" && isOfOtherType(call))) {
    verdict.faults.add("TypeError");
  }
  if (last === "created" && plan.last === undefined) verdict.mayThrow = true;
  if (plan.unknown !== undefined && plan.last === undefined && !call.isPositional) verdict.faults.add("TypeError");
  if (terms.slope && call.slope !== undefined) {
    paramOf(verdict, { name: terms.slope, default: 0, domain: "finite" }, call.slope, false);
  }
}

/** The sink that is a number, and `empty`. */
function judgeLogits(call: Call, verdict: Verdict): void {
  const { options, terms, plan } = call;
  if (!terms.logits || plan.last !== undefined) return;
  const sink = options.get("sink");
  if (sink !== undefined && !call.given("sink")) {
    verdict.sink = paramOf(verdict, { name: "sink", default: 0, domain: "number" }, sink, false);
  }
  const empty = options.get("empty");
  verdict.zero = empty === "zero";
  if (empty === undefined || empty === "nan" || empty === "zero") return;
  verdict.faults.add(typeof empty === "string" ? "RangeError" : "TypeError");
}

/** The right lengths of an array. */
function lengthsOf({ terms }: Call, role: string, layout: Layout): readonly number[] {
  const { outer, axis, inner } = layout;
  if (terms.logits && (role === "bias" || role === "mask")) return [outer * axis * inner, axis];
  return [terms.logits && role === "sink" ? outer * inner : terms.length(role, layout)];
}

/** To be asked after the call: the getters decide. */
function judge(call: Call): Verdict {
  const verdict = new Verdict();
  const { terms } = call;
  judgeLast(call, verdict);
  judgeArrays(call, verdict);
  const ignored = call.plan.last !== undefined;
  verdict.params = terms.params.map((param) =>
    paramOf(verdict, param, ignored ? undefined : call.options.get(param.name), terms.exactParams),
  );
  judgeLogits(call, verdict);
  if (terms.params.length > 0 && terms.refuses(verdict.params)) verdict.faults.add("RangeError");
  const main = call.given(terms.main);
  if (!main?.memory) return verdict;
  const found = layout(call, verdict, main.length());
  if (!found) return verdict;
  verdict.layout = found;
  for (const array of call.arrays) {
    if (array.role === terms.main || array.role === terms.slope || !array.memory || isGone(call, array) === true)
      continue;
    if (ignored && array.option) continue;
    if (!lengthsOf(call, array.role, found).includes(array.length())) verdict.faults.add("RangeError");
  }
  // Results that no memory could hold.
  if (terms.outputs.some((role) => !call.given(role) && terms.length(role, found) > 2 ** 40))
    verdict.faults.add("RangeError");
  judgeOutputs(call, verdict);
  return verdict;
}

/** What is wrong with an error, if anything. */
function wrongError(call: Call, verdict: Verdict, error: unknown): string | undefined {
  if (error === call.thrown) return undefined;
  const { name, message } = error instanceof Error ? error : { name: typeof error, message: String(error) };
  const shown = `it throws ${name}: ${message.slice(0, 120)}`;
  const allowed = verdict.faults.size === 0 || verdict.faults.has(name as "TypeError");
  if (name !== "TypeError" && name !== "RangeError") return shown;
  if (!message.startsWith(`${call.terms.name}: `)) return `${shown}, without its name in front`;
  const free = verdict.mayThrow || call.touched;
  const [one, other] = (["Float32Array", "Float16Array"] as const).map((kind) => message.includes(` a ${kind}`));
  const isMixed = / is a Float(16|32)Array, /.test(message) && !/: mask is /.test(message);
  if (isMixed && !(one && other)) return `${shown}, without both types`;
  if (verdict.faults.size === 0 && !free) return `${shown}, but nothing is wrong`;
  if (!allowed && !free) return `${shown}, must be a ${[...verdict.faults].join(" or a ")}`;
  return undefined;
}

/** The arrays that the call gave back, in the order of the outputs. */
function resultsOf(call: Call, result: unknown): readonly unknown[] {
  const { outputs } = call.terms;
  if (outputs.length === 1) return [result];
  return outputs.map((role) => (result as Record<string, unknown>)[role]);
}

/** The options of logits, of a call that is right. */
function logitsOf(call: Call, { params, sink, zero }: Verdict): Logits {
  const { terms, world, plan } = call;
  const given = (role: string) => (terms.logits && plan.last === undefined ? call.given(role) : undefined);
  const [bias, mask, perRow] = ["bias", "mask", "sink"].map(given);
  return {
    scale: terms.params[0]?.name === "scale" ? (params[0] as number) : 1,
    bias: bias && world.saved(bias),
    mask: mask && world.savedBytes(mask),
    sink: perRow ? world.saved(perRow) : sink,
    zero,
  };
}

function wrongResult(call: Call, verdict: Verdict, result: unknown): string | undefined {
  const { terms, world } = call;
  const ignored = call.plan.last !== undefined;
  const inputs = terms.inputs.map((role) => {
    const array = call.given(role);
    return array ? world.saved(array) : Float32Array.of(call.slope as number);
  });
  const expected = terms.compute(inputs, verdict.layout, verdict.params, logitsOf(call, verdict));
  const results = resultsOf(call, result);
  for (const [i, role] of terms.outputs.entries()) {
    const array = ignored ? undefined : call.given(role);
    const given = array?.memory && array;
    const got = results[i];
    if (given && got !== given.value) return `${role} that was given is not what it returns`;
    const { kind, Floats } = world.numbers;
    if (!given && Object.getPrototypeOf(got) !== Floats.prototype) return `${role} is not a plain ${kind}`;
    const values = given ? current(world, given) : (got as FloatArray);
    const wrong = wrongIn(role, values, expected[i] as Expected, world.numbers);
    if (wrong) return wrong;
  }
  return undefined;
}

/** What stands in an output now, whatever its prototype. */
function current({ numbers, width }: World, { memory, plan, length }: Given): FloatArray {
  const buffer = memory?.buffers[0] as ArrayBufferLike;
  return new numbers.Floats(buffer, (memory?.byteOffset ?? 0) + width * plan.offset, length());
}

const POLLUTION = {
  alpha: 99,
  out: "inherited",
  shape: "inherited",
  axis: 5,
  scale: 7,
  empty: 3,
  get: undefined,
  nonsense: 1,
};

function polluted<T>(run: () => T): T {
  Object.assign(Object.prototype, POLLUTION);
  try {
    return run();
  } finally {
    for (const name of Object.keys(POLLUTION)) Reflect.deleteProperty(Object.prototype, name);
  }
}

function attempt(call: Call, entry: Entry): { result: unknown } | { error: unknown } {
  try {
    return { result: entry.op(call.terms.name)(...call.args) };
  } catch (error) {
    return { error };
  }
}

function run(call: Call, entry: Entry): string | undefined {
  const outcome = call.plan.polluted ? polluted(() => attempt(call, entry)) : attempt(call, entry);
  if (call.complaint) return call.complaint;
  const verdict = judge(call);
  if ("error" in outcome) return call.world.written([]) ?? wrongError(call, verdict, outcome.error);
  if (call.thrown) return "it goes on after a getter threw";
  if (verdict.faults.size > 0) return `it must throw a ${[...verdict.faults].join(" or a ")}`;
  const outputs = call.plan.last === undefined ? call.arrays.filter(({ output }) => output) : [];
  // The lengths of a memory that was resized meanwhile may be the old ones or the new ones.
  const resized = call.touched && call.world.memories.some((memory) => memory.resized);
  const wrong = resized || verdict.anyValue ? undefined : wrongResult(call, verdict, outcome.result);
  return wrong ?? call.world.written(outputs);
}

/** What a call does that the contract does not say, undefined if nothing. */
export function complaintOf(plan: Plan, entry: Entry): string | undefined {
  const call = new Call(plan, entry);
  try {
    const complaint = run(call, entry);
    return complaint && `${call.terms.name} of the ${entry.label} entry: ${complaint}`;
  } finally {
    call.world.close();
  }
}
