/**
 * Calls of few elements against the bare loop that a good programmer writes, output at hand:
 * `npm run bench:short [-- --ops a,b] [--nodes 20,24]`, after a build.
 *
 * Each op in a process of its own for each Node, and for ordinary arrays into a given one and
 * arrays of alloc: a process that has some looks for them in every call. Batches of both at all
 * lengths take turns; of each the fastest.
 */
import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { machine } from "./machine.ts";
import { arraysOf, callOf, inMemory, type Op, repeat, withOutput } from "./measure/inputs.ts";
import { loopFor, repeatLoop } from "./measure/loops.ts";
import { type Exported, functionFor, opNamed, ops } from "./ops.ts";
import { describeMachine, digits } from "./show/figures.ts";
import { aligned } from "./show/terminal.ts";

const LENGTHS = [1, 2, 4, 8, 16, 32, 64];
/** Rows in numbers: how many of how many elements. */
const ROWS = [2, 4, 10, 16].map((length) => [100, length] as const);
const BATCH_MS = 0.04;
const WARM_MS = 60;
const ROUNDS = 150;

const MODES = ["given", "resident"];

interface Line {
  /** "16", or "100 x 10". */
  readonly n: string;
  /** ns per call. */
  readonly loop: number;
  readonly ours: number;
}

type Repeated = (times: number) => unknown;

/** How many calls are a batch, after a warm-up. */
function warmed(run: Repeated): number {
  const start = performance.now();
  for (let times = 1; ; ) {
    const before = performance.now();
    run(times);
    const now = performance.now();
    if (now - before < BATCH_MS) times *= 2;
    else if (now - start > WARM_MS) return times;
  }
}

/**
 * ns per call of each, the fastest batch of many. All take turns: what else the machine does comes
 * and goes.
 */
function fastest(runs: readonly Repeated[]): number[] {
  const counts = runs.map(warmed);
  const best = runs.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [k, run] of runs.entries()) {
      const start = performance.now();
      run(counts[k] as number);
      const ns = ((performance.now() - start) * 1e6) / (counts[k] as number);
      best[k] = Math.min(best[k] as number, ns);
    }
  }
  return best;
}

/** The loop and ours at each length; in a process of its own. */
async function measured(name: string, mode: string): Promise<Line[]> {
  const library = (await import("wasm-activations")) as typeof import("../src/index.ts");
  const found = functionNamed(name);
  const { of, kind } = found.known;
  const exported = library as unknown as Readonly<Record<string, Op>>;
  const [op, forward] = [exported[name] as Op, exported[of] as Op];
  const loop = loopFor(found);
  if (!loop) return [];
  const isRow = kind === "row" || kind === "rowGrad" || kind === "reductionGrad";
  const memory = mode === "resident" ? library.alloc : (length: number) => new Float32Array(length);
  const cases = [
    ...LENGTHS.map((n) => ({ n: String(n), size: n, row: n })),
    ...(isRow ? ROWS.map(([rows, row]) => ({ n: `${rows} x ${row}`, size: rows * row, row })) : []),
  ].flatMap(({ n, size, row }) => {
    const drawn = callOf(kind, size, "normal", forward, row);
    if (!drawn) return [];
    const call = kind === "prelu" ? { ...drawn, arrays: [...drawn.arrays.slice(0, 1), Float32Array.of(0.25)] } : drawn;
    // As one writes it: no options where there is nothing to say.
    const isPlain = size === row && kind !== "preluGrad";
    const { options, ...bare } = call;
    const example = op(...call.arrays, isPlain ? undefined : options);
    const last = withOutput(isPlain ? { ...bare, options: undefined } : call, example, memory);
    const outputs = arraysOf(example).map(([, array]) => array);
    return [
      {
        n,
        ours: repeat(op, mode === "resident" ? inMemory(call, library.alloc) : call, last),
        plain: repeatLoop(loop, call, outputs, false),
      },
    ];
  });
  const times = fastest(cases.flatMap(({ plain, ours }) => [plain, ours]));
  return cases.map(({ n }, i) => ({ n, loop: times[2 * i] as number, ours: times[2 * i + 1] as number }));
}

function functionNamed(name: string): Exported {
  for (const op of ops) {
    for (const direction of ["forward", "gradient"] as const) {
      const found = functionFor(op, direction);
      if (found?.name === name) return found;
    }
  }
  throw new RangeError(`--ops: there is no op ${name}`);
}

/** The program of a version of Node, from npm. */
function nodeOf(version: string): string {
  const asked = ["--yes", "--package", `node@${version}`, "node", "-p", "process.execPath"];
  return execFileSync("npx", asked, { encoding: "utf8" }).trim();
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { ops: { type: "string" }, nodes: { type: "string" } },
});
const [task, name = "", mode = ""] = positionals;
if (task === "measure") {
  console.log(JSON.stringify(await measured(name, mode)));
} else {
  const names =
    values.ops?.split(",").map((one) => opNamed(one)?.name ?? functionNamed(one).name) ??
    ops.filter(({ kind }) => kind !== "gated").flatMap((op) => [op.name, ...(op.gradient ? [op.gradient.name] : [])]);
  const nodes = values.nodes?.split(",").map((version) => [version, nodeOf(version)] as const) ?? [
    [process.versions.node, process.execPath] as const,
  ];
  const self = process.argv[1] as string;
  const head = ["op", "n", ...MODES.flatMap((one) => ["loop, ns", `${one}, ns`, "above", "ratio"])];
  console.log(describeMachine(machine(pathToFileURL(`${process.cwd()}/package.json`))));
  for (const [version, node] of nodes) {
    const lines = names.flatMap((op) => {
      const [given = [], resident = []] = MODES.map(
        (one) => JSON.parse(execFileSync(node, [self, "measure", op, one], { encoding: "utf8" })) as Line[],
      );
      return given.map((line, i) => [
        op,
        line.n,
        ...[line, resident[i] ?? line].flatMap(({ loop, ours }) =>
          [loop, ours, ours - loop, ours / loop].map((figure) => digits(figure)),
        ),
      ]);
    });
    console.log(["", `Node ${version}`, "", ...aligned([head, ...lines])].join("\n"));
  }
}
