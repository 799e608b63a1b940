/** One mutant: built, and tested until a test notices. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileOf, readJson, writeJson } from "../files.ts";
import type { Copy } from "./copy.ts";
import { callersOf } from "./kernels.ts";
import type { Mutant } from "./mutant.ts";
import type { Reach, TestFile } from "./reach.ts";
import { runTests } from "./run.ts";

export interface Result {
  readonly fate: "killed" | "survived" | "unchanged" | "invalid";
  /** What noticed it. */
  readonly by?: string;
  readonly seconds: number;
}

/** Seconds of tests in one run of the runner: it takes a second to start. */
const BATCHES = [6, 20, Infinity];
/** More ops than that are not looked at one by one. */
const FEW = 8;

/** Files tested together, whose names of tests must match a pattern if there is one. */
interface Batch {
  readonly files: readonly string[];
  readonly seconds: number;
  readonly pattern?: string;
}

export class Tester {
  readonly #copy: Copy;
  readonly #reach: Reach;
  /** Seconds of tests that a mutant may take. */
  readonly #budget: number;

  constructor(copy: Copy, reach: Reach, budget: number) {
    this.#copy = copy;
    this.#reach = reach;
    this.#budget = budget;
  }

  async test(mutant: Mutant): Promise<Result> {
    const start = performance.now();
    const result = (fate: Result["fate"], by?: string): Result => ({
      fate,
      ...(by === undefined ? {} : { by }),
      seconds: Math.round((performance.now() - start) / 100) / 10,
    });
    const isSource = mutant.place.startsWith("src/");
    try {
      try {
        if (isSource) this.#copy.write(mutant.place, mutant.text());
        else this.#copy.assemble(mutant.text());
        if (!(await this.#copy.bundle())) return result("unchanged");
      } catch {
        return result("invalid");
      }
      const batches = isSource
        ? this.#batches(this.#reach.testsOf(mutant.place, mutant.position))
        : this.#batchesOfKernel(mutant.place);
      for (const { files, seconds, pattern } of batches) {
        const { status, test } = await runTests(this.#copy, { files, pattern, limit: 60 + 5 * seconds });
        if (status !== "passed") return result("killed", test ?? `no end of ${files.join(", ")}`);
      }
      return result("survived");
    } finally {
      if (isSource) this.#copy.restore(mutant.place);
      else this.#copy.restoreKernels();
    }
  }

  /** That the tests pass where nothing is changed: else they would kill everything. */
  async check(files: readonly string[]): Promise<string | undefined> {
    await this.#copy.bundle();
    const { status, test } = await runTests(this.#copy, { files, limit: 600 });
    return status === "passed" ? undefined : (test ?? status);
  }

  #batches(tests: readonly TestFile[]): Batch[] {
    const batches: Batch[] = [];
    let spent = 0;
    let files: string[] = [];
    let seconds = 0;
    const close = () => {
      if (files.length > 0) batches.push({ files, seconds });
      files = [];
      seconds = 0;
    };
    for (const test of tests) {
      if (spent > 0 && spent + test.seconds > this.#budget) break;
      spent += test.seconds;
      if (seconds + test.seconds > (BATCHES[batches.length] ?? Infinity)) close();
      files.push(test.file);
      seconds += test.seconds;
    }
    close();
    return batches;
  }

  /** First the tests that name the ops which the function belongs to: fingerprints before all. */
  #batchesOfKernel(place: string): Batch[] {
    const all = this.#batches(this.#reach.testsOf("src/wasm/instance.ts"));
    const names = namesOf(place);
    if (names.length === 0 || names.length > FEW) return [fingerprints(), ...all];
    const pattern = `\\b(${names.join("|")})\\b`;
    return [fingerprints(pattern), fingerprints(), ...all];
  }
}

const fingerprints = (pattern?: string): Batch => ({
  files: ["test/fingerprint.test.ts"],
  seconds: pattern === undefined ? 60 : 10,
  ...(pattern === undefined ? {} : { pattern }),
});

/** The ops whose kernels come to a function, as far as it can be told. */
function namesOf(place: string): string[] {
  const [, file] = /kernels\/(\w+)\//.exec(place) ?? [];
  const called = callersOf(place).map((name) => name.replace(/Table$/, ""));
  return [...new Set(called.length === 0 && file !== undefined ? [file, `${file}Grad`] : called)];
}

/** Results of earlier runs, of mutants of the same code: build/mutate/results.json. */
export class Results {
  readonly #file = fileOf("build/mutate/results.json");
  readonly #all: Record<string, Result> = readJson(this.#file, {});

  /** A survivor is tested again: there may be new tests. */
  of(mutant: Mutant): Result | undefined {
    const known = this.#all[keyOf(mutant)];
    return known?.fate === "survived" ? undefined : known;
  }

  keep(mutant: Mutant, result: Result): void {
    this.#all[keyOf(mutant)] = result;
    writeJson(this.#file, this.#all);
  }
}

function keyOf({ place, line, from, to }: Mutant): string {
  const code = place.startsWith("src/") ? readFileSync(fileOf(place)) : "";
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 8);
  return `${place}:${line} ${hash} ${from} -> ${to}`;
}
