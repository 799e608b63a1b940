/**
 * From a plan to the arguments of a call: arrays, options behind getters, containers of options.
 */
import { termsOf } from "./kinds.ts";
import { numbersOf } from "./numbers.ts";
import {
  type ArrayPlan,
  EMPTIES,
  type GetterPlan,
  JUNK,
  type MemoryPlan,
  type Plan,
  RAW_AXES,
  UNKNOWN,
  type ValuePlan,
} from "./plan.ts";
import { type Entry, EVERY } from "./table.ts";
import type { Layout, Terms } from "./terms.ts";
import { type Held, World } from "./world.ts";
import { strangerOf } from "./wraps.ts";

/** What a getter throws. */
export class Thrown extends Error {}

/** An array of the call, in which place. */
export interface Given extends Held {
  readonly role: string;
  readonly output: boolean;
  /** Passed among the options. */
  readonly option: boolean;
}

/** An array to make. */
interface Slot {
  readonly role: string;
  readonly output: boolean;
  readonly option: boolean;
  readonly plan: ArrayPlan;
  readonly length: number;
}

export class Call {
  readonly plan: Plan;
  readonly world: World;
  readonly terms: Terms;
  /** The dimensions, and the axis that the arrays are made for. */
  readonly dims: readonly number[];
  readonly axis: unknown;
  readonly arrays: readonly Given[];
  /** The slope that is a number. */
  readonly slope: unknown;
  /** What each option says when it is read first. */
  readonly options = new Map<string, unknown>();
  /** The output is the last argument itself. */
  readonly isPositional: boolean;
  readonly args: readonly unknown[];
  /** What getters were found to do wrong. */
  complaint: string | undefined;
  thrown: Thrown | undefined;
  /** Getters changed what the arrays are. */
  touched = false;

  constructor(plan: Plan, entry: Entry) {
    this.plan = plan;
    this.terms = termsOf(EVERY[plan.op] as (typeof EVERY)[number]);
    const { terms } = this;
    const shaped = terms.axis !== undefined && plan.shape !== undefined;
    const flat = plan.dims.reduce((a, b) => a * b, 1);
    const dims = shaped ? [...plan.dims] : [Math.min(flat, 20_000)];
    this.axis = terms.axis === undefined ? undefined : axisOf(plan, Math.max(dims.length, 1));
    const at = nominalAxis(terms, this.axis, Math.max(dims.length, 1));
    if (terms.halves && plan.even) {
      if (dims.length === 0) dims.push(2);
      else if ((dims[at] as number) % 2 !== 0 && (dims[at] as number) < 2 ** 20) dims[at] = (dims[at] as number) * 2;
    }
    this.dims = terms.outputs.some((role) => terms.length(role, layoutOf(dims, at)) > 2 ** 40)
      ? dims
      : dims.map((size) => Math.min(size, 2 ** 26));
    const slots = this.#slots(at);
    const totals = plan.memories.map((_, i) =>
      Math.max(
        0,
        ...slots.filter((s) => s.plan.memory === i).map((s) => s.plan.offset + s.length + Math.max(s.plan.extra, 0)),
      ),
    );
    const exact = plan.memories.map((_, i) => slots.some((s) => s.plan.memory === i && s.plan.wrap === "tracking"));
    const used = plan.memories.map(
      (memory, i): MemoryPlan => (slots.some((s) => s.plan.memory === i) ? memory : { ...memory, kind: "plain" }),
    );
    this.world = new World(entry, numbersOf(plan.half), used, totals, exact);
    this.arrays = this.#hold(slots);
    this.slope = terms.slope && plan.slope === "number" ? this.#value(plan.params[0], 0.25) : undefined;
    this.world.start();
    this.#setOptions(shaped);
    this.isPositional = plan.positional && terms.outputs.length === 1 && this.options.size === 0;
    if (!this.isPositional)
      for (const { output, role, value } of this.arrays) if (output) this.options.set(role, value);
    this.args = this.#arguments();
  }

  given(role: string): Given | undefined {
    return this.arrays.find((array) => array.role === role);
  }

