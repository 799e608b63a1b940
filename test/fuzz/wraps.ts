/** Arrays of every make, and what is none of the call's type, though it may look like one. */
import { createContext, runInContext } from "node:vm";
import type { FloatArray } from "../../src/model/arrays.ts";
import { type Maker, type Numbers, numbersOf, otherOf } from "./numbers.ts";
import type { ArrayPlan, Stranger } from "./plan.ts";

/** Subclasses of a type of arrays, which here passes for float32 with the compiler. */
function classesOf(maker: Maker) {
  const Floats = maker as unknown as typeof Float32Array<ArrayBufferLike>;
  class Subclass extends Floats {
    sum(): number {
      return this.reduce((a, b) => a + b, 0);
    }
  }

  /**
   * Its constructor takes something else, so that the methods which make an array of the same class
   * fail.
   */
  class Odd extends Floats {
    constructor(label: string, buffer: ArrayBufferLike, byteOffset: number, length: number | undefined) {
      if (typeof label !== "string") throw new Error("an Odd is made with a label");
      super(buffer, byteOffset, length);
    }
  }
  return { Subclass, Odd };
}

const classes = new Map([false, true].map((half) => [numbersOf(half).Floats, classesOf(numbersOf(half).Floats)]));

/** The built-ins of another realm, as of an iframe. */
export const realm = runInContext(
  "({ ArrayBuffer, SharedArrayBuffer, Float32Array, Float16Array: globalThis.Float16Array, Float64Array })",
  createContext({}),
) as Pick<typeof globalThis, "ArrayBuffer" | "SharedArrayBuffer" | "Float64Array"> & Record<Numbers["kind"], Maker>;

/** An array over a buffer; without a length it follows that of the buffer. */
export function wrapped(
  { kind, Floats }: Numbers,
  wrap: ArrayPlan["wrap"],
  buffer: ArrayBufferLike,
  byteOffset: number,
  length: number | undefined,
): FloatArray {
  const { Subclass, Odd } = classes.get(Floats) as ReturnType<typeof classesOf>;
  const array = new Floats(buffer, byteOffset, length);
  switch (wrap) {
    case "subclass":
      return new Subclass(buffer, byteOffset, length);
    case "odd":
      return new Odd("odd", buffer, byteOffset, length);
    case "realm":
      return new realm[kind](buffer, byteOffset, length);
    case "noPrototype":
      return Object.setPrototypeOf(array, null) as FloatArray;
    case "otherPrototype":
      return Object.setPrototypeOf(array, Float64Array.prototype) as FloatArray;
    default:
      return array;
  }
}

const MAKERS: { readonly [K in Stranger]: (length: number, numbers: Numbers) => unknown } = {
  otherType: (length, numbers) => new (otherOf(numbers))(length),
  proxy: (length, { Floats }) => new Proxy(new Floats(length), {}),
  created: (_, { Floats }) => Object.create(Floats.prototype),
  disguised: (length, { Floats }) => Object.setPrototypeOf(new Float64Array(length), Floats.prototype),
  tagged: (length, { kind }) => ({ length, byteLength: length * 4, byteOffset: 0, [Symbol.toStringTag]: kind }),
  float64: (length) => new Float64Array(length),
  realmFloat64: (length) => new realm.Float64Array(length),
  int32: (length) => new Int32Array(length),
  dataView: (length) => new DataView(new ArrayBuffer(length * 4)),
  buffer: (length) => new ArrayBuffer(length * 4),
  plainArray: (length) => new Array(length).fill(1),
  arrayLike: (length) => ({ length }),
  string: () => "array",
  number: (length) => length,
  null: () => null,
};

/** Undefined for the wraps of arrays of the type of the call. */
export function strangerOf(wrap: ArrayPlan["wrap"], length: number, numbers: Numbers): { value: unknown } | undefined {
  return wrap in MAKERS ? { value: MAKERS[wrap as Stranger](length, numbers) } : undefined;
}
