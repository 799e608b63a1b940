/** A report's numbers as the sections ask for them. */
import { COPY, Costs, mainSize, over, YARDSTICK } from "../lookup.ts";
import type { Behaviour, Cost, Direction, Engine, InputSet, Mode, OpFacts, Report } from "../results.ts";

/** A situation in which ops are compared. */
export interface Situation {
  readonly direction: Direction;
  readonly mode: Mode;
  readonly n: number;
}

/** An op's costs in a situation. */
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

export class Figures {
  readonly report: Report;
  readonly #costs: Costs;
  readonly #facts: ReadonlyMap<string, OpFacts>;
  readonly #behaviour: ReadonlyMap<string, Behaviour>;

  constructor(report: Report) {
    this.report = report;
    this.#costs = new Costs(report);
    this.#facts = new Map(report.ops.map((facts) => [facts.name, facts]));
    this.#behaviour = new Map(report.behaviour.map((behaviour) => [behaviour.op, behaviour]));
  }

  get sizes(): readonly number[] {
    return this.#costs.sizes;
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
    return {
      direction: this.directions[0] ?? "forward",
      mode: this.modes[0] ?? "alloc",
      n: mainSize(this.sizes),
    };
  }

  /** What runs here: where WebAssembly is forbidden, plain JavaScript is all there is. */
  get engine(): Engine {
    return this.report.machine.backend;
  }

  facts(op: string): OpFacts | undefined {
    return this.#facts.get(op);
  }

  behaviour(op: string): Behaviour | undefined {
    return this.#behaviour.get(op);
  }

  cost(op: string, situation: Situation, engine: Engine = this.engine): Cost | undefined {
    return this.#costs.get(op, { ...situation, engine });
  }

  /** With inputs of another kind, which is measured in one situation only. */
  costWith(op: string, inputs: InputSet, { mode, n }: Situation): Cost | undefined {
    return this.#costs.get(op, { mode, n, inputs, engine: this.engine });
  }

  copy({ mode, n }: Situation): Cost | undefined {
    return this.#costs.get(COPY, { mode, n }) ?? this.#costs.get(COPY, { mode, n, engine: "js" });
  }

  pair(op: string, situation: Situation): Pair | undefined {
    const ours = this.cost(op, situation);
    const facts = this.facts(op);
    if (!ours || !facts) return undefined;
    const js = this.engine === "js" ? undefined : this.cost(op, situation, "js");
    const ns = ours.ns.median;
    return {
      op,
      facts,
      ours,
      js,
      gain: over(js?.ns.median, ns),
      relus: over(ns, this.cost(YARDSTICK, situation)?.ns.median),
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
