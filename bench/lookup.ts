/** Looks costs up. */
import type { Cost } from "./results.ts";

/** The op that others are compared with: the cheapest. */
export const YARDSTICK = "relu";

/** Not an op, but what every op costs at least: one pass over the data. */
export const COPY = "copy";

/** The size that the main tables show, if it was measured: in and out fit the first-level cache. */
const MAIN_SIZE = 4096;

export function mainSize(sizes: readonly number[]): number {
  return sizes.includes(MAIN_SIZE) ? MAIN_SIZE : (sizes.at(-1) ?? MAIN_SIZE);
}

/** One situation; what is not said is the kernel itself: forward, WebAssembly, N(0, 3). */
export type Situation = Pick<Cost, "mode" | "n"> & Partial<Pick<Cost, "direction" | "engine" | "inputs">>;

export const keyOf = ({
  op,
  direction,
  engine,
  mode,
  inputs,
  n,
}: Omit<Cost, "ns" | "bytes" | "gbPerSecond" | "flags">) => [op, direction, engine, mode, inputs, n].join();

export class Costs {
  readonly #costs: ReadonlyMap<string, Cost>;
  readonly #sizes: readonly number[];

  constructor({ costs, baselines }: { readonly costs: readonly Cost[]; readonly baselines: readonly Cost[] }) {
    this.#costs = new Map([...baselines, ...costs].map((cost) => [keyOf(cost), cost]));
    this.#sizes = [...new Set(costs.map(({ n }) => n))].sort((a, b) => a - b);
  }

  get(op: string, situation: Situation): Cost | undefined {
    return this.#costs.get(keyOf({ op, direction: "forward", engine: "wasm", inputs: "normal", ...situation }));
  }

  /** ns per element. */
  ns(op: string, situation: Situation): number | undefined {
    return this.get(op, situation)?.ns.median;
  }

  /** All sizes that were measured. */
  get sizes(): readonly number[] {
    return this.#sizes;
  }

  /**
   * ns per element at any size: between the two sizes measured next to it, on the logarithm of the
   * size.
   */
  nsBetween(op: string, { n, ...situation }: Situation): number | undefined {
    const known = this.#sizes.flatMap((size) => {
      const ns = this.ns(op, { ...situation, n: size });
      return ns === undefined ? [] : [{ size, ns }];
    });
    const above = known.find(({ size }) => size >= n);
    const below = known.findLast(({ size }) => size <= n);
    if (!above || !below) return (above ?? below)?.ns;
    if (above.size === below.size) return above.ns;
    const at = Math.log(n / below.size) / Math.log(above.size / below.size);
    return below.ns * (above.ns / below.ns) ** at;
  }
}

/** a / b, if there are both. */
export function over(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a / b;
}
