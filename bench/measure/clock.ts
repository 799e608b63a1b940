/** Times a function: batches of calls that are long for the clock, after a warm-up. */
import { Bench, classifyTimerSaturation } from "tinybench";
import { median } from "../statistics.ts";

/** A batch this long dwarfs the two readings of the clock around it. */
const BATCH_MS = 0.025;
/** And it is so many steps of the clock: those of a page may be 5 us, 100 us or 1 ms. */
const BATCH_STEPS = 100;
const CALIBRATIONS = 5;
/** An interruption is less than a batch that long. */
const LONG_BATCH_MS = 5;
const FEWEST_SAMPLES = 3;

/**
 * V8 replaces slow code by faster code on another thread, when it has seen it often enough: warming
 * up ends when no slice was faster than the ones before for a while. Between, this thread rests, so
 * that the other gets a processor on a busy machine too.
 */
const WARM_MS = { least: 12, still: 9, most: 100 } as const;
/**
 * Before a case that gets less time than this the warm-up is shorter in proportion, down to a
 * share.
 */
const WARM_WHOLE_MS = 8;
const WARM_LEAST_SHARE = 0.4;
const SLICE_MS = 0.25;
const FASTER = 0.95;
const REST_MS = 2;
const WORK_MS = 2;

/** Undefined in a page that has no shared memory: there it cannot rest. */
const rested = typeof SharedArrayBuffer === "undefined" ? undefined : new Int32Array(new SharedArrayBuffer(4));

function rest(): void {
  if (rested) Atomics.wait(rested, 0, 0, REST_MS);
}

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

/** @param milliseconds that a case gets afterwards */
export function warmUp(run: Repeated, milliseconds: number): void {
  const share = Math.min(Math.max(milliseconds / WARM_WHOLE_MS, WARM_LEAST_SHARE), 1);
  const [least, still, most] = [share * WARM_MS.least, share * WARM_MS.still, share * WARM_MS.most];
  const start = performance.now();
  let fastest = Infinity;
  let [fastestAt, restedAt] = [start, start];
  for (let times = 1; ; ) {
    const before = performance.now();
    run(times);
    const now = performance.now();
    const each = (now - before) / times;
    if (each < FASTER * fastest) fastestAt = now;
    fastest = Math.min(fastest, each);
    if (now - start >= most || (now - start >= least && now - fastestAt >= still)) return;
    if (now - before < SLICE_MS) times *= 2;
    if (now - restedAt >= WORK_MS) {
      rest();
      restedAt = performance.now();
    }
  }
}

/**
 * How many calls make a batch: the fastest of a few takes long enough, for a single one may have
 * been interrupted.
 */
function batchOf(run: Repeated, least: number): number {
  for (let times = least; ; times *= 2) {
    let fastest = Infinity;
    for (let i = 0; i < CALIBRATIONS && fastest >= batchMs; i++) {
      const start = performance.now();
      run(times);
      fastest = Math.min(fastest, performance.now() - start);
      if (fastest >= Math.max(batchMs, LONG_BATCH_MS)) return times;
    }
    if (fastest >= batchMs) return times;
  }
}

export interface Times {
  /** One figure per batch: of `time` nanoseconds per call. */
  readonly samples: readonly number[];
  readonly saturated: boolean;
}

/** Milliseconds of batches of so many calls, and whether they were too short for the clock. */
function sampled(run: Repeated, times: number, milliseconds: number): Times {
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
  return { samples, saturated: classifyTimerSaturation(samples, mad) !== undefined };
}

export function time(run: Repeated, milliseconds: number): Times {
  for (let times = batchOf(run, 1); ; times = batchOf(run, 2 * times)) {
    const { samples, saturated } = sampled(run, times, milliseconds);
    // Too short a batch: an interruption had made it look long.
    if (median(samples) < batchMs / 2) continue;
    return { samples: samples.map((ms) => (ms * 1e6) / times), saturated };
  }
}
