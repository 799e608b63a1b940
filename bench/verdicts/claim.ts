/** What a claim is made of. */
import type { Costs } from "../lookup.ts";
import type { Library } from "../measure/measure.ts";
import type { Behaviour, Cost, Mode, Verdict } from "../results.ts";

export type Outcome = Verdict["outcome"];
export type Figures = Verdict["numbers"];

/** Figures by name, found by a trial of a claim's own; infinite ones are null. */
export type Trial = Readonly<Record<string, number | null>>;

/** All that claims are judged by. */
export class Evidence {
  readonly #costs: Costs;
  readonly #mode: Mode;
  readonly #n: number;
  readonly #behaviour: ReadonlyMap<string, Behaviour>;

  constructor(costs: Costs, mode: Mode, n: number, behaviour: readonly Behaviour[]) {
    this.#costs = costs;
    this.#mode = mode;
    this.#n = n;
    this.#behaviour = new Map(behaviour.map((found) => [found.op, found]));
  }

  behaviour(op: string): Behaviour {
    return this.#behaviour.get(op) ?? missing();
  }

  /** What it costs to call it on many elements. */
  cost(op: string): Cost {
    return this.#costs.get(op, { mode: this.#mode, n: this.#n }) ?? missing();
  }
}

/** What a judgement rests on was not measured. */
export class Missing extends Error {}

export function missing(): never {
  throw new Missing("not measured");
}

export interface Judgement {
  readonly outcome: Outcome;
  readonly finding: string;
  readonly numbers: Figures;
}

export interface Claim extends Pick<Verdict, "id" | "claim" | "method" | "ops"> {
  /** Runs beside the measurements, on the package's own kernels. */
  readonly trial?: (library: Library) => Trial;
  /** @throws Missing where what it takes was not measured. */
  readonly judge: (evidence: Evidence, trial: Trial) => Judgement;
}
