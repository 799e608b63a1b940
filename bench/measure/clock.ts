/** Times a function: batches of calls that are long for the clock, after a warm-up. */
import { Bench, classifyTimerSaturation } from "tinybench";

/** A batch this long dwarfs the two readings of the clock around it. */
const BATCH_MS = 0.025;
/** And it is so many steps of the clock: those of a page may be 5 us, 100 us or 1 ms. */
const BATCH_STEPS = 100;
const CALIBRATIONS = 5;
const FEWEST_SAMPLES = 3;

/** V8 replaces baseline code after 100 to 175 long calls, on another thread. */
const WARM_CALLS = 250;
/** At least, and at most: longer where there is more time to measure. */
const WARM_MS = [4, 12] as const;
const WARM_SHARES = [0.25, 0.5] as const;

const STEPS_SEEN = 40;

/** The smallest step of the clock that is seen, in milliseconds. */
export function clockStep(): number {
  let smallest = Infinity;
  for (let i = 0; i < STEPS_SEEN; i++) {
    const start = performance.now();
    let now = start;
    while (now === start) now = performance.now();
    smallest = Math.min(smallest, now - start);
  }
  return smallest;
}

const batchMs = Math.max(BATCH_MS, BATCH_STEPS * clockStep());

/** Calls something a number of times. */
export type Repeated = (times: number) => void;

export function warmUp(run: Repeated, milliseconds: number): void {
  const start = performance.now();
  const shortest = Math.max(WARM_MS[0], WARM_SHARES[0] * milliseconds);
  const longest = Math.max(WARM_MS[1], WARM_SHARES[1] * milliseconds);
  for (let calls = 0; ; calls += 10) {
    const elapsed = performance.now() - start;
    if (elapsed >= longest || (elapsed >= shortest && calls >= WARM_CALLS)) return;
    run(10);
  }
}

/** How many calls make a batch: the fastest of a few takes long enough, for a single one may have been interrupted. */
function batchOf(run: Repeated): number {
  for (let times = 1; ; times *= 2) {
    let fastest = Infinity;
    for (let i = 0; i < CALIBRATIONS && fastest >= batchMs; i++) {
      const start = performance.now();
      run(times);
      fastest = Math.min(fastest, performance.now() - start);
    }
    if (fastest >= batchMs) return times;
  }
}

export interface Times {
  /** Nanoseconds per call, one figure per batch. */
  readonly samples: readonly number[];
  readonly saturated: boolean;
}

export function time(run: Repeated, milliseconds: number): Times {
  const times = batchOf(run);
  const bench = new Bench({
    time: milliseconds,
    iterations: FEWEST_SAMPLES,
    warmupTime: milliseconds / 8,
    warmupIterations: 1,
    retainSamples: true,
    throws: true,
    timestampProvider: "performanceNow",
  });
  bench.add("batch", () => run(times), { async: false });
  const [task] = bench.runSync();
  if (task?.result.state !== "completed") throw new Error("no samples");
  const { samples, mad } = task.result.latency;
  if (!samples) throw new Error("no samples");
  return {
    samples: samples.map((ms) => (ms * 1e6) / times),
    saturated: classifyTimerSaturation(samples, mad) !== undefined,
  };
}