  /** The arrays to make, and how long. */
  #slots(at: number): Slot[] {
    const { terms, plan, dims } = this;
    const layout = layoutOf(dims, at);
    const n = layout.outer * layout.axis * layout.inner;
    const slopes = { number: 1, one: 1, all: n, channel: layout.axis, wrong: layout.axis + 2 }[plan.slope];
    // Shapes of no elements may have long dimensions.
    const short = (length: number) => (length > 100_000 ? 1 : Math.floor(length));
    const lengthOf = (role: string) => {
      if (terms.slope && (role === terms.slope || role === `d${terms.slope}`)) return short(slopes);
      return short(terms.length(role, layout));
    };
    const roles = [
      ...terms.inputs
        .filter((role) => role !== terms.slope || plan.slope !== "number")
        .map((role) => ({ role, output: false })),
      ...terms.outputs.filter((_, i) => plan.given[i]).map((role) => ({ role, output: true })),
    ];
    const slots = roles.map(({ role, output }, i) => {
      const array = plan.arrays[i] as ArrayPlan;
      // A number is a slope.
      const wrap = role === terms.slope && array.wrap === "number" ? "string" : array.wrap;
      return { role, output, option: output, plan: { ...array, wrap }, length: lengthOf(role) };
    });
    return [...slots, ...this.#logitSlots(n, layout)];
  }

  /** Those of the options of logits. */
  #logitSlots(n: number, { outer, axis, inner }: Layout): Slot[] {
    const { logits } = this.plan;
    if (!logits || !this.terms.logits) return [];
    const { bias, mask, sink, arrays } = logits;
    const lengths = { all: n, row: axis, wrong: axis + 2 };
    const wanted = {
      bias: bias && lengths[bias],
      mask: mask && lengths[mask],
      sink: sink === "array" ? outer * inner : undefined,
    };
    return Object.entries(wanted).flatMap(([role, wide], i) => {
      const array = arrays[i] as ArrayPlan;
      // A number is a sink.
      const wrap = role === "sink" && array.wrap === "number" ? "string" : array.wrap;
      const length = wide === undefined || wide > 100_000 ? wide && 1 : wide;
      return length === undefined ? [] : [{ role, output: false, option: true, plan: { ...array, wrap }, length }];
    });
  }

  /** Equal plans give one array. */
  #hold(slots: readonly Slot[]): Given[] {
    const made = new Map<string, Held>();
    return slots.map(({ role, output, option, plan, length }) => {
      const bytes = role === "mask";
      const key = JSON.stringify([plan, length, bytes]);
      const held = made.get(key) ?? this.world.hold(plan, length, bytes);
      made.set(key, held);
      return { ...held, role, output, option };
    });
  }

  #value(plan: ValuePlan | undefined, standard: number, settings: readonly number[] = []): unknown {
    if (plan === undefined) return standard;
    if (plan.from === "table") return settings[plan.index % Math.max(settings.length, 1)] ?? standard;
    return plan.from === "number" ? plan.value : JUNK[plan.index];
  }

  #setOptions(shaped: boolean): void {
    const { terms, plan, options } = this;
    for (const [i, param] of terms.params.entries()) {
      const value = plan.params[i];
      if (value !== undefined) options.set(param.name, this.#value(value, param.default, param.settings));
    }
    if (terms.axis !== undefined) {
      if (shaped) options.set("shape", shapeOf(plan.shape, this.dims, this));
      if (this.axis !== undefined) options.set("axis", this.axis);
    }
    if (terms.logits && plan.logits) {
      const { sink, empty } = plan.logits;
      for (const { role, option, output, value } of this.arrays) if (option && !output) options.set(role, value);
      if (sink !== undefined && sink !== "array") options.set("sink", this.#value(sink, 0, [0, 1, -3]));
      if (empty !== undefined) options.set("empty", EMPTIES[empty]);
    }
    const unknown = plan.unknown === undefined ? undefined : UNKNOWN[plan.unknown];
    if (unknown !== undefined) options.set(unknown, 1);
  }

  /** What stands in the place of the output and the options. */
  get last(): unknown {
    const { plan, arrays } = this;
    if (plan.last !== undefined) return strangerOf(plan.last, 3, this.world.numbers)?.value;
    if (this.isPositional) return arrays.find(({ output }) => output)?.value;
    return this.options.size === 0 && plan.container === "literal" ? undefined : this.#contained();
  }

  #arguments(): unknown[] {
    const inputs = this.terms.inputs.map(
      (role) => this.given(role)?.value ?? (role === this.terms.slope ? this.slope : null),
    );
    return [...inputs, this.last];
  }

  /** The options in an object. */
  #contained(): object {
    const { plan, options } = this;
    const bare =
      plan.container === "null"
        ? Object.create(null)
        : plan.container === "inherits"
          ? Object.create({ alpha: 99, out: "inherited", shape: "inherited", nonsense: 1 })
          : {};
    const names = [...options.keys()];
    const getters = new Map(plan.getters.map((getter) => [names[getter.option % Math.max(names.length, 1)], getter]));
    for (const [name, value] of options) {
      const getter = getters.get(name);
      const how = getter ? { get: this.reader(name, value, getter) } : { value, writable: true };
      Object.defineProperty(bare, name, { ...how, enumerable: true, configurable: true });
    }
    if (plan.container === "frozen") return Object.freeze(bare) as object;
    return plan.container === "proxy" ? counting(bare as object, this) : (bare as object);
  }

  /** A getter that answers once, does what the plan says, and complains when it is asked again. */
  reader(name: string, value: unknown, getter: GetterPlan): () => unknown {
    let reads = 0;
    return () => {
      reads++;
      if (reads > 1) {
        this.complain(`option ${name} was read more than once`);
        return getter.second === "same" ? value : [64, "other", 1e6];
      }
      const written = this.world.written([]);
      if (written) this.complain(`before option ${name} was read, ${written}`);
      this.#act(getter);
      this.world.save();
      return value;
    };
  }

  complain(complaint: string): void {
    this.complaint ??= complaint;
  }

  #act({ effect, memory: index }: GetterPlan): void {
    const { world } = this;
    const memory = world.memories[index] as (typeof world.memories)[number];
    switch (effect) {
      case "write":
        world.rewrite(memory);
        break;
      case "gone":
        this.touched = true;
        world.remove(memory);
        break;
      case "resize":
        if (memory.plan.kind !== "growable" && memory.plan.kind !== "resizable") break;
        this.touched = true;
        world.resize(memory, memory.total + 4);
        break;
      case "alloc":
        world.entry.free(world.entry.alloc(70_000, world.numbers.Floats));
        break;
      case "throw":
        this.thrown = new Thrown("a getter");
        throw this.thrown;
      case "reenter":
      case "reenterHere": {
        const x = effect === "reenter" ? new world.numbers.Floats(300).fill(2) : this.arrays[0]?.value;
        try {
          world.entry.op("tanh")(x, x);
          world.entry.op("prelu")(x, world.numbers.Floats.from([0.5]), x);
          world.entry.op("softmaxGrad")(x, x, x);
        } catch {
          // It may be no array.
        }
        break;
      }
      default:
    }
  }
}

