/**
 * A run in the visitor's browser: one worker at a time, results as they come; it can be paused and
 * stopped.
 */
import { type Found, reportOf } from "../assemble.ts";
import { ops } from "../ops.ts";
import type { Settings } from "../options.ts";
import type { Accuracy, Behaviour, Cost, FirstCall, Machine, Products, Report } from "../results.ts";
import { Gathered } from "../run/gather.ts";
import { type Plan, plansOf } from "../run/plan.ts";
import type { Trials } from "../verdicts/verdicts.ts";
import { Asked, askNew } from "./ask.ts";
import { machineOf } from "./machine.ts";
import { firstSettingsOf, type Preset, settingsOf } from "./settings.ts";
import type { Surroundings, Task, Tasks } from "./tasks.ts";

/** How far a run is. */
export interface Progress {
  readonly phase: "running" | "paused";
  /** What is being measured. */
  readonly what: string;
  /** Of 1. */
  readonly share: number;
  readonly secondsLeft: number | undefined;
}

/** Something to be done, and about how long it takes, in milliseconds. */
interface Step {
  readonly what: string;
  readonly expected: number;
  readonly run: () => Promise<void>;
}

type Ask = <T extends Task>(task: T, asked: Tasks[T]["asked"]) => Promise<Tasks[T]["answered"]>;

/**
 * A worker and its imports; warm-up, calibration and batches of one case, in batches of a hundred
 * steps of the clock.
 */
const WORKER_MS = 80;
const CASE_MS = 30;
const BATCHES_PER_CASE = 12;
const STEPS_PER_BATCH = 100;
const BEHAVIOUR_MS = 400;
const BITS_MS = 400;
const TRIALS_MS = 3000;
const PRODUCTS_MS = 100;

const keyOf = ({ op, direction, engine, mode, inputs, n }: Cost) => [op, direction, engine, mode, inputs, n].join();

export class PageRun {
  readonly #preset: Preset;
  readonly #onProgress: (progress: Progress) => void;
  readonly #onReport: (report: Report) => void;
  readonly #stop = new AbortController();
  readonly #failures = new Set<string>();
  readonly #imports: Found["imports"][number][] = [];
  readonly #firstCalls: Omit<FirstCall, "steadyMs">[] = [];
  readonly #behaviour: Behaviour[] = [];
  readonly #accuracy: Accuracy[] = [];
  #products: Products | null = null;
  #trials: Trials = {};
  /** For what is not timed. */
  #one: Asked | undefined;
  /** While paused, what the next step waits for. */
  #paused: Promise<void> | undefined;
  #goOn: (() => void) | undefined;
  #progress: Progress = { phase: "running", what: "the clock", share: 0, secondsLeft: undefined };

  constructor(preset: Preset, onProgress: (progress: Progress) => void, onReport: (report: Report) => void) {
    this.#preset = preset;
    this.#onProgress = onProgress;
    this.#onReport = onReport;
  }

