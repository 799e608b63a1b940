/** The free parts of a range of memory, in order of address: the first that is large enough is taken, neighbours merge. */
export class FreeList {
  readonly #starts: number[];
  readonly #sizes: number[];

  constructor(start: number, size: number) {
    this.#starts = [start];
    this.#sizes = [size];
  }

  /** The address of `size` bytes, or -1. */
  take(size: number): number {
    const at = this.#sizes.findIndex((free) => free >= size);
    if (at < 0) return -1;
    const start = this.#starts[at] as number;
    const left = (this.#sizes[at] as number) - size;
    if (left > 0) {
      this.#starts[at] = start + size;
      this.#sizes[at] = left;
    } else {
      this.#starts.splice(at, 1);
      this.#sizes.splice(at, 1);
    }
    return start;
  }

  give(start: number, size: number): void {
    const at = this.#after(start);
    const before = at - 1;
    const joinsBefore = at > 0 && (this.#starts[before] as number) + (this.#sizes[before] as number) === start;
    const joinsAfter = at < this.#starts.length && start + size === this.#starts[at];
    if (joinsBefore) {
      (this.#sizes[before] as number) += size;
      if (!joinsAfter) return;
      (this.#sizes[before] as number) += this.#sizes[at] as number;
      this.#starts.splice(at, 1);
      this.#sizes.splice(at, 1);
    } else if (joinsAfter) {
      this.#starts[at] = start;
      (this.#sizes[at] as number) += size;
    } else {
      this.#starts.splice(at, 0, start);
      this.#sizes.splice(at, 0, size);
    }
  }

  /** Index of the first free part beyond `address`. */
  #after(address: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) < address) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