/** A proxy that complains when an option is read twice. */
function counting(target: object, call: Call): object {
  const reads = new Set<PropertyKey>();
  return new Proxy(target, {
    get(from, key) {
      if (typeof key === "string" && reads.has(key)) call.complain(`option ${key} was read more than once`);
      reads.add(key);
      return Reflect.get(from, key) as unknown;
    },
  });
}

function axisOf({ axis }: Plan, rank: number): unknown {
  if (axis.from === "absent") return undefined;
  return axis.from === "range" ? (axis.index % (2 * rank)) - rank : RAW_AXES[axis.index];
}

/** The axis that the arrays are made for: the one given, else the default, else 0. */
function nominalAxis(terms: Terms, axis: unknown, rank: number): number {
  const wanted = axis === undefined ? terms.axis : axis;
  if (typeof wanted !== "number" || !Number.isInteger(wanted) || wanted < -rank || wanted >= rank) return 0;
  return wanted < 0 ? wanted + rank : wanted;
}

export function layoutOf(dims: readonly number[], at: number) {
  const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
  return { outer: product(dims.slice(0, at)), axis: dims[at] ?? 1, inner: product(dims.slice(at + 1)) };
}

/**
 * The option `shape`: right, or wrong in some way, or right but with elements that answer something
 * else the second time.
 */
function shapeOf(shape: Plan["shape"], dims: readonly number[], call: Call): unknown {
  switch (shape) {
    case "product":
      return [...dims, 3];
    case "negative":
      return [-1, ...dims.map((size) => -size)];
    case "fraction":
      return [...dims, 1.5];
    case "string":
      return [...dims, "1"];
    case "typed":
      return Float64Array.from(dims);
    case "number":
      return dims[0] ?? 1;
    case "null":
      return null;
    case "getters": {
      const array: number[] = [];
      dims.forEach((size, i) => {
        const get = call.reader(`shape[${i}]`, size, { option: 0, effect: "none", memory: 0, second: "other" });
        Object.defineProperty(array, i, { get, enumerable: true, configurable: true });
      });
      return array;
    }
    case "proxy":
      return new Proxy([...dims], {});
    default:
      return [...dims];
  }
}
