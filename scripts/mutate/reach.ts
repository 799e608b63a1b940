/**
 * Which test files take which steps of src/, and how long each file takes: test/reach.json.
 *
 * The map only chooses and orders the tests: a mutant is killed by a test that fails, never by the
 * map.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileOf, filesIn, readJson } from "../files.ts";
import { Copy } from "./copy.ts";
import { runTests } from "./run.ts";
import { sourceFiles } from "./source.ts";
import { reporting, stepAt, versionOf } from "./steps.ts";

const FILE = fileOf("test/reach.json");

/** They fail at any change of a byte, whether or not it means something. */
const BLIND = ["test/sizes.test.ts", "test/supply.test.ts"];
/** Seconds of a run that reports: a test file that takes longer is none for mutants. */
const LIMIT = 200;

interface Reached {
  readonly seconds: number;
  /** By file of src/, without the ending: its steps as bits, in base64. */
  readonly steps: Readonly<Record<string, string>>;
}

interface Kept {
  /** The files as they were when the steps were counted. */
  readonly versions: Readonly<Record<string, string>>;
  readonly tests: Readonly<Record<string, Reached>>;
}

export interface TestFile {
  readonly file: string;
  readonly seconds: number;
}

const nameOf = (file: string) => file.replace(/^src\/|\.ts$/g, "");

export class Reach {
  readonly #kept = readJson<Kept>(FILE, { versions: {}, tests: {} });
  /** The quickest first. */
  readonly #tests = Object.entries(this.#kept.tests)
    .filter(([file]) => existsSync(fileOf(file)))
    .sort(([, a], [, b]) => a.seconds - b.seconds);

  constructor() {
    if (this.#tests.length === 0) throw new Error("mutate: test/reach.json is missing (npm run mutate -- --reach)");
  }

  /** A few that take next to nothing. */
  quickest(): string[] {
    return this.#tests.slice(0, 12).map(([file]) => file);
  }

  /** Those that run a place of a file. */
  testsOf(file: string, position?: number): TestFile[] {
    const name = nameOf(file);
    const isKnown = this.#kept.versions[name] === versionOf(file);
    const step = position === undefined || !isKnown ? undefined : stepAt(file, position);
    const reaching = this.#tests.filter(([, { steps }]) => {
      const bits = steps[name];
      return bits !== undefined && (step === undefined || hasBit(bits, step));
    });
    // What is done only while the package is loaded is of every test.
    const tests = reaching.length > 0 ? reaching : this.#tests;
    return tests.map(([test, { seconds }]) => ({ file: test, seconds }));
  }
}

const hasBit = (bits: string, at: number) => (((Buffer.from(bits, "base64")[at >> 3] ?? 0) >> (at & 7)) & 1) === 1;

function bitsOf(steps: readonly number[]): string {
  const bytes = Buffer.alloc((Math.max(...steps) >> 3) + 1);
  for (const step of steps) bytes[step >> 3] = (bytes[step >> 3] as number) | (1 << (step & 7));
  return bytes.toString("base64");
}

/** Runs the test files named, or all, once each, and keeps what they reach. */
export async function findReach(named: readonly string[], jobs: number): Promise<void> {
  const all = filesIn("test", /\.test\.ts$/).filter((file) => !BLIND.includes(file));
  const versions = Object.fromEntries(sourceFiles().map((file) => [nameOf(file), versionOf(file)]));
  const kept = readJson<Kept>(FILE, { versions: {}, tests: {} });
  const isSame = (name: string) => kept.versions[name] === versions[name];
  // Steps of files that have changed since are counted anew, as far as the tests are run.
  const tests = new Map(
    Object.entries(kept.tests).flatMap(([file, { seconds, steps }]) => {
      const good = Object.entries(steps).map(([name, bits]) => [name, isSame(name) ? bits : ALL] as const);
      return all.includes(file) ? [[file, { seconds, steps: Object.fromEntries(good) }] as const] : [];
    }),
  );
  const left = [...(named.length > 0 ? named : all)];
  const work = async (job: number) => {
    const copy = reportingCopy(`reach-${job}`);
    await copy.bundle();
    for (let file = left.shift(); file; file = left.shift()) {
      const reached = await reachOf(copy, file);
      tests.delete(file);
      if (reached) tests.set(file, reached);
      write(versions, tests);
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, job) => work(job)));
}

/** More steps than any file has. */
const ALL = Buffer.alloc(64, 255).toString("base64");

function reportingCopy(name: string): Copy {
  const copy = new Copy(name);
  for (const file of sourceFiles()) copy.write(file, reporting(file, nameOf(file)));
  for (const file of ["src/index.ts", "src/activations.generated.ts"]) {
    copy.write(file, `${readFileSync(copy.pathOf(file), "utf8")}\n;globalThis.$loaded = true;\n`);
  }
  return copy;
}

async function reachOf(copy: Copy, file: string): Promise<Reached | undefined> {
  const list = copy.pathOf("build/reached.txt");
  writeFileSync(list, "");
  const start = performance.now();
  const { status, test } = await runTests(copy, { files: [file], limit: LIMIT, env: { REACHED: list } });
  const seconds = Math.ceil((performance.now() - start) / 1000);
  const taken = new Map<string, Set<number>>();
  for (const line of readFileSync(list, "utf8").split("\n")) {
    const [name, step] = line.split(" ");
    if (!name || step === undefined) continue;
    taken.set(name, (taken.get(name) ?? new Set()).add(Number(step)));
  }
  const isOfUse = status === "passed" && taken.size > 0;
  console.log(`${file}: ${seconds} s, ${taken.size} files${isOfUse ? "" : `, not used: ${test ?? status}`}`);
  if (!isOfUse) return undefined;
  const steps = [...taken].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, set]) => [name, bitsOf([...set])] as const);
  return { seconds, steps: Object.fromEntries(steps) };
}

/** One line for each test file. */
function write(versions: Kept["versions"], tests: ReadonlyMap<string, Reached>): void {
  const sorted = [...tests].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([file, reached]) => `  ${JSON.stringify(file)}: ${JSON.stringify(reached)}`);
  writeFileSync(FILE, `{\n "versions": ${JSON.stringify(versions)},\n "tests": {\n${lines.join(",\n")}\n }\n}\n`);
}
