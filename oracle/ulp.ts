/** Float32 bits, and errors in units in the last place of float32. */

const f32 = new Float32Array(1);
const u32 = new Uint32Array(f32.buffer);
const f64 = new DataView(new ArrayBuffer(8));

/** Where float32 ends: to rounding, Infinity is the number after the largest. */
const END = 2 ** 128;

/** The bits of x rounded to float32. */
export function bitsOf(x: number): number {
  f32[0] = x;
  return u32[0] as number;
}

/** The float32 with these bits. */
export function fromBits(bits: number): number {
  u32[0] = bits;
  return f32[0] as number;
}

/** The bits of x rounded to float32, as "0x3f800000". */
export function hex(x: number): string {
  return `0x${bitsOf(x).toString(16).padStart(8, "0")}`;
}

/** The distance of neighbouring float32 numbers at `exact`; 2^-149 below the normal range. */
export function ulp32(exact: number): number {
  f64.setFloat64(0, exact);
  const exponent = ((f64.getUint16(0) >> 4) & 0x7ff) - 1023;
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
