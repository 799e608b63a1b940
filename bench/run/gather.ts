/** From the samples of all rounds to the costs of the report. */
import type { Timed } from "../measure/job.ts";
import type { Cost, Flag, Mode } from "../results.ts";
import { median, summary } from "../statistics.ts";
import { type Plan, reportedModes } from "./plan.ts";

/** Median deviation over median; slowest over fastest round. */
export const MOST_DEVIATION = 0.05;
export const MOST_DRIFT = 1.15;

interface Entry {
  readonly plan: Plan;
  readonly timed: Timed;
  readonly rounds: (readonly number[])[];
  saturated: boolean;
}

function costOf({ plan, timed, rounds, saturated }: Entry, mode: Mode): Cost {
  const { direction, inputs, n, bytes } = timed;
  const ns = summary(rounds.flat());
  const medians = rounds.map(median);
  const noisy = ns.mad > MOST_DEVIATION * ns.median || Math.max(...medians) > MOST_DRIFT * Math.min(...medians);
  const flags: Flag[] = [...(noisy ? (["noisy"] as const) : []), ...(saturated ? (["timer"] as const) : [])];
  const { op, engine } = plan;
  return { op, direction, engine, mode, inputs, n, ns, bytes, gbPerSecond: bytes / ns.median, flags };
}

export class Gathered {
  readonly #entries = new Map<string, Entry>();
  readonly #modes: readonly Mode[];

  constructor(modes: readonly Mode[]) {
    this.#modes = modes;
  }

  add(plan: Plan, found: readonly Timed[]): void {
    for (const timed of found) {
      const { direction, mode, inputs, n, samples, saturated } = timed;
      const key = [plan.op, plan.engine, direction, mode, inputs, n].join();
      const entry = this.#entries.get(key) ?? { plan, timed, rounds: [], saturated: false };
      entry.rounds.push(samples);
      entry.saturated ||= saturated;
      this.#entries.set(key, entry);
    }
  }

  costs(baseline: boolean): Cost[] {
    return [...this.#entries.values()]
      .filter(({ plan }) => plan.baseline === baseline)
      .flatMap((entry) => {
        const { plan, timed } = entry;
        return reportedModes(plan.engine, timed.mode, this.#modes).map((mode) => costOf(entry, mode));
      });
  }
}
