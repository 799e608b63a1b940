/** A report's numbers, looked up. */
import type { Behaviour, Cost, Direction, Engine, Mode, OpFacts, Report } from "../results.ts";

/** A situation in which ops are compared. */
export interface Situation {
  readonly direction: Direction;
  readonly mode: Mode;
  readonly n: number;
}

/** What the costs of all ops are compared with. */
export const YARDSTICK = "relu";
const COPY = "copy";

/** The size that the first chart shows, if it was measured: more than a call costs, less than a cache. */
const MAIN_SIZE = 4096;

/** An op's cost in a situation, in nanoseconds per element. */
export interface Pair {
  readonly op: string;
  readonly facts: OpFacts;
  readonly ours: Cost;
  readonly js: Cost | undefined;
  /** Plain JavaScript's time over ours. */
  readonly gain: number | undefined;
  /** Over relu's. */
  readonly relus: number | undefined;
}

export function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];

export class Figures {
  readonly report: Report;
  readonly #costs: ReadonlyMap<string, Cost>;
  readonly #facts: ReadonlyMap<string, OpFacts>;
  readonly #behaviour: ReadonlyMap<string, Behaviour>;

  constructor(report: Report) {
    this.report = report;
    const costs = [...report.baselines, ...report.costs].filter(({ inputs }) => inputs === "normal");
    this.#costs = new Map(
      costs.map((cost) => [[cost.op, cost.direction, cost.engine, cost.mode, cost.n].join(), cost]),
    );
    this.#facts = new Map(report.ops.map((facts) => [facts.name, facts]));
    this.#behaviour = new Map(report.behaviour.map((behaviour) => [behaviour.op, behaviour]));
  }

  get sizes(): number[] {
    return unique(this.report.costs.map(({ n }) => n)).sort((a, b) => a - b);
  }

  get modes(): Mode[] {
    return (["alloc", "out", "new"] as const).filter((mode) => this.report.costs.some((cost) => cost.mode === mode));
  }

  get directions(): Direction[] {
    return (["forward", "gradient"] as const).filter((direction) =>
      this.report.costs.some((cost) => cost.direction === direction),
    );
  }

  /** The situation that the report opens with. */
  get opening(): Situation {
    const sizes = this.sizes;
    return {
      direction: this.directions[0] ?? "forward",
      mode: this.modes[0] ?? "alloc",
      n: sizes.includes(MAIN_SIZE) ? MAIN_SIZE : (sizes.at(-1) ?? MAIN_SIZE),
    };
  }

  facts(op: string): OpFacts | undefined {
    return this.#facts.get(op);
  }

  behaviour(op: string): Behaviour | undefined {
    return this.#behaviour.get(op);
  }

  /** Plain JavaScript has no memory of its own: with it, resident arrays are ordinary ones. */
  cost(op: string, engine: Engine, { direction, mode, n }: Situation): Cost | undefined {
    const found = this.#costs.get([op, direction, engine, mode, n].join());
    return found ?? (engine === "js" && mode === "alloc" ? this.cost(op, engine, { direction, mode: "out", n }) : found);
  }

  copy({ mode, n }: Situation): Cost | undefined {
    const at = (engine: Engine) => this.cost(COPY, engine, { direction: "forward", mode, n });
    return at("wasm") ?? at("js");
  }

  /** What runs here: where WebAssembly is forbidden, plain JavaScript is all there is. */
  get engine(): Engine {
    return this.report.machine.backend;
  }

  pair(op: string, situation: Situation): Pair | undefined {
    const ours = this.cost(op, this.engine, situation);
    const facts = this.facts(op);
    if (!ours || !facts) return undefined;
    const js = this.engine === "js" ? undefined : this.cost(op, "js", situation);
    const yardstick = this.cost(YARDSTICK, this.engine, situation);
    return {
      op,
      facts,
      ours,
      js,
      gain: js && js.ns.median / ours.ns.median,
      relus: yardstick && ours.ns.median / yardstick.ns.median,
    };
  }

  /** Cheapest first. */
  pairs(situation: Situation): Pair[] {
    return this.report.ops
      .flatMap(({ name }) => this.pair(name, situation) ?? [])
      .sort((one, other) => one.ours.ns.median - other.ours.ns.median);
  }

  /** Of all measurements, those that the machine disturbed. */
  get noisyShare(): number | undefined {
    const { costs } = this.report;
    return costs.length > 0 ? costs.filter(({ flags }) => flags.length > 0).length / costs.length : undefined;
  }
}
