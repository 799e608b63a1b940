/**
 * Where curves that callers made lie in the memory of an instance: as many as there are slots, the
 * one used last longest ago goes.
 */
import { TABLE_BYTES } from "../fit/descriptor.ts";
import type { Curve } from "../model/curve.ts";

/** How many curves an instance holds at a time. */
export const SLOTS = 12;
export const SLOT_BYTES = TABLE_BYTES;

type Kernel = (...args: number[]) => number;

/** A curve, and its loop at its address. */
interface Slot {
  readonly curve: Curve;
  readonly kernel: Kernel;
}

export class Slots {
  readonly #buffer: ArrayBuffer;
  readonly #start: number;
  readonly #loops: Readonly<Record<string, Kernel>>;
  readonly #slots: (Slot | undefined)[] = Array.from({ length: SLOTS }, () => undefined);
  /** When each was used last. */
  readonly #used = new Float64Array(SLOTS);
  #calls = 0;
  #last = 0;

  /** With the loops by their names. */
  constructor(buffer: ArrayBuffer, start: number, loops: Readonly<Record<string, Kernel>>) {
    this.#buffer = buffer;
    this.#start = start;
    this.#loops = loops;
  }

  /** The kernel of a curve, whose table is copied in unless it is there. */
  kernel(curve: Curve): Kernel {
    let slot = this.#slots[this.#last];
    if (slot?.curve !== curve) {
      this.#last = this.#slots.findIndex((other) => other?.curve === curve);
      if (this.#last < 0) this.#last = this.#copy(curve);
      slot = this.#slots[this.#last] as Slot;
    }
    this.#used[this.#last] = ++this.#calls;
    return slot.kernel;
  }

  /** To the slot that has not been used for the longest time. */
  #copy(curve: Curve): number {
    const index = this.#used.indexOf(this.#used.reduce((a, b) => Math.min(a, b)));
    const address = this.#start + index * SLOT_BYTES;
    new Uint8Array(this.#buffer, address, curve.bytes.length).set(curve.bytes);
    curve.place(this.#buffer, address);
    const loop = this.#loops[curve.loop] as Kernel;
    // Arrays first, as in any kernel; what else a call passes on is none of a curve's.
    const kernel: Kernel = curve.isSlope
      ? (dy, x, out, n) => loop(dy as number, x as number, out as number, n as number, address)
      : (x, out, n) => loop(x as number, out as number, n as number, address);
    this.#slots[index] = { curve, kernel };
    return index;
  }
}
