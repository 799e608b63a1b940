/** The whole run: a process for each op, engine and round, one at a time. */
import { type Found, reportOf } from "../assemble.ts";
import type { Imports, Task, Tasks } from "../measure/tasks.ts";
import type { Settings } from "../options.ts";
import type { Accuracy, Behaviour, FirstCall, Machine, Products, Report } from "../results.ts";
import type { Trials } from "../verdicts/verdicts.ts";
import { runChild } from "./children.ts";
import { Gathered } from "./gather.ts";
import { type Plan, plansOf } from "./plan.ts";
import { Progress } from "./progress.ts";

/** Starting a process and warming up, until the first one tells. */
const ASSUMED_OVERHEAD_MS = 250;
/** Warm-up and the last batch, beyond the time asked for. */
const SLACK = 1.25;
/** Rather one round less than cases shorter than this; in one round at least the shortest. */
const SHORT_MS = 6;
const SHORTEST_MS = 2;

type First = Omit<FirstCall, "steadyMs">;

/** Each case of the products. */
const PRODUCTS_MS = 100;

function isInterruption(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** Measures what the settings ask for, and keeps what was found if it is interrupted. */
export class Run {
  readonly #settings: Settings;
  readonly #machine: Machine;
  readonly #signal: AbortSignal;
  readonly #start = performance.now();
  readonly #gathered: Gathered;
  readonly #failures = new Set<string>();
  readonly #imports: Imports[] = [];
  readonly #firstCalls = new Map<string, First>();
  readonly #rounds: number[] = [];
  /** What a process takes beside its cases. */
  #overhead = ASSUMED_OVERHEAD_MS;
  #processesLeft = 0;
  #casesLeft = 0;
  #products: Products | undefined;
  #behaviour: readonly Behaviour[] = [];
  #accuracy: readonly Accuracy[] = [];
  #trials: Trials = {};

  constructor(settings: Settings, machine: Machine, signal: AbortSignal) {
    this.#settings = settings;
    this.#machine = machine;
    this.#signal = signal;
    this.#gathered = new Gathered(settings.modes);
  }

  async all(): Promise<Report> {
    const groups = plansOf(this.#settings);
    this.#processesLeft = groups.flat().length;
    this.#casesLeft = groups.flat().reduce((sum, { cases }) => sum + cases.length, 0);
    const progress = new Progress(this.#settings.budget);
    let complete = true;
    try {
      await this.#beside(progress);
      progress.begin(groups.length);
      for (const group of groups) {
        progress.step([...new Set(group.map(({ op }) => op))].join(", "));
        await this.#group(group);
      }
    } catch (error) {
      if (!isInterruption(error)) throw error;
      complete = false;
    } finally {
      progress.end();
    }
    return reportOf(this.#found(complete));
  }

  /**
   * What does not depend on the time: two processes side by side. First, so that the costs get what
   * is left of the time.
   */
  async #beside(progress: Progress): Promise<void> {
    const { bits, type } = this.#settings;
    const ops = this.#settings.ops.map(({ name }) => name);
    const half = Math.ceil(ops.length / 2);
    // Of float32, and of use beside costs of such arrays only.
    if (type === "float32") {
      progress.say("matrix products");
      this.#products = await this.#task("products", { ops, milliseconds: PRODUCTS_MS });
    }
    progress.say("behaviour");
    const [[first, trials], [second, accuracy]] = await Promise.all([
      this.#inTurn(
        () => this.#task("behaviour", { ops: ops.slice(0, half) }),
        () => this.#task("trials", null),
      ),
      this.#inTurn(
        () => this.#task("behaviour", { ops: ops.slice(half) }),
        () => this.#task("accuracy", { ops, bits }),
      ),
    ]);
    this.#behaviour = [...(first ?? []), ...(second ?? [])];
    this.#trials = trials ?? {};
    this.#accuracy = accuracy ?? [];
  }

  async #inTurn<A, B>(one: () => Promise<A>, other: () => Promise<B>): Promise<[A, B]> {
    return [await one(), await other()];
  }

  /** Undefined if it failed, which is one of the failures. */
  async #task<T extends Task>(task: T, asked: Tasks[T]["asked"]): Promise<Tasks[T]["answered"] | undefined> {
    try {
      return await runChild(task, asked, this.#signal);
    } catch (error) {
      if (isInterruption(error)) throw error;
      this.#failures.add(`${task}: ${(error as Error).message}`);
      return undefined;
    }
  }

  /** Rounds, and time for each case: as asked for, or less where all would not end in time. */
  #affordable(): { rounds: number; milliseconds: number } {
    const { budget, rounds, milliseconds } = this.#settings;
    if (budget === undefined) return { rounds, milliseconds };
    const left = budget - (performance.now() - this.#start);
    for (let fewer = rounds; ; fewer--) {
      const each = (left / fewer - this.#processesLeft * this.#overhead) / this.#casesLeft / SLACK;
      if (each >= SHORT_MS || fewer === 1) {
        return { rounds: fewer, milliseconds: Math.max(Math.min(milliseconds, each), SHORTEST_MS) };
      }
    }
  }

  async #group(group: readonly Plan[]): Promise<void> {
    const { rounds, milliseconds } = this.#affordable();
    this.#rounds.push(rounds);
    for (let i = 0; i < rounds; i++) for (const plan of group) await this.#round(plan, milliseconds);
    this.#processesLeft -= group.length;
    this.#casesLeft -= group.reduce((sum, { cases }) => sum + cases.length, 0);
  }

  async #round(plan: Plan, milliseconds: number): Promise<void> {
    const { op, engine, cases } = plan;
    const begun = performance.now();
    try {
      const answer = await runChild(
        "measure",
        { op, engine, type: this.#settings.type, cases, milliseconds },
        this.#signal,
      );
      const { timed, firstCalls, failures, importMs, jsImportMs } = answer;
      for (const failure of failures) this.#failures.add(failure);
      this.#gathered.add(plan, timed);
      this.#imports.push({ importMs, jsImportMs });
      for (const call of plan.baseline ? [] : firstCalls)
        this.#firstCall({ op, direction: call.direction, n: call.n, firstMs: call.ms });
    } catch (error) {
      if (isInterruption(error)) throw error;
      this.#failures.add(`${op} of ${engine}: ${(error as Error).message}`);
    }
    const took = performance.now() - begun - cases.length * milliseconds * SLACK;
    this.#overhead += (Math.max(took, 0) - this.#overhead) / 6;
  }

  /**
   * The fastest of the rounds: a first call happens once in a process, and any of them may be
   * interrupted.
   */
  #firstCall(call: First): void {
    const key = `${call.op} ${call.direction}`;
    const firstMs = Math.min(call.firstMs, this.#firstCalls.get(key)?.firstMs ?? Infinity);
    this.#firstCalls.set(key, { ...call, firstMs });
  }

  #found(complete: boolean): Found {
    const { preset, type, ops, sizes, modes, directions, inputs } = this.#settings;
    const seconds = Math.round((performance.now() - this.#start) / 1000);
    const rounds = [Math.min(...(this.#rounds.length > 0 ? this.#rounds : [0])), Math.max(...this.#rounds, 0)] as const;
    return {
      machine: this.#machine,
      settings: { preset, type, sizes, modes, directions, inputs, rounds, seconds, complete },
      ops,
      costs: this.#gathered.costs(false),
      baselines: this.#gathered.costs(true),
      imports: this.#imports,
      firstCalls: [...this.#firstCalls.values()],
      products: this.#products ?? null,
      behaviour: this.#behaviour,
      accuracy: this.#accuracy,
      trials: this.#trials,
      failures: [...this.#failures],
    };
  }
}
