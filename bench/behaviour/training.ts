/** What becomes of an activation in a network that learns: the one of examples/spirals. */
import { Network, spirals } from "../../examples/spirals/network.ts";
import type { Library } from "../measure/measure.ts";
import type { Bound, Training } from "../results.ts";
import { median } from "../statistics.ts";
import type { Elementwise } from "./subject.ts";

export const POINTS_PER_CLASS = 40;
export const TURNS = 1;
export const STEPS = 300;
export const RATE = 0.03;
const SEEDS = 3;
/** He's, for every activation: it suits rectifiers, and the others learn with it too. */
const GAIN = Math.SQRT2;
const LEARNT = 0.95;

const data = spirals(POINTS_PER_CLASS, TURNS);

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const finite = (value: number): Bound => (Number.isFinite(value) ? value : null);

/** Means over the seeds; of the steps the median. */
export function train(library: Library, activation: Elementwise, rate = RATE, seeds = SEEDS): Training {
  const runs = Array.from({ length: seeds }, (_, i) => {
    const network = new Network(library, data, activation, i + 1, GAIN);
    const before = { ...network.score(), dead: network.deadShare() };
    let learntAt = Infinity;
    for (let step = 0; step < STEPS; step++) {
      if (network.train(rate).accuracy >= LEARNT) learntAt = Math.min(learntAt, step);
    }
    return { before, after: { ...network.score(), dead: network.deadShare() }, learntAt };
  });
  const stepsTo95 = median(runs.map(({ learntAt }) => learntAt));
  return {
    deadBefore: mean(runs.map(({ before }) => before.dead)),
    deadAfter: mean(runs.map(({ after }) => after.dead)),
    lossBefore: finite(mean(runs.map(({ before }) => before.loss))),
    lossAfter: finite(mean(runs.map(({ after }) => after.loss))),
    accuracy: mean(runs.map(({ after }) => after.accuracy)),
    stepsTo95: finite(stepsTo95),
    steps: STEPS,
  };
}
