/** Runs the measurements: a process for each op, backend and round, one at a time. */
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Machine } from "./machine.ts";
import { BACKENDS, type Backend, COPY, type Job, type Mode, type Report } from "./measure.ts";
import { type Benched, opNamed } from "./ops.ts";
import type { Settings } from "./options.ts";
import type { Direction } from "./results.ts";
import { median, type Summary, summary } from "./statistics.ts";

export interface Row {
  readonly op: string;
  readonly direction: Direction;
  readonly backend: Backend;
  readonly mode: Mode;
  readonly n: number;
  readonly nsPerElement: Summary;
  readonly samples: number;
  /** "noisy": the samples or the rounds differ much; "timer": too short for the clock. */
  readonly flags: readonly ("noisy" | "timer")[];
}

export interface Results {
  readonly version: 1;
  readonly machine: Machine;
  readonly settings: {
    readonly inputs: string;
    readonly rounds: readonly [least: number, most: number];
    readonly seconds: number;
  };
  readonly rows: readonly Row[];
  /** A plain copy, and relu if it was not asked for: what the others are compared with. */
  readonly baselines: readonly Row[];
  /** Results that are wrong, and processes that failed. */
  readonly failures: readonly string[];
}

/** The op that others are compared with: the cheapest. */
export const YARDSTICK = "relu";

/** Median deviation over median; slowest over fastest round. */
const MOST_DEVIATION = 0.05;
const MOST_DRIFT = 1.15;

/** Starting a process and warming up, until the first one tells. */
const ASSUMED_OVERHEAD_MS = 150;
/** Warm-up and the last batch, beyond the time asked for. */
const SLACK = 1.25;
/** Rather one round less than measurements shorter than this; in one round at least the shortest. */
const SHORT_MS = 12;
const SHORTEST_MS = 4;

/** All that the rounds found of one row. */
type Gathered = Omit<Row, "nsPerElement" | "samples" | "flags"> & { rounds: number[][]; saturated: boolean };

const run = promisify(execFile);

async function report(job: Job): Promise<Report> {
  const self = fileURLToPath(import.meta.url);
  const { stdout } = await run(process.execPath, [self, "measure", JSON.stringify(job)], { maxBuffer: 2 ** 28 });
  return JSON.parse(stdout) as Report;
}

/** Says on stderr how far it is: in one line that changes on a terminal, else in lines. */
export class Progress {
  readonly #total: number;
  readonly #start = performance.now();
  #done = 0;

  constructor(total: number) {
    this.#total = total;
  }

