/**
 * Changes the code in small ways and looks whether a test notices: `npm run mutate`.
 *
 *   kernels         of the module of kernels rather than of src/; a sample of 200 unless told
 *   PATH            only of places that contain this
 *   --sample 40     so many, drawn by --seed 1
 *   --budget 200    seconds of tests that a mutant may take, by test/reach.json
 *   --jobs 2        mutants at a time
 *   --list          only says what would be tested
 *   --reach         makes test/reach.json, the tests that reach a file, anew: of all test files or
 *                   of those named; takes a run of each
 *
 * Fails where a mutant survives that test/survivors.json does not name with a reason. Results are
 * kept in build/mutate/, until the next build: a run that was stopped goes on.
 */
import { parseArgs } from "node:util";
import { Copy } from "./copy.ts";
import { mutantsOfKernels } from "./kernels.ts";
import { Survivors } from "./known.ts";
import { drawn, type Mutant } from "./mutant.ts";
import { findReach, Reach } from "./reach.ts";
import { mutantsOf, sourceFiles } from "./source.ts";
import { type Result, Results, Tester } from "./test.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    budget: { type: "string", default: "200" },
    jobs: { type: "string", default: "2" },
    list: { type: "boolean", default: false },
    reach: { type: "boolean", default: false },
  },
});

if (values.reach) await findReach(positionals, Number(values.jobs));
else await mutate();

async function mutate(): Promise<void> {
  if (!("Float16Array" in globalThis)) {
    console.log(`${process.version} has no Float16Array: mutants of its code survive here; Node 24 has it`);
  }
  const ofKernels = positionals.includes("kernels");
  const paths = positionals.filter((name) => name !== "kernels");
  const all = ofKernels ? mutantsOfKernels() : sourceFiles().flatMap(mutantsOf);
  const survivors = new Survivors();
  const stale = survivors.staleAmong(all);
  for (const { place, from } of stale) console.error(`test/survivors.json: ${place} has no "${from}" any more`);
  if (stale.length > 0) process.exitCode = 1;
  const among = all.filter(({ place }) => paths.length === 0 || paths.some((path) => place.includes(path)));
  const unknown = among.filter((mutant) => !survivors.has(mutant));
  const sample = values.sample ?? (ofKernels ? "200" : undefined);
  const chosen = sample === undefined ? unknown : drawn(unknown, Number(sample), values.seed);
  console.log(`${chosen.length} of ${among.length} mutants, ${among.length - unknown.length} of which mean nothing`);
  if (values.list) for (const mutant of chosen) console.log(textOf(mutant));
  else summary(await testAll(chosen));
}

async function testAll(chosen: readonly Mutant[]): Promise<(readonly [Mutant, Result])[]> {
  const results = new Results();
  const done: (readonly [Mutant, Result])[] = [];
  const left: Mutant[] = [];
  for (const mutant of chosen) {
    const known = results.of(mutant);
    if (known) done.push([mutant, known]);
    else left.push(mutant);
  }
  if (done.length > 0) console.log(`${done.length} of them were tested before`);
  const reach = new Reach();
  const work = async (job: number) => {
    const tester = new Tester(new Copy(String(job)), reach, Number(values.budget));
    if (job === 0) {
      const wrong = await tester.check(reach.quickest());
      if (wrong !== undefined) throw new Error(`mutate: this fails without a mutant: ${wrong}`);
    }
    for (let mutant = left.shift(); mutant; mutant = left.shift()) {
      const result = await tester.test(mutant);
      results.keep(mutant, result);
      done.push([mutant, result]);
      console.log(`${result.fate}, ${result.seconds} s: ${textOf(mutant)}\n  ${result.by ?? ""}`);
    }
  };
  if (left.length > 0) await Promise.all(Array.from({ length: Number(values.jobs) }, (_, job) => work(job)));
  return done;
}

function summary(done: readonly (readonly [Mutant, Result])[]): void {
  const count = (fate: Result["fate"]) => done.filter(([, result]) => result.fate === fate).length;
  const [killed, survived] = [count("killed"), count("survived")];
  console.log(`\nkilled ${killed} of ${killed + survived} (${((100 * killed) / (killed + survived)).toFixed(1)} %)`);
  console.log(`${count("unchanged")} more change no byte of the bundles, ${count("invalid")} do not build`);
  for (const [mutant, result] of done) if (result.fate === "survived") console.log(`survived: ${textOf(mutant)}`);
  if (survived > 0) {
    console.log("Each wants a test, or a line with its reason in test/survivors.json.");
    process.exitCode = 1;
  }
}

function textOf({ place, line, from, to }: Mutant): string {
  return `${place}:${line}\n  - ${from}\n  + ${to}`;
}