  pause(): void {
    this.#paused ??= new Promise((resolve) => {
      this.#goOn = resolve;
    });
    this.#say({ phase: "paused" });
  }

  resume(): void {
    this.#goOn?.();
    this.#paused = undefined;
    this.#say({ phase: "running" });
  }

  stop(): void {
    this.#stop.abort();
    this.resume();
  }

  #say(changes: Partial<Progress>): void {
    this.#progress = { ...this.#progress, ...changes };
    this.#onProgress(this.#progress);
  }

  /** Until all is measured, or until it is stopped. */
  async all(): Promise<Report> {
    const begun = performance.now();
    this.#say({});
    const surroundings = await askNew("surroundings", null, this.#stop.signal);
    const machine = machineOf(surroundings);
    const settings = settingsOf(this.#preset, surroundings.backend);
    const first = firstSettingsOf(surroundings);
    const early = new Gathered(first.modes);
    const gathered = new Gathered(settings.modes);
    const report = (complete: boolean) =>
      this.#report(machine, settings, [gathered, early], (performance.now() - begun) / 1000, complete);
    // Ours of all ops, then plain JavaScript's: in one worker, for it is only until the others
    // come.
    const firstSteps = this.#costSteps(first, surroundings, this.#askOne, early);
    const steps = [
      ...firstSteps.filter(({ ours }) => ours),
      ...firstSteps.filter(({ ours }) => !ours),
      ...this.#costSteps(settings, surroundings, this.#askNew, gathered),
      ...this.#otherSteps(settings),
    ];
    try {
      await this.#inTurn(steps, () => this.#onReport(report(false)));
      return report(true);
    } catch (error) {
      if ((error as Error).name !== "AbortError") throw error;
      return report(false);
    } finally {
      this.#one?.end();
    }
  }

  async #inTurn(steps: readonly Step[], then: () => void): Promise<void> {
    const whole = steps.reduce((sum, { expected }) => sum + expected, 0);
    let done = 0;
    let took = 0;
    for (const { what, expected, run } of steps) {
      await this.#paused;
      this.#stop.signal.throwIfAborted();
      const pace = done > 0 ? took / done : 1;
      this.#say({ what, share: done / whole, secondsLeft: ((whole - done) * pace) / 1000 });
      const start = performance.now();
      await run();
      took += performance.now() - start;
      done += expected;
      then();
    }
  }

  readonly #askNew: Ask = (task, asked) => askNew(task, asked, this.#stop.signal);

  readonly #askOne: Ask = (task, asked) => {
    this.#one ??= new Asked();
    return this.#one.ask(task, asked, this.#stop.signal);
  };

  #costSteps(
    settings: Settings,
    { backend, clockStepMs }: Surroundings,
    ask: Ask,
    into: Gathered,
  ): (Step & { readonly ours: boolean })[] {
    const each = CASE_MS + BATCHES_PER_CASE * Math.max(1, STEPS_PER_BATCH * clockStepMs);
    const plans = plansOf(settings).flatMap((group) => Array.from({ length: settings.rounds }, () => group).flat());
    const possible = plans.flatMap((plan): Plan[] => {
      if (backend === "wasm") return [plan];
      // Without WebAssembly a copy is still a copy, and plain JavaScript is all there is.
      return plan.baseline ? [{ ...plan, engine: "js" }] : plan.engine === "js" ? [plan] : [];
    });
    return possible.map((plan) => ({
      what: plan.engine === "js" && backend === "wasm" ? `${plan.op} in plain JavaScript` : plan.op,
      expected: WORKER_MS + plan.cases.length * each,
      ours: plan.engine === backend,
      run: () => this.#measure(plan, settings.milliseconds, ask, into),
    }));
  }

  #otherSteps({ bits }: Settings): Step[] {
    const elementwise = ops.filter(({ kind }) => kind === "map");
    const names = elementwise.map(({ name }) => name);
    return [
      ...elementwise.map(({ name }) => ({
        what: `behaviour of ${name}`,
        expected: BEHAVIOUR_MS,
        run: async () => void this.#behaviour.push(...((await this.#task("behaviour", { ops: [name] })) ?? [])),
      })),
      {
        what: "claims",
        expected: TRIALS_MS,
        run: async () => {
          this.#trials = (await this.#task("trials", null)) ?? {};
        },
      },
      // Of the kernels that multiply matrices there is no plain twin.
      ...(bits
        ? [
            {
              what: "matrix products",
              expected: WORKER_MS + 4 * PRODUCTS_MS + names.length * CASE_MS,
              run: async () => {
                this.#products = (await this.#task("products", { ops: names, milliseconds: PRODUCTS_MS })) ?? null;
              },
            },
          ]
        : []),
      ...ops.map(({ name }) => ({
        what: bits ? `fingerprint of ${name}` : `accuracy of ${name}`,
        expected: bits ? BITS_MS : WORKER_MS,
        run: async () => void this.#accuracy.push(...((await this.#task("accuracy", { ops: [name], bits })) ?? [])),
      })),
    ];
  }

  async #measure(plan: Plan, milliseconds: number, ask: Ask, into: Gathered): Promise<void> {
    const { op, engine, cases } = plan;
    const answer = await this.#task("measure", { op, engine, type: "float32", cases, milliseconds }, ask);
    if (!answer) return;
    const { timed, firstCalls, failures, importMs, jsImportMs } = answer;
    for (const failure of failures) this.#failures.add(failure);
    into.add(plan, timed);
    this.#imports.push({ importMs, jsImportMs });
    for (const { direction, n, ms } of firstCalls) this.#firstCalls.push({ op, direction, n, firstMs: ms });
  }

  /** Undefined if it failed, which is one of the failures. */
  async #task<T extends Task>(
    task: T,
    asked: Tasks[T]["asked"],
    ask: Ask = this.#askOne,
  ): Promise<Tasks[T]["answered"] | undefined> {
    try {
      return await ask(task, asked);
    } catch (error) {
      if ((error as Error).name === "AbortError") throw error;
      this.#failures.add(`${task}: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Of costs that several have gathered, those of the first. */
  #report(
    machine: Machine,
    settings: Settings,
    gathered: readonly Gathered[],
    seconds: number,
    complete: boolean,
  ): Report {
    const { preset, sizes, modes, directions, inputs, rounds } = settings;
    const of = (baseline: boolean) => {
      const costs = gathered.flatMap((one) => one.costs(baseline)).reverse();
      return [...new Map(costs.map((cost) => [keyOf(cost), cost])).values()];
    };
    return reportOf({
      machine,
      settings: { preset, sizes, modes, directions, inputs, rounds: [rounds, rounds], seconds, complete },
      ops,
      costs: of(false),
      baselines: of(true),
      imports: this.#imports,
      firstCalls: this.#firstCalls,
      products: this.#products,
      behaviour: this.#behaviour,
      accuracy: this.#accuracy,
      trials: this.#trials,
      failures: [...this.#failures],
    });
  }
}
