/**
 * Checks ops over all 2^32 float32 inputs against their float64 formulas:
 * `npm run verify [-- options] [ops]`.
 *
 * All inputs of the elementwise ops; of the ops along an axis, a random sample of rows.
 *
 *   --settings       the further settings of the parametric ops too
 *   --only-settings  those alone
 *   --backend js     the plain JavaScript twin, on a sample of 2^24 inputs
 *   --sample 20      about every 2^12th input, 2^20 in all
 *   --direct         the formula at every input, no interpolation between (see reference.ts)
 *   --cores 2        how many processes; all cores unless told
 *   --dry            prints and keeps nothing
 *   --dy             gradients with dy = 65536, 1e-10, -1, 1e30 and adverse ones instead, on 2^20
 *                    inputs (or --sample)
 *   --half           on Float16Array instead: every function, at all settings (see half.ts); with
 *                    Node 24 or later
 *
 * `op` may be an activation (both directions) or a function (tanhGrad). Ctrl-C ends it; the same
 * call goes on where it was. The package under test is copied at the start: it may be built anew
 * meanwhile.
 */
import { type ChildProcess, fork } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Case, casesOf } from "../../oracle/cases.ts";
import { ulpError } from "../../oracle/ulp.ts";
import { fileOf, readJson, writeJson } from "../files.ts";
import { fingerprintsOf } from "../fingerprint/ops.ts";
import type { Entry } from "./entry.ts";
import { verifyHalf } from "./half.ts";
import { ALL_INPUTS, type Backend, complaintsAbout, keepEntry, keepRows, keepWorst } from "./results.ts";
import { checkAdverseRows, checkRows, rowCases } from "./rows.ts";
import { checkScaled, FACTORS, SCALED_BOUND } from "./scaled.ts";
import { addPart, emptyPart, type Ops, type Part, type Sweep, sweepOf } from "./sweep.ts";

const PACKAGE = "wasm-activations";

/** Inputs that a process gets at a time. */
const CHUNK = 2 ** 24;
const SAMPLE_CHUNK = 2 ** 18;
/** How often progress is shown and kept. */
const INTERVAL = process.stderr.isTTY ? 500 : 15_000;

/** What a process is told at its start, after "--worker", as JSON. */
interface Job {
  readonly op: string;
  readonly setting: string;
  readonly module: string;
  readonly stride: number;
  readonly direct: boolean;
}

interface Order {
  readonly chunk: number;
  readonly count: number;
  readonly floor: number;
}

interface Delivery {
  readonly chunk: number;
  readonly part: Part;
}

/** What was done of a case, in build/verify.json. */
interface Progress {
  readonly fingerprint: string;
  readonly done: number[];
  readonly total: Part;
}

const load = async (module: string) => (await import(module)) as Ops;

async function work({ op, setting, module, stride, direct }: Job): Promise<void> {
  // Ctrl-C reaches the whole group of processes; the parent decides.
  process.on("SIGINT", () => {});
  process.on("disconnect", () => process.exit());
  const subject = casesOf(true).find((one) => one.op === op && one.setting === setting);
  if (!subject) throw new Error(`no such case: ${op} ${setting}`);
  const sweep = sweepOf(subject, await load(module), { stride, direct });
  process.on("message", ({ chunk, count, floor }: Order) => {
    const delivery: Delivery = { chunk, part: sweep.range(chunk * count, count, floor) };
    process.send?.(delivery);
  });
  process.send?.("ready");
}

