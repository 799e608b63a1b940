/**
 * Other libraries on the same inputs: `npm run bench:peers`, after a build. They are installed here
 * at the first run.
 *
 * Each op of each library runs in a process of its own, in interleaved rounds. Tables in Markdown
 * on stdout.
 */
import { execFile, execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs, promisify } from "node:util";
import { machine } from "../machine.ts";
import { INPUT_SETS, isInputSet } from "../measure/inputs.ts";
import { opNamed, ops } from "../ops.ts";
import type { Sample } from "../results.ts";
import { Progress } from "../run/progress.ts";
import { describeMachine, digits } from "../show/figures.ts";
import { markdownTable } from "../show/markdown.ts";
import { geometricMean, median, summary } from "../statistics.ts";
import { type Contest, contest, type Outcome, PEERS } from "./contest.ts";
import { DATA_MODES, type DataMode, FOLDER } from "./peer.ts";

interface Row {
  readonly op: string;
  readonly peer: string;
  readonly mode: DataMode;
  readonly n: number;
  readonly nsPerElement: Sample;
  readonly samples: number;
  readonly ulp: number;
}

interface PeerFacts {
  readonly name: string;
  readonly version: string;
  readonly about: string;
  readonly coldMs: number | null;
  readonly installedBytes: number;
  readonly failures: readonly string[];
}

const MODE_TEXT: Record<DataMode, string> = {
  resident: "data resident in the library's memory, result left there",
  given: "from a Float32Array into a given one",
  new: "from a Float32Array into a new one",
};

const FULL = { sizes: [1, 16, 256, 4096, 65536, 1048576], rounds: 3, milliseconds: 60 };
const QUICK = { sizes: [1, 16, 4096, 65536], rounds: 1, milliseconds: 20 };
/** Sizes up to this are shown as ns per call. */
const SHORT = 16;

const HELP = `npm run bench:peers -- [--quick] [--ops a,b] [--sizes n,m] [--inputs set] [--json file] [--markdown file]

  --quick    the ops that all libraries have, n = ${QUICK.sizes.join(", ")}, one short round: about two minutes
  sets       ${Object.keys(INPUT_SETS).join(", ")}
`;

const run = promisify(execFile);

/** None needs its install script: that of onnxruntime-node only fetches CUDA. */
function install(): string | undefined {
  if (existsSync(join(FOLDER, "node_modules"))) return undefined;
  process.stderr.write("installing the libraries to compare with\n");
  try {
    execFileSync("npm", ["ci", "--prefix", FOLDER, "--ignore-scripts", "--no-audit", "--no-fund"], { stdio: "pipe" });
    return undefined;
  } catch (error) {
    return `npm ci --prefix ${FOLDER} failed: ${(error as Error).message}`;
  }
}

