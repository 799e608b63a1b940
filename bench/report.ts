/** The results as tables. */
import { describeMachine } from "./machine.ts";
import { COPY, MODES, type Mode, TOLERANCE_ULP } from "./measure.ts";
import type { Direction } from "./results.ts";
import { type Results, type Row, YARDSTICK } from "./run.ts";
import { geometricMean } from "./statistics.ts";

const MODE_TEXT: Record<Mode, string> = {
  alloc: "arrays of alloc, no copies",
  out: "ordinary arrays, given output",
  new: "ordinary arrays, new output (fresh memory and its collection included)",
};

/** The size that the main tables show, if it was measured. */
const MAIN_SIZE = 4096;

/** Three digits, as many decimals as that takes. */
export function digits(value: number | undefined): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/** Columns aligned: the first to the left, the others to the right. */
export function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}

/** The same as a table in Markdown. */
export function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string[] {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head, rule, ...lines].map((line) => `| ${line.join(" | ")} |`);
}

function spread({ nsPerElement: { median, mad } }: Row): string {
  return `±${((100 * mad) / median).toFixed(0)}%`;
}

function marks(...rows: readonly (Row | undefined)[]): string {
  const flags = new Set(rows.flatMap((row) => row?.flags ?? []));
  return `${flags.has("noisy") ? "~" : ""}${flags.has("timer") ? "!" : ""}`;
}

/** Looks rows up. */
class Index {
  readonly #rows = new Map<string, Row>();

  constructor({ rows, baselines }: Results) {
    for (const row of [...baselines, ...rows]) {
      this.#rows.set([row.op, row.direction, row.op === COPY ? "wasm" : row.backend, row.mode, row.n].join(), row);
    }
  }

  get(op: string, direction: Direction, backend: "wasm" | "js", mode: Mode, n: number): Row | undefined {
    return this.#rows.get([op, direction, backend, mode, n].join());
  }
}

/** Plain JavaScript's time over WebAssembly's. */
function ratio(wasm: Row | undefined, js: Row | undefined): number | undefined {
  return wasm && js ? js.nsPerElement.median / wasm.nsPerElement.median : undefined;
}

/** How often it takes the time of that. */
function times(row: Row, yardstick: Row | undefined): string {
  return yardstick ? digits(row.nsPerElement.median / yardstick.nsPerElement.median) : "–";
}

function meanLine(ratios: readonly number[], unit: string): string {
  const slower = ratios.filter((value) => value < 1).length;
  const losses = slower === 0 ? "none slower" : `${slower} of ${ratios.length} slower`;
  return `geometric mean of plain JS : wasm over ${ratios.length} ${unit}: ${digits(geometricMean(ratios))}, ${losses}`;
}

function mainTable(index: Index, names: readonly string[], direction: Direction, mode: Mode, n: number): string[] {
  const found = names.flatMap((op) => {
    const wasm = index.get(op, direction, "wasm", mode, n);
    return wasm ? [{ op, wasm, js: index.get(op, direction, "js", mode, n) }] : [];
  });
  if (found.length === 0) return [];
  const copy = index.get(COPY, "forward", "wasm", mode, n);
  const yardstick = index.get(YARDSTICK, "forward", "wasm", mode, n);
  const lines = found
    .sort((a, b) => a.wasm.nsPerElement.median - b.wasm.nsPerElement.median)
    .map(({ op, wasm, js }) => [
      op,
      digits(wasm.nsPerElement.median),
      spread(wasm),
      digits(1000 / wasm.nsPerElement.median),
      digits(js?.nsPerElement.median),
      js ? spread(js) : "–",
      digits(ratio(wasm, js)),
      times(wasm, yardstick),
      times(wasm, copy),
      marks(wasm, js),
    ]);
  const head = [
    "op",
    "ns/element",
    "±",
    "M elements/s",
    "JS ns/element",
    "±",
    "JS : wasm",
    `: ${YARDSTICK}`,
    ": copy",
    "",
  ];
  const ratios = found.flatMap(({ wasm, js }) => ratio(wasm, js) ?? []);
  const copyLine = copy ? [`a copy takes ${digits(copy.nsPerElement.median)} ns/element`] : [];
  return [
    `${direction}, n = ${n}, ${MODE_TEXT[mode]}`,
    "",
    ...aligned([head, ...lines]),
    "",
    [...(ratios.length > 0 ? [meanLine(ratios, found.length === 1 ? "op" : "ops")] : []), ...copyLine].join("; "),
    "",
  ];
}

