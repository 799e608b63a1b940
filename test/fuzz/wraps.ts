/** Arrays of every make, and what is no Float32Array, though it may look like one. */
import { createContext, runInContext } from "node:vm";
import type { ArrayPlan, Stranger } from "./plan.ts";

class Subclass extends Float32Array<ArrayBufferLike> {
  sum(): number {
    return this.reduce((a, b) => a + b, 0);
  }
}

/**
 * Its constructor takes something else, so that the methods which make an array of the same class
 * fail.
 */
class Odd extends Float32Array<ArrayBufferLike> {
  constructor(label: string, buffer: ArrayBufferLike, byteOffset: number, length: number | undefined) {
    if (typeof label !== "string") throw new Error("an Odd is made with a label");
    super(buffer, byteOffset, length);
  }
}

/** The built-ins of another realm, as of an iframe. */
export const realm = runInContext(
  "({ ArrayBuffer, SharedArrayBuffer, Float32Array, Float64Array })",
  createContext({}),
) as Pick<typeof globalThis, "ArrayBuffer" | "SharedArrayBuffer" | "Float32Array" | "Float64Array">;

/** A Float32Array over a buffer; without a length it follows that of the buffer. */
export function wrapped(
  wrap: ArrayPlan["wrap"],
  buffer: ArrayBufferLike,
  byteOffset: number,
  length: number | undefined,
): Float32Array {
  switch (wrap) {
    case "subclass":
      return new Subclass(buffer, byteOffset, length);
    case "odd":
      return new Odd("odd", buffer, byteOffset, length);
    case "realm":
      return new realm.Float32Array(buffer, byteOffset, length);
    case "noPrototype":
      return Object.setPrototypeOf(new Float32Array(buffer, byteOffset, length), null) as Float32Array;
    case "otherPrototype":
      return Object.setPrototypeOf(
        new Float32Array(buffer, byteOffset, length),
        Float64Array.prototype,
      ) as Float32Array;
    default:
      return new Float32Array(buffer, byteOffset, length);
  }
}

const MAKERS: { readonly [K in Stranger]: (length: number) => unknown } = {
  proxy: (length) => new Proxy(new Float32Array(length), {}),
  created: () => Object.create(Float32Array.prototype),
  disguised: (length) => Object.setPrototypeOf(new Float64Array(length), Float32Array.prototype),
  tagged: (length) => ({ length, byteLength: length * 4, byteOffset: 0, [Symbol.toStringTag]: "Float32Array" }),
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

/** Undefined for the wraps of Float32Arrays. */
export function strangerOf(wrap: ArrayPlan["wrap"], length: number): { value: unknown } | undefined {
  return wrap in MAKERS ? { value: MAKERS[wrap as Stranger](length) } : undefined;
}