interface Manifest {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(name: string): Manifest | undefined {
  const file = join(FOLDER, "node_modules", name, "package.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : undefined;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

/** Of a package and all it depends on. */
function installedBytes(name: string, seen = new Set<string>()): number {
  const manifest = manifestOf(name);
  if (!manifest || seen.has(name)) return 0;
  seen.add(name);
  const further = Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies });
  return further.reduce((sum, other) => sum + installedBytes(other, seen), bytesIn(join(FOLDER, "node_modules", name)));
}

function ownBytes(): number {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const [pack] = JSON.parse(execFileSync("npm", args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  return Number(pack.unpackedSize);
}

async function outcome(job: Contest): Promise<Outcome> {
  const self = fileURLToPath(import.meta.url);
  const { stdout } = await run(process.execPath, [self, "contest", JSON.stringify(job)], { maxBuffer: 2 ** 28 });
  // Libraries print too: the answer is the last line.
  return JSON.parse(stdout.trimEnd().split("\n").at(-1) ?? "") as Outcome;
}

/** The first line of an error that says something. */
function reasonOf(error: unknown): string {
  const { stderr, message } = error as { stderr?: string; message: string };
  const lines = (stderr || message).split("\n").map((line) => line.trim());
  return lines.find((line) => /error/i.test(line) && !line.startsWith("at ")) ?? message.split("\n")[0] ?? "unknown";
}

interface Request {
  readonly ops: readonly string[];
  readonly sizes: readonly number[];
  readonly inputs: Contest["inputs"];
  readonly rounds: number;
  readonly milliseconds: number;
}

async function measureAll({ ops: names, sizes, inputs, rounds, milliseconds }: Request) {
  const gathered = new Map<string, Omit<Row, "nsPerElement" | "samples"> & { samples: number[] }>();
  const facts = new Map(
    PEERS.map(({ name }) => [name, { about: "", cold: [] as number[], failures: new Set<string>() }]),
  );
  const progress = new Progress();
  progress.begin(names.length);
  for (const op of names) {
    progress.step(op);
    for (let round = 0; round < rounds; round++) {
      for (const { name: peer } of PEERS.filter((candidate) => candidate.offers(op))) {
        const fact = facts.get(peer);
        if (!fact) continue;
        try {
          const found = await outcome({ peer, op, modes: DATA_MODES, sizes, inputs, milliseconds });
          fact.about = found.about;
          fact.cold.push(found.cold);
          for (const failure of found.failures) fact.failures.add(failure);
          for (const { mode, n, samples, ulp } of found.times) {
            const key = [op, peer, mode, n].join();
            const entry = gathered.get(key) ?? { op, peer, mode, n, samples: [], ulp };
            entry.samples.push(...samples);
            gathered.set(key, entry);
          }
        } catch (error) {
          fact.failures.add(`${op}: ${reasonOf(error)}`);
        }
      }
    }
  }
  progress.end();
  const rows = [...gathered.values()].map(
    ({ samples, ...row }): Row => ({ ...row, nsPerElement: summary(samples), samples: samples.length }),
  );
  return { rows, facts };
}

const [ours, ...others] = PEERS.map(({ name }) => name) as [string, ...string[]];

/** Ours over the fastest other: below 1, ours is faster. */
interface Verdict {
  readonly op: string;
  readonly mode: DataMode;
  readonly n: number;
  readonly best: string;
  readonly ratio: number;
}

function verdictsOf(rows: readonly Row[]): Verdict[] {
  return rows
    .filter(({ peer }) => peer === ours)
    .flatMap(({ op, mode, n, nsPerElement }) => {
      const rivals = rows.filter((row) => row.op === op && row.mode === mode && row.n === n && row.peer !== ours);
      const [best] = rivals.sort((a, b) => a.nsPerElement.median - b.nsPerElement.median);
      if (!best || best.nsPerElement.median <= 0) return [];
      return [{ op, mode, n, best: best.peer, ratio: nsPerElement.median / best.nsPerElement.median }];
    });
}

function rowOf(rows: readonly Row[], op: string, mode: DataMode, n: number, peer: string): Row | undefined {
  return rows.find((row) => row.op === op && row.mode === mode && row.n === n && row.peer === peer);
}

function timesTable(rows: readonly Row[], verdicts: readonly Verdict[], mode: DataMode, short: boolean): string[] {
  const shown = verdicts.filter((verdict) => verdict.mode === mode && verdict.n <= SHORT === short);
  if (shown.length === 0) return [];
  const cell = (op: string, n: number, peer: string) => {
    const row = rowOf(rows, op, mode, n, peer);
    return digits(row && row.nsPerElement.median * (short ? n : 1));
  };
  const lines = shown.map(({ op, n, best, ratio }) => [
    op,
    String(n),
    ...[ours, ...others].map((peer) => cell(op, n, peer)),
    best,
    digits(ratio),
  ]);
  return [
    `### ${MODE_TEXT[mode]}, ${short ? "ns per call" : "ns per element"}`,
    "",
    ...markdownTable(["op", "n", ours, ...others, "best other", "ours : best"], lines),
    "",
  ];
}

function withSpread(row: Row | undefined): string {
  if (!row) return "–";
  const { median: middle, mad } = row.nsPerElement;
  return `${digits(middle)} ±${((100 * mad) / middle).toFixed(0)} %`;
}

function verdictLines(rows: readonly Row[], verdicts: readonly Verdict[]): string[] {
  const sizes = [...new Set(verdicts.map(({ n }) => n))].sort((a, b) => a - b);
  const means = DATA_MODES.map((mode) => [
    MODE_TEXT[mode],
    ...sizes.map((n) => {
      const ratios = verdicts.filter((verdict) => verdict.mode === mode && verdict.n === n).map(({ ratio }) => ratio);
      return `${digits(geometricMean(ratios))}, ${ratios.filter((ratio) => ratio > 1).length} of ${ratios.length} lost`;
    }),
  ]);
  const lost = verdicts.filter(({ ratio }) => ratio > 1).sort((a, b) => b.ratio - a.ratio);
  return [
    "## Ours : best other, geometric means",
    "",
    ...markdownTable(["", ...sizes.map((n) => `n = ${n}`)], means),
    "",
    `## Lost: ${lost.length} of ${verdicts.length}`,
    "",
    ...(lost.length === 0
      ? ["None."]
      : markdownTable(
          ["op", "n", "data", "to", "ours, ns per element", "theirs", "ours : best"],
          lost.map(({ op, n, mode, best, ratio }) => [
            op,
            String(n),
            mode,
            best,
            withSpread(rowOf(rows, op, mode, n, ours)),
            withSpread(rowOf(rows, op, mode, n, best)),
            digits(ratio),
          ]),
        )),
    "",
  ];
}

function ulpTable(rows: readonly Row[], names: readonly string[]): string[] {
  const lines = names.map((op) => [
    op,
    ...[ours, ...others].map((peer) => {
      const errors = rows.filter((row) => row.op === op && row.peer === peer).map(({ ulp }) => ulp);
      return errors.length === 0 ? "–" : digits(Math.max(...errors));
    }),
  ]);
  return [
    "## Largest error on these inputs",
    "",
    "In ULP, against the float64 formula rounded to float32.",
    "",
    ...markdownTable(["op", ours, ...others], lines),
    "",
  ];
}

async function main(): Promise<number> {
  const options = {
    quick: { type: "boolean" },
    ops: { type: "string" },
    sizes: { type: "string" },
    inputs: { type: "string" },
    json: { type: "string" },
    markdown: { type: "string" },
    help: { type: "boolean", short: "h" },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const { inputs = "normal" } = values;
  if (!isInputSet(inputs)) throw new RangeError(`--inputs: there is no set ${inputs}`);
  const preset = values.quick ? QUICK : FULL;
  const sizes = values.sizes?.split(",").map(Number) ?? preset.sizes;
  const wrong = sizes.find((n) => !Number.isSafeInteger(n) || n < 1);
  if (wrong !== undefined) throw new RangeError(`--sizes: ${wrong} is not a whole number`);

  const foreign = PEERS.filter((peer) => peer.package !== undefined);
  const rivals = (name: string) => foreign.filter((peer) => peer.offers(name)).length;
  const asked = values.ops?.split(",").map((name) => {
    const op = opNamed(name);
    if (!op) throw new RangeError(`--ops: there is no op ${name}`);
    return op.name;
  });
  const names = asked ?? ops.map(({ name }) => name).filter((op) => rivals(op) >= (values.quick ? foreign.length : 1));

  const installFailure = install();
  const about = machine(pathToFileURL(join(process.cwd(), "package.json")));
  const { rows, facts } = await measureAll({ ...preset, ops: names, sizes, inputs });
  const peers: PeerFacts[] = PEERS.map(({ name, package: known }) => {
    const fact = facts.get(name);
    return {
      name,
      version: known ? (manifestOf(known)?.version ?? "not installed") : about.package,
      about: fact?.about ?? "",
      coldMs: fact?.cold.length ? median(fact.cold) : null,
      installedBytes: known ? installedBytes(known) : ownBytes(),
      failures: [...(known && installFailure ? [installFailure] : []), ...(fact?.failures ?? [])],
    };
  });

  const verdicts = verdictsOf(rows);
  const failed = peers.flatMap(({ name, failures }) => failures.map((failure) => `- ${name}: ${failure}`));
  const text = [
    "# wasm-activations and others",
    "",
    `${describeMachine(about)}. Inputs ${inputs}; ${preset.rounds === 1 ? "one round" : `${preset.rounds} interleaved rounds`}, each op of each library in a process of its own; medians. Results are checked before they are timed. New output includes the first touch of fresh memory and what the collector takes. Resident data for onnxruntime: graphs of 9 nodes and of 1, an eighth of the difference.`,
    "",
    ...markdownTable(
      ["", "version", "", "import to first result, ms", "installed, MB"],
      peers.map((peer) => [
        peer.name,
        peer.version,
        peer.about || "did not run",
        digits(peer.coldMs ?? undefined),
        digits(peer.installedBytes / 1e6),
      ]),
    ),
    "",
    ...verdictLines(rows, verdicts),
    "## Times",
    "",
    ...DATA_MODES.flatMap((mode) => [true, false].flatMap((short) => timesTable(rows, verdicts, mode, short))),
    ...ulpTable(rows, names),
    "## Failed",
    "",
    ...(failed.length === 0 ? ["None."] : failed),
    "",
  ].join("\n");
  process.stdout.write(text);
  if (values.markdown) writeFileSync(values.markdown, text);
  if (values.json)
    writeFileSync(values.json, `${JSON.stringify({ version: 1, machine: about, peers, rows }, undefined, 1)}\n`);
  return peers[0]?.failures.length ? 1 : 0;
}

if (process.argv[2] === "contest") {
  const found = await contest(JSON.parse(process.argv[3] ?? "") as Contest);
  // Some libraries leave workers behind, which would keep the process.
  process.stdout.write(`\n${JSON.stringify(found)}\n`, () => process.exit(0));
  await new Promise(() => {});
}
try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`bench:peers: ${(error as Error).message}\n`);
  process.exitCode = 2;
}
