/** A small change of the code that some test should notice. */
export interface Mutant {
  /** Where: a file of the checkout, or a function of the module of kernels. */
  readonly place: string;
  /** Counted from 1, in the file or in the function. */
  readonly line: number;
  /** The line as it is and as it becomes, without indentation. */
  readonly from: string;
  readonly to: string;
  /** The whole file as it becomes. */
  text(): string;
}

/** Numbers of [0, 1), the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), bits | 61)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** So many of the list, in the order in which the seed draws them. */
export function drawn<T>(list: readonly T[], count: number, seed: number): T[] {
  const random = randomOf(seed);
  const left = [...list];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) {
    const [one] = left.splice(Math.floor(random() * left.length), 1);
    if (one !== undefined) taken.push(one);
  }
  return taken;
}