  step(what: string): void {
    const elapsed = (performance.now() - this.#start) / 1000;
    const left =
      this.#done > 0 ? `, about ${Math.ceil((elapsed / this.#done) * (this.#total - this.#done))} s left` : "";
    const line = `${this.#done + 1}/${this.#total} ${what}${left}`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${line}` : `${line}\n`);
    this.#done++;
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  }
}

/** Plain JavaScript has no memory of its own, so its alloc and out are the same call: measured once, reported as both. */
function modesFor(backend: Backend, modes: readonly Mode[]): readonly Mode[] {
  return backend === "js" && modes.includes("out") ? modes.filter((mode) => mode !== "alloc") : modes;
}

function rowOf(gathered: Gathered): Row {
  const { rounds, saturated, ...row } = gathered;
  const pooled = rounds.flat();
  const nsPerElement = summary(pooled);
  const medians = rounds.map(median);
  const noisy =
    nsPerElement.mad > MOST_DEVIATION * nsPerElement.median || Math.max(...medians) > MOST_DRIFT * Math.min(...medians);
  return {
    ...row,
    nsPerElement,
    samples: pooled.length,
    flags: [...(noisy ? (["noisy"] as const) : []), ...(saturated ? (["timer"] as const) : [])],
  };
}

interface Plan {
  readonly op: string;
  readonly backend: Backend;
  readonly directions: readonly Direction[];
  readonly baseline: boolean;
}

function plansOf({ ops }: Settings): Plan[][] {
  const baselines: Plan[] = [{ op: COPY, backend: "wasm", directions: ["forward"], baseline: true }];
  if (!ops.some(({ name }) => name === YARDSTICK) && opNamed(YARDSTICK)) {
    baselines.push({ op: YARDSTICK, backend: "wasm", directions: ["forward"], baseline: true });
  }
  const planOf = (op: Benched): Plan[] =>
    BACKENDS.map((backend) => ({
      op: op.name,
      backend,
      directions: op.gradient ? ["forward", "gradient"] : ["forward"],
      baseline: false,
    }));
  return [baselines, ...ops.map(planOf)];
}

export async function runAll(settings: Settings, machine: Machine): Promise<Results> {
  const start = performance.now();
  const { sizes, inputs, budget } = settings;
  const groups = plansOf(settings);
  const progress = new Progress(groups.length);
  const gathered = new Map<string, Gathered>();
  const failures = new Set<string>();
  const baselines = new Set<string>();

  /** What a process takes beside its measurements. */
  let overhead = ASSUMED_OVERHEAD_MS;
  let processesLeft = groups.flat().length;
  let measurementsLeft = groups.flat().reduce((sum, plan) => sum + measurementsOf(plan), 0);

  function measurementsOf({ directions, backend }: Plan): number {
    return directions.length * modesFor(backend, settings.modes).length * sizes.length;
  }

  /** Rounds, and time for each measurement: as asked for, or less where all would not end in time. */
  function affordable(): { rounds: number; milliseconds: number } {
    if (budget === undefined) return { rounds: settings.rounds, milliseconds: settings.milliseconds };
    const left = budget - (performance.now() - start);
    for (let fewer = settings.rounds; ; fewer--) {
      const each = (left / fewer - processesLeft * overhead) / measurementsLeft / SLACK;
      if (each >= SHORT_MS || fewer === 1) {
        return { rounds: fewer, milliseconds: Math.max(Math.min(settings.milliseconds, each), SHORTEST_MS) };
      }
    }
  }

  async function round(plan: Plan, milliseconds: number): Promise<void> {
    const { op, backend, directions } = plan;
    const job: Job = { op, backend, directions, modes: modesFor(backend, settings.modes), sizes, inputs, milliseconds };
    const begun = performance.now();
    try {
      const found = await report(job);
      for (const failure of found.failures) failures.add(failure);
      for (const { direction, mode, n, samples, saturated } of found.measurements) {
        const key = [op, direction, backend, mode, n].join();
        const entry = gathered.get(key) ?? { op, direction, backend, mode, n, rounds: [], saturated: false };
        entry.rounds.push([...samples]);
        entry.saturated ||= saturated;
        gathered.set(key, entry);
        if (plan.baseline) baselines.add(key);
      }
    } catch (error) {
      const { stderr, message } = error as { stderr?: string; message: string };
      failures.add(`${op} of ${backend}: ${(stderr || message).trim()}`);
    }
    const took = performance.now() - begun - measurementsOf(plan) * milliseconds * SLACK;
    overhead += (Math.max(took, 0) - overhead) / 6;
  }

  const used: number[] = [];
  for (const group of groups) {
    progress.step([...new Set(group.map(({ op }) => op))].join(", "));
    const { rounds, milliseconds } = affordable();
    used.push(rounds);
    for (let i = 0; i < rounds; i++) for (const plan of group) await round(plan, milliseconds);
    processesLeft -= group.length;
    measurementsLeft -= group.reduce((sum, plan) => sum + measurementsOf(plan), 0);
  }
  progress.end();

  const all = [...gathered.entries()].map(([key, entry]) => ({ baseline: baselines.has(key), row: rowOf(entry) }));
  const measured = all.filter(({ baseline }) => !baseline).map(({ row }) => row);
  const rows = measured.flatMap((row): Row[] => {
    const twice = row.backend === "js" && row.mode === "out" && settings.modes.includes("alloc");
    return twice ? [{ ...row, mode: "alloc" }, row] : [row];
  });
  return {
    version: 1,
    machine,
    settings: {
      inputs,
      rounds: [Math.min(...used), Math.max(...used)],
      seconds: Math.round((performance.now() - start) / 1000),
    },
    rows,
    baselines: all.filter(({ baseline }) => baseline).map(({ row }) => row),
    failures: [...failures],
  };
}
