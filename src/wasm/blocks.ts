/** The free parts of a range of memory. Taking and giving back take time that does not grow with their number. */

/** How many parts of the wanted class of sizes are tried before a larger class. */
const TRIES = 8;

export class Blocks {
  /** Sizes by start, and starts by end. */
  readonly #sizes = new Map<number, number>();
  readonly #starts = new Map<number, number>();
  /** Starts, by the power of two of their size. */
  readonly #classes: Set<number>[] = Array.from({ length: 33 }, () => new Set<number>());

  constructor(start: number, size: number) {
    this.#add(start, size);
  }

  /** The start of `size` bytes, or -1. */
  take(size: number): number {
    const own = classOf(size);
    let start = this.#fitting(own, size, TRIES);
    for (let larger = own + 1; start < 0 && larger < this.#classes.length; larger++) {
      start = this.#fitting(larger, size, 1);
    }
    if (start < 0) start = this.#fitting(own, size, Infinity);
    if (start < 0) return -1;
    const left = this.#remove(start) - size;
    if (left > 0) this.#add(start + size, left);
    return start;
  }

  /** Takes back what was taken; free neighbours become one. */
  give(start: number, size: number): void {
    const before = this.#starts.get(start);
    if (before !== undefined) size += this.#remove(before);
    const first = before ?? start;
    if (this.#sizes.has(first + size)) size += this.#remove(first + size);
    this.#add(first, size);
  }

  #fitting(index: number, size: number, tries: number): number {
    for (const start of this.#classes[index] as Set<number>) {
      if (tries-- <= 0) break;
      if ((this.#sizes.get(start) as number) >= size) return start;
    }
    return -1;
  }

  #add(start: number, size: number): void {
    this.#sizes.set(start, size);
    this.#starts.set(start + size, start);
    this.#classes[classOf(size)]?.add(start);
  }

  /** Its size. */
  #remove(start: number): number {
    const size = this.#sizes.get(start) as number;
    this.#sizes.delete(start);
    this.#starts.delete(start + size);
    this.#classes[classOf(size)]?.delete(start);
    return size;
  }
}

function classOf(size: number): number {
  return 32 - Math.clz32(size);
}
