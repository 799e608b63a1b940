/**
 * The free parts of a range of lines, kept by the power of two of their size. Taking and giving
 * back take time that does not grow with their number, and make no garbage.
 */

/** How many parts of the wanted class of sizes are tried before a larger class. */
const TRIES = 8;
const CLASSES = 32;
const NONE = -1;

export class Blocks {
  /** Of a free part, at its first and its last line; elsewhere 0. */
  readonly #sizes: Int32Array;
  /** The other free parts of its class, at its first line. */
  readonly #next: Int32Array;
  readonly #previous: Int32Array;
  readonly #heads = new Int32Array(CLASSES).fill(NONE);

  constructor(lines: number) {
    this.#sizes = new Int32Array(lines);
    this.#next = new Int32Array(lines);
    this.#previous = new Int32Array(lines);
    this.#add(0, lines);
  }

  /** The first of so many lines, or -1. */
  take(size: number): number {
    const own = classOf(size);
    let start = this.#fitting(own, size, TRIES);
    for (let larger = own + 1; start < 0 && larger < CLASSES; larger++) start = this.#fitting(larger, size, 1);
    if (start < 0) start = this.#fitting(own, size, Infinity);
    if (start < 0) return NONE;
    const left = this.#remove(start) - size;
    if (left > 0) this.#add(start + size, left);
    return start;
  }

  /** Takes back what was taken; free neighbours become one. */
  give(start: number, size: number): void {
    const after = start + size;
    if (after < this.#sizes.length && this.#sizeAt(after) > 0) size += this.#remove(after);
    const before = start > 0 ? this.#sizeAt(start - 1) : 0;
    if (before > 0) size += this.#remove(start - before);
    this.#add(start - before, size);
  }

  #sizeAt(line: number): number {
    return this.#sizes[line] as number;
  }

  #fitting(index: number, size: number, tries: number): number {
    let start = this.#heads[index] as number;
    for (; start >= 0 && tries > 0; tries--) {
      if (this.#sizeAt(start) >= size) return start;
      start = this.#next[start] as number;
    }
    return NONE;
  }

  #add(start: number, size: number): void {
    const index = classOf(size);
    const head = this.#heads[index] as number;
    this.#sizes[start] = size;
    this.#sizes[start + size - 1] = size;
    this.#next[start] = head;
    this.#previous[start] = NONE;
    if (head >= 0) this.#previous[head] = start;
    this.#heads[index] = start;
  }

  /** Its size. */
  #remove(start: number): number {
    const size = this.#sizeAt(start);
    const next = this.#next[start] as number;
    const previous = this.#previous[start] as number;
    this.#sizes[start] = 0;
    this.#sizes[start + size - 1] = 0;
    if (next >= 0) this.#previous[next] = previous;
    if (previous >= 0) this.#next[previous] = next;
    else this.#heads[classOf(size)] = next;
    return size;
  }
}

function classOf(size: number): number {
  return 31 - Math.clz32(size);
}
