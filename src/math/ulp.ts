/** Float32 bits, and errors in units in the last place of float32. */

const cell = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));
const float = /* @__PURE__ */ new Float32Array(1);
const word = /* @__PURE__ */ new Uint32Array(float.buffer);

/** Where float32 ends: to rounding, Infinity is the number after the largest. */
const END = 2 ** 128;

/** The bits of x rounded to float32. */
export function bitsOf(x: number): number {
  float[0] = x;
  return word[0] as number;
}

/** The float32 with these bits. */
export function fromBits(bits: number): number {
  word[0] = bits;
  return float[0] as number;
}

/** The next float32 above one, or below it: side is 1 or -1. */
export function neighbour(x: number, side: number): number {
  return x === 0 ? side * fromBits(1) : fromBits(bitsOf(x) + side * Math.sign(x));
}

/** The distance of neighbouring float32 numbers at `exact`; 2^-149 below the normal range. */
export function ulp32(exact: number): number {
  cell.setFloat64(0, exact);
  const exponent = ((cell.getUint16(0) >> 4) & 0x7ff) - 1023;
  return 2 ** (Math.min(Math.max(exponent, -126), 127) - 23);
}

/** |got - exact| in ULP of float32 at `exact`, not rounded; Infinity if just one of them is NaN. */
export function ulpError(got: number, exact: number): number {
  if (Number.isNaN(got) || Number.isNaN(exact)) return Number.isNaN(got) && Number.isNaN(exact) ? 0 : Infinity;
  return Math.abs(withinEnd(got) - withinEnd(exact)) / ulp32(exact);
}

function withinEnd(x: number): number {
  return Math.min(Math.max(x, -END), END);
}
