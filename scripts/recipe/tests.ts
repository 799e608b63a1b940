/** The tests that an op of the table goes through. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Those of pages, names and layers: all of them. */
const TABLE = ["build", "docs", "layers", "surface"];
/** Those that walk over the ops and name each: of the ops in question. */
const OPS = ["accuracy", "fingerprint", "gradients", "reference", "refusals"];

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

export class Tests {
  readonly #report: string;
  readonly #run: (command: string, args: readonly string[]) => string;
  readonly #fail: (text: string) => never;

  constructor(clone: string, run: (command: string, args: readonly string[]) => string, fail: (text: string) => never) {
    this.#report = join(dirname(clone), "tests.json");
    this.#run = run;
    this.#fail = fail;
  }

  ofTheTable(): void {
    const { numPassedTests } = this.#pass(TABLE);
    console.log(`${numPassedTests} tests of the table pass`);
  }

  of(ops: readonly string[]): void {
    const { testResults } = this.#pass(OPS, "--testNamePattern", `\\b(${ops.join("|")})(Grad)?\\b`);
    const passed = testResults.flatMap(({ assertionResults }) =>
      assertionResults.flatMap(({ status, fullName }) => (status === "passed" ? [fullName] : [])),
    );
    for (const op of ops) {
      const count = passed.filter((name) => name.includes(op)).length;
      if (count < OPS.length) this.#fail(`${count} tests of ${op} were found`);
      console.log(`${count} tests of ${op} pass`);
    }
  }

  #pass(names: readonly string[], ...options: readonly string[]): Results {
    const files = names.map((name) => `test/${name}.test.ts`);
    try {
      this.#run("npx", ["vitest", "run", "--reporter=json", `--outputFile=${this.#report}`, ...options, ...files]);
    } catch {
      // Which ones fail is said next.
    }
    const results = JSON.parse(readFileSync(this.#report, "utf8")) as Results;
    const failed = results.testResults.flatMap(({ message, assertionResults }) => [
      ...(message ? [message] : []),
      ...assertionResults.flatMap(({ status, fullName }) => (status === "failed" ? [fullName] : [])),
    ]);
    if (failed.length > 0 || results.numPassedTests === 0)
      this.#fail(`of ${names.join(", ")} ${results.numPassedTests} tests pass, these fail:\n${failed.join("\n")}`);
    return results;
  }
}
