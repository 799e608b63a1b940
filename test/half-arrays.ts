/** For tests of Float16Array: they run where the runtime has it, and say so where it has not. */
import { describe, test } from "vitest";

export const hasHalf = typeof Float16Array === "function";

export function describeHalf(name: string, tests: () => void): void {
  if (hasHalf) describe(name, tests);
  else test.skip(`${name} (NOT RUN: this runtime has no Float16Array)`);
}

/** Bits, with one NaN for all. */
export function bitsOfHalves(array: Float16Array): Uint16Array {
  const bits = new Uint16Array(array.buffer, array.byteOffset, array.length).slice();
  for (let i = 0; i < bits.length; i++) if (((bits[i] as number) & 0x7fff) > 0x7c00) bits[i] = 0x7e00;
  return bits;
}

/** n numbers between -12 and 12, the same in every run. */
export function halvesFor(n: number, seed = 1): Float16Array<ArrayBuffer> {
  let state = seed;
  return Float16Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 24;
  });
}
