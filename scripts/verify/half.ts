/**
 * Checks ops on Float16Array: elementwise ops over all 65,536 inputs at every setting, their
 * gradients over all inputs with a dy of ones and random ones, the others on random rows.
 */
import { type Case, casesOf } from "../../oracle/cases.ts";
import { EVERY_HALF, halfError, halfOf } from "../../oracle/half.ts";
import { roundedAt } from "../../oracle/rounded.ts";
import { NUMBERS } from "../fingerprint/numbers.ts";
import { allFingerprintsOf, functionsOf, type Package, runOf, type ShapedRun, shapedRuns } from "../fingerprint/ops.ts";
import type { HalfEntry } from "./entry.ts";
import { complaintAboutHalf, EXACT, keepHalf, WIDE } from "./results.ts";
import { checkRows, rowCases } from "./rows.ts";
import type { Ops } from "./sweep.ts";

/** How many random dy each input of a gradient gets, and how many random shapes an op. */
const FACTORS = 8;
const SHAPES = 60;

type Found = Omit<HalfEntry, "fingerprint">;

/** Adds up results, one after the other. */
class Tally {
  results = 0;
  maxUlp = 0;
  worst = "";
  misrounded = 0;

  add(got: number, exact: number, rounded: number | undefined, where: () => string): void {
    this.results++;
    if (rounded !== undefined && !Object.is(got, rounded)) this.misrounded++;
    const error = halfError(got, exact);
    if (error <= this.maxUlp) return;
    this.maxUlp = error;
    this.worst = `${where()}: ${got}, exact ${exact}`;
  }

  found(bound: number, every: boolean): Found {
    const { results, worst, misrounded } = this;
    return { results, every, bound, maxUlp: Number(this.maxUlp.toPrecision(6)), worst, misrounded };
  }
}

/** A whole number below n, the next of a seeded sequence. */
function random(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

function checkForward(subjects: readonly Case[], ops: Ops): Found {
  const tally = new Tally();
  const every = Float16Array.from(EVERY_HALF);
  for (const subject of subjects) {
    const { row, setting, a, b, c } = subject;
    runOf<Float16Array>(subject, ops)(every, every).forEach((y, i) => {
      const x = EVERY_HALF[i] as number;
      tally.add(y, row.value(x, a, b, c), roundedAt(subject, x), () => `${x}, ${setting}`);
    });
  }
  return tally.found(EXACT, true);
}

function checkGradient(subjects: readonly Case[], ops: Ops): Found {
  const tally = new Tally();
  const every = Float16Array.from(EVERY_HALF);
  for (const subject of subjects) {
    const { row, setting, a, b, c } = subject;
    const slopes = EVERY_HALF.map((x) => row.derivative(x, a, b, c));
    for (let k = 0; k <= FACTORS; k++) {
      const below = random(k);
      // Finite ones, of any size.
      const dy = every.map(() => (k === 0 ? 1 : halfOf(below(2) * 0x8000 + below(0x7c00))));
      runOf<Float16Array>(subject, ops)(every, dy).forEach((dx, i) => {
        const exact = (dy[i] as number) * (slopes[i] as number);
        tally.add(dx, exact, undefined, () => `${EVERY_HALF[i]}, dy ${dy[i]}, ${setting}`);
      });
    }
  }
  return tally.found(WIDE, false);
}

/** Against the twin, whose formulas are float64, on the same numbers. */
function checkShaped(run: ShapedRun<Float16Array>, twin: ShapedRun): Found {
  const tally = new Tally();
  const below = random(1);
  for (let k = 0; k < SHAPES; k++) {
    const shape = [1 + below(6), 2 + 2 * below(k % 10 === 0 ? 40_000 : 300), 1 + below(6)];
    const channels = shape[1] as number;
    const length = shape.reduce((product, n) => product * n, 1);
    const spread = 0.25 * 4 ** below(4);
    const numbers = () =>
      Float16Array.from({ length }, () => spread * ((below(2 ** 16) + below(2 ** 16)) / 2 ** 16 - 1));
    const [x, above] = [numbers(), numbers()];
    const options = { shape, axis: 1 };
    const exact = twin(Float32Array.from(x), Float32Array.from(above), options, channels);
    run(x, above, options, channels).forEach((found, part) => {
      found.forEach((y, i) => {
        tally.add(y, exact[part]?.[i] as number, undefined, () => `[${shape}], element ${i} of result ${part}`);
      });
    });
  }
  return tally.found(WIDE, false);
}

/** Of all ops, or those named; true if all keep their bounds. */
export function verifyHalf(ops: Ops, twin: Package, names: readonly string[], dry: boolean): boolean {
  const cases = casesOf(true);
  const rows = rowCases();
  const twins = new Map(shapedRuns(twin));
  const shaped = new Map(shapedRuns<Float16Array>(ops));

  function foundOf(name: string): Found {
    const subjects = cases.filter(({ op }) => op === name);
    if (subjects[0]) return (subjects[0].direction === "forward" ? checkForward : checkGradient)(subjects, ops);
    const row = rows.find(({ op }) => op === name);
    if (row) {
      const precision = { of: (values: Float32Array) => new Float16Array(values), error: halfError, bound: WIDE };
      const { elements, maxUlp, worst } = checkRows(row, ops, "", precision);
      const where = `${worst.row}, element ${worst.index}: ${worst.got}, exact ${worst.exact}`;
      return { results: elements, every: false, bound: WIDE, maxUlp, worst: where, misrounded: 0 };
    }
    const [run, exact] = [shaped.get(name), twins.get(name)];
    if (!run || !exact) throw new Error(`there is nothing to compare ${name} with`);
    return checkShaped(run, exact);
  }

  const all = functionsOf(ops);
  for (const op of names) if (!all.some(({ name, of }) => name === op || of === op)) throw new Error(`no op ${op}`);
  const functions = all.filter(({ name, of }) => names.length === 0 || names.includes(name) || names.includes(of));
  let failed = 0;
  for (const { name } of functions) {
    const fingerprint = allFingerprintsOf(ops, [name])[name + NUMBERS.float16.suffix] as string;
    const entry: HalfEntry = { ...foundOf(name), fingerprint };
    const complaint = complaintAboutHalf(entry);
    if (complaint) failed++;
    const { maxUlp, worst, results, every } = entry;
    console.log(
      `${complaint && `WRONG, ${complaint}: `}${name}: ${maxUlp} ULP at ${worst}; ` +
        `${results} results${every ? ", of all inputs" : ""}`,
    );
    if (!dry) keepHalf(name, entry);
  }
  console.log(`${functions.length} checked on Float16Array, ${failed} with complaints`);
  return failed === 0;
}
