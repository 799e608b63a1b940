/** What tests and scripts ask of float32: bits, errors, and how they are written. */
import { bitsOf } from "../src/math/ulp.ts";

export * from "../src/math/ulp.ts";

/** The bits of x rounded to float32, as "0x3f800000". */
export function hex(x: number): string {
  return `0x${bitsOf(x).toString(16).padStart(8, "0")}`;
}