async function supervise(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      settings: { type: "boolean", default: false },
      "only-settings": { type: "boolean", default: false },
      backend: { type: "string", default: "wasm" },
      sample: { type: "string" },
      direct: { type: "boolean", default: false },
      cores: { type: "string", default: String(availableParallelism()) },
      dry: { type: "boolean", default: false },
      dy: { type: "boolean", default: false },
      half: { type: "boolean", default: false },
    },
  });
  if (values.backend !== "wasm" && values.backend !== "js") throw new Error(`--backend ${values.backend}: wasm or js`);
  const backend: Backend = values.backend;
  const sample = Number(values.sample ?? (backend === "js" ? 24 : 32));
  if (!values.dy && !(sample >= Math.log2(SAMPLE_CHUNK) && sample <= 32)) {
    throw new Error(`--sample ${values.sample}: expected ${Math.log2(SAMPLE_CHUNK)} to 32`);
  }
  const stride = ALL_INPUTS / 2 ** sample;
  const chunkSize = stride === 1 ? CHUNK : SAMPLE_CHUNK;
  const chunks = ALL_INPUTS / stride / chunkSize;

  if (values.half) {
    if (typeof Float16Array === "undefined") {
      console.error(`--half: ${process.version} has no Float16Array; Node 24 and later do`);
      process.exitCode = 2;
      return;
    }
    const [ops, twin] = await Promise.all(["", "/js"].map((entry) => load(import.meta.resolve(PACKAGE + entry))));
    process.exitCode = verifyHalf(ops as Ops, twin as Ops, positionals, values.dry) ? 0 : 1;
    return;
  }

  const known = casesOf(values.settings || values["only-settings"]);
  const knownRows = rowCases();
  for (const name of positionals) {
    if (![...known, ...knownRows].some(({ op, of }) => op === name || of === name))
      throw new Error(`there is no op ${name}`);
  }
  const cases = known.filter(
    ({ op, of, setting }) =>
      (positionals.length === 0 || positionals.includes(op) || positionals.includes(of)) &&
      !(values["only-settings"] && setting === "default"),
  );

  // Where a build empties nothing, and packages are still found from.
  const caches = fileOf("node_modules/.cache");
  mkdirSync(caches, { recursive: true });
  const folder = mkdtempSync(join(caches, "verify-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const module = join(folder, "ops.mjs");
  const script = join(folder, "verify.mjs");
  copyFileSync(fileURLToPath(import.meta.resolve(backend === "js" ? `${PACKAGE}/js` : PACKAGE)), module);
  copyFileSync(fileURLToPath(import.meta.url), script);
  const ops = await load(pathToFileURL(module).href);
  if (values.dy) {
    process.exitCode = sweepScaled(cases, ops, 2 ** (32 - Number(values.sample ?? 20))) ? 0 : 1;
    return;
  }
  const fingerprints = fingerprintsOf(ops, [...new Set(cases.map(({ op }) => op))]);

  const stateFile = fileURLToPath(new URL("../verify.json", import.meta.url));
  const state = readJson<Record<string, Progress>>(stateFile, {});
  const keyOf = ({ op, setting }: Case) =>
    [backend, op, setting, sample, values.direct ? "direct" : ""].join(" ").trim();
  const save = () => writeJson(stateFile, state);

  const progress = new Progression(cases.length * chunks);
  let failed = 0;
  for (const subject of cases) {
    const key = keyOf(subject);
    const fingerprint = fingerprints[subject.op] as string;
    const before = state[key];
    const current: Progress =
      before && before.fingerprint === fingerprint ? before : { fingerprint, done: [], total: emptyPart() };
    state[key] = current;
    progress.skip(current.done.length);

    const done = new Set(current.done);
    // First where the errors are, so that the others are compared with a floor.
    const order = Array.from({ length: chunks }, (_, i) => (i + Math.floor(chunks * 0.246)) % chunks);
    const queue = order.filter((chunk) => !done.has(chunk));
    const job: Job = {
      op: subject.op,
      setting: subject.setting,
      module: pathToFileURL(module).href,
      stride,
      direct: values.direct,
    };
    const team = new Team(script, job, Math.min(Number(values.cores), queue.length));
    const interrupt = () => {
      team.end();
      save();
      progress.line(`stopped in ${subject.op} (${subject.setting}); the same call goes on from here`);
      process.exit(130);
    };
    process.once("SIGINT", interrupt);
    process.once("SIGTERM", interrupt);
    await team.each(queue, chunkSize, current.total, (chunk) => {
      current.done.push(chunk);
      if (progress.step(subject.op, subject.setting, current.done.length / chunks)) save();
    });
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);

    const entry = entryOf(subject, current.total, sweepOf(subject, ops, { stride, direct: true }), fingerprint);
    const complaints = complaintsAbout(entry);
    if (complaints.length > 0) failed++;
    progress.line(summaryOf(subject, entry, complaints));
    if (!values.dry) {
      keepEntry(backend, subject, entry);
      if (backend === "wasm") keepWorst(subject, entry.worst.bits);
    }
    delete state[key];
    save();
  }
  const rows = backend === "wasm" && !values["only-settings"] ? knownRows : [];
  for (const subject of rows) {
    if (positionals.length > 0 && !positionals.includes(subject.op)) continue;
    const fingerprint = fingerprintsOf(ops, [subject.op])[subject.op] as string;
    const adverse = checkAdverseRows(subject, ops);
    const entry = { ...checkRows(subject, ops, fingerprint), ...(adverse === undefined ? {} : { adverse }) };
    const { maxUlp, bound, worst, meanUlp, elements } = entry;
    if (maxUlp > bound) failed++;
    progress.line(
      `${maxUlp > bound ? "WRONG " : ""}${subject.op}: ${maxUlp} ULP at element ${worst.index} of ${worst.row}: ` +
        `got ${worst.got}, exact ${worst.exact}; mean ${meanUlp}, ${elements} elements` +
        (adverse === undefined ? "" : `; ${adverse} in adverse rows`),
    );
    if (!values.dry) keepRows(subject.op, entry);
  }
  progress.line(`${cases.length} checked, ${failed} with complaints; ${progress.rate()}`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** Gradients with other dy than 1; true if all keep the bound. */
function sweepScaled(cases: readonly Case[], ops: Ops, stride: number): boolean {
  let failed = 0;
  for (const subject of cases) {
    if (subject.direction === "forward") continue;
    for (const dy of FACTORS) {
      const { maxUlp, worst, normal, inputs } = checkScaled(subject, ops, dy, stride);
      if (maxUlp > SCALED_BOUND) failed++;
      const wrong = maxUlp > SCALED_BOUND ? "WRONG " : "";
      console.log(
        `${wrong}${subject.op} ${subject.setting}, dy ${dy}: ${maxUlp.toFixed(4)} ULP at ${worst}, ` +
          `${normal} normal of ${inputs} inputs`,
      );
    }
  }
  console.log(`${failed} beyond ${SCALED_BOUND} ULP`);
  return failed === 0;
}

/** The processes of one case. */
class Team {
  readonly #children: ChildProcess[];

  constructor(script: string, job: Job, size: number) {
    this.#children = Array.from({ length: size }, () => fork(script, ["--worker", JSON.stringify(job)]));
  }

  /** Hands out the chunks and adds up what comes back. */
  each(queue: readonly number[], count: number, total: Part, onDone: (chunk: number) => void): Promise<void> {
    const waiting = [...queue];
    const runs = this.#children.map(
      (child) =>
        new Promise<void>((resolve, reject) => {
          const next = () => {
            const chunk = waiting.shift();
            if (chunk === undefined) {
              child.disconnect();
              resolve();
              return;
            }
            const order: Order = { chunk, count, floor: total.maxUlp };
            child.send(order);
          };
          child.on("message", (message: "ready" | Delivery) => {
            if (message !== "ready") {
              addPart(total, message.part);
              onDone(message.chunk);
            }
            next();
          });
          child.on("error", reject);
          child.on("exit", (code) => {
            if (code !== 0) reject(new Error(`a process ended with code ${code}`));
          });
        }),
    );
    return Promise.all(runs).then(() => undefined);
  }

  end(): void {
    for (const child of this.#children) child.kill("SIGKILL");
  }
}

/** Shows how far the run is. */
class Progression {
  readonly #all: number;
  #ready = 0;
  #here = 0;
  readonly #start = performance.now();
  #last = 0;

  constructor(all: number) {
    this.#all = all;
  }

  /** Chunks that an earlier run did. */
  skip(chunks: number): void {
    this.#ready += chunks;
  }

  /** True now and then: when it is time to keep what was found. */
  step(op: string, setting: string, share: number): boolean {
    this.#ready++;
    this.#here++;
    const now = performance.now();
    if (now - this.#last < INTERVAL) return false;
    this.#last = now;
    const left = ((now - this.#start) / this.#here) * (this.#all - this.#ready);
    const text = `${op} ${setting}: ${percent(share)} of it, ${percent(this.#ready / this.#all)} of all, ${duration(left)} left`;
    process.stderr.write(process.stderr.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
    return true;
  }

  line(text: string): void {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
    console.log(text);
  }

  rate(): string {
    const time = performance.now() - this.#start;
    return `${this.#here} parts in ${duration(time)}`;
  }
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

function duration(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  const two = (n: number) => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

/** Six digits: more would depend on the order of the parts. */
const rounded = (x: number) => Number(x.toPrecision(6));

function entryOf(subject: Case, total: Part, sweep: Sweep, fingerprint: string): Entry {
  const { row, direction, setting, a, b, c } = subject;
  const formula = direction === "forward" ? row.value.bind(row) : row.derivative.bind(row);
  const x = new Float32Array(Uint32Array.of(total.worst).buffer)[0] as number;
  const [got, below, above] = sweep.results([x, -Infinity, Infinity]) as [number, number, number];
  const asText = (y: number, limit: number) =>
    ulpError(y, limit) <= 1 ? text(y) : `${text(y)}, expected ${text(limit)}`;
  const facts = setting === "default" && direction === "forward" ? row.about || undefined : undefined;
  return {
    inputs: total.inputs,
    maxUlp: rounded(total.maxUlp),
    worst: { bits: hexBits(total.worst), x, got, exact: formula(x, a, b, c) },
    meanUlp: rounded(total.sum / total.numbers),
    correctlyRounded: rounded(1 - total.misrounded / total.numbers),
    nan: total.nan,
    zeroAtZero: total.zeroAtZero,
    zeroElsewhere: total.zeroElsewhere,
    infinities: [asText(below, formula(-Infinity, a, b, c)), asText(above, formula(Infinity, a, b, c))],
    ...(facts?.monotone ? { monotonicity: total.monotonicity } : {}),
    ...(facts && total.monotonicity > 0 ? { monotonicityAt: hexBits(total.disorder) } : {}),
    ...(facts ? { range: total.range } : {}),
    ...(sweep.symmetry ? { symmetry: { kind: sweep.symmetry, breaks: total.symmetry } } : {}),
    fingerprint,
  };
}

const hexBits = (bits: number) => `0x${bits.toString(16).padStart(8, "0")}`;

const text = (y: number) => (Object.is(y, -0) ? "-0" : String(y));

function summaryOf({ op, setting }: Case, entry: Entry, complaints: readonly string[]): string {
  const { maxUlp, worst, meanUlp, correctlyRounded, inputs } = entry;
  const head =
    `${op} ${setting}: ${maxUlp.toFixed(4)} ULP at ${worst.bits} (${worst.x}), mean ${meanUlp.toFixed(4)}, ` +
    `${percent(correctlyRounded)} correctly rounded, 2^${Math.log2(inputs)} inputs`;
  const zeros = entry.zeroElsewhere > 0 ? [`(${entry.zeroElsewhere} zeros of another sign)`] : [];
  return [head, ...complaints.map((complaint) => `WRONG ${complaint}`), ...zeros].join("\n    ");
}

const [first, job] = process.argv.slice(2);
await (first === "--worker" ? work(JSON.parse(job as string)) : supervise());
