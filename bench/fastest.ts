/**
 * Calls that take turns, each as fast as it ever was: on a machine that does other things too, what
 * is seen of a median is its load.
 */

export type Call = () => unknown;

/** ns per element of each call: of the fastest of many batches of so many calls. */
export function fastest(calls: readonly Call[], elements: number, repeats: number, rounds: number): number[] {
  const best = calls.map(() => Infinity);
  for (let round = -Math.ceil(rounds / 5); round < rounds; round++) {
    for (const [k, call] of calls.entries()) {
      const start = performance.now();
      for (let i = 0; i < repeats; i++) call();
      const ns = ((performance.now() - start) * 1e6) / (elements * repeats);
      if (round >= 0) best[k] = Math.min(best[k] as number, ns);
    }
  }
  return best;
}