/** The length from which on WebAssembly wins, between the sizes measured. */
function crossover(pairs: readonly { n: number; ratio: number }[]): string {
  const last = pairs.findLastIndex((pair) => pair.ratio < 1);
  if (last < 0) return `<= ${pairs[0]?.n}`;
  const [below, above] = [pairs[last], pairs[last + 1]];
  if (!below || !above) return "none";
  const at = Math.log(1 / below.ratio) / Math.log(above.ratio / below.ratio);
  return `${Math.round(below.n * (above.n / below.n) ** at)}`;
}

function sizesTable(
  index: Index,
  names: readonly string[],
  direction: Direction,
  mode: Mode,
  sizes: readonly number[],
): string[] {
  const found = names.flatMap((op) => {
    const pairs = sizes.flatMap((n) => {
      const wasm = index.get(op, direction, "wasm", mode, n);
      const value = ratio(wasm, index.get(op, direction, "js", mode, n));
      return wasm && value !== undefined ? [{ n, wasm, ratio: value }] : [];
    });
    return pairs.length > 0 ? [{ op, pairs }] : [];
  });
  if (found.length === 0) return [];
  const perCall = sizes.includes(1);
  const head = ["op", ...sizes.map((n) => `n = ${n}`), "crossover", ...(perCall ? ["ns/call, n = 1"] : [])];
  const lines = found.map(({ op, pairs }) => [
    op,
    ...sizes.map((n) => digits(pairs.find((pair) => pair.n === n)?.ratio)),
    crossover(pairs),
    ...(perCall ? [digits(pairs.find((pair) => pair.n === 1)?.wasm.nsPerElement.median)] : []),
  ]);
  const means = sizes.map((n) => {
    const ratios = found.flatMap(({ pairs }) => pairs.filter((pair) => pair.n === n).map((pair) => pair.ratio));
    return digits(geometricMean(ratios));
  });
  return [
    `${direction}, ${MODE_TEXT[mode]}: plain JS : wasm by size`,
    "",
    ...aligned([head, ...lines, ["geometric mean", ...means, "", ...(perCall ? [""] : [])]]),
    "",
  ];
}

export function tables(results: Results): string {
  const { rows, machine, settings } = results;
  const index = new Index(results);
  const names = [...new Set(rows.map(({ op }) => op))];
  const sizes = [...new Set(rows.map(({ n }) => n))].sort((a, b) => a - b);
  const modes = MODES.filter((mode) => rows.some((row) => row.mode === mode));
  const main = sizes.includes(MAIN_SIZE) ? MAIN_SIZE : (sizes.at(-1) ?? MAIN_SIZE);
  const directions = ["forward", "gradient"] as const;
  const groups = directions.flatMap((direction) => modes.map((mode) => ({ direction, mode })));
  const [least, most] = settings.rounds;
  const rounds = least === most ? `${most}` : `${least} to ${most}`;
  const noisy = rows.filter(({ flags }) => flags.includes("noisy")).length;
  return [
    `wasm-activations ${machine.package}, ${describeMachine(machine)}`,
    `inputs ${settings.inputs}, ${rounds} interleaved rounds of a process each, ${settings.seconds} s; results agree within ${TOLERANCE_ULP.map} ULP (gradients and ops over rows ${TOLERANCE_ULP.other})`,
    `medians ± median deviation; JS : wasm above 1: WebAssembly is faster; : ${YARDSTICK} and : copy: cost in units of theirs; ~ noisy (deviation above 5 %, or rounds 15 % apart), ! too short for the timer`,
    "",
    ...groups.flatMap(({ direction, mode }) => mainTable(index, names, direction, mode, main)),
    ...(sizes.length > 1
      ? groups.flatMap(({ direction, mode }) => sizesTable(index, names, direction, mode, sizes))
      : []),
    ...(noisy > 0
      ? [`${noisy} of ${rows.length} rows are noisy: close other programs, or take more time (--rounds, --time)`]
      : []),
  ].join("\n");
}
