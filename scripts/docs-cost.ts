/** What each op costs, from docs/cost.json. */
import { describeMachine } from "../bench/machine.ts";
import { digits } from "../bench/report.ts";
import { type Results, type Row, YARDSTICK } from "../bench/run.ts";
import { OPS } from "./docs-ops.ts";
import { fileOf, readJson } from "./verify-results.ts";

export const COST_FILE = fileOf("docs/cost.json");

export type Cost = Results;

/** With fewer the bench was in a hurry. */
const FULL_ROUNDS = 3;

export function readCost(): Cost {
  return readJson<Cost | undefined>(COST_FILE, undefined) ?? missing();
}

function missing(): never {
  throw new Error("docs/cost.json is missing: npm run bench -- --sizes 4096 --modes alloc,out --json docs/cost.json");
}

const unique = <T>(values: readonly T[]) => [...new Set(values)];
export const sizesOf = ({ rows }: Cost) => unique(rows.map(({ n }) => n));
const modesOf = ({ rows }: Cost) => unique(rows.map(({ mode }) => mode)).sort();

/** What is measured: by default the op itself, in WebAssembly, without copies. */
type Which = Partial<Pick<Row, "direction" | "backend" | "mode">>;

function rowOf(
  { rows, baselines }: Cost,
  op: string,
  { direction = "forward", backend = "wasm", mode = "alloc" }: Which = {},
): Row | undefined {
  return [...rows, ...baselines].find(
    (row) => row.op === op && row.direction === direction && row.backend === backend && row.mode === mode,
  );
}

/** The median, in ns per element. */
export function nsOf(cost: Cost, op: string, which: Which = {}): number | undefined {
  return rowOf(cost, op, which)?.nsPerElement.median;
}

/** The same as text, marked where it is noisy. */
function nsText(cost: Cost, op: string, which: Which = {}): string {
  const row = rowOf(cost, op, which);
  return `${row?.flags.includes("noisy") ? "~" : ""}${digits(row?.nsPerElement.median)}`;
}

const over = (a: number | undefined, b: number | undefined) => (a === undefined || b === undefined ? undefined : a / b);

/** One line: the machine, the runtime, the date, the command. */
export function costSource(cost: Cost): string {
  const { inputs, rounds } = cost.settings;
  const [least, most] = rounds;
  const times = `${least === most ? most : `${least} to ${most}`} ${most === 1 ? "round" : "rounds"}`;
  const quick = least < FULL_ROUNDS ? "--quick " : "";
  const noisy = cost.rows.filter(({ flags }) => flags.includes("noisy")).length;
  const warning = noisy > 0 ? `; ${noisy} of ${cost.rows.length} measurements were noisy (~)` : "";
  const command = `npm run bench -- ${quick}--sizes ${sizesOf(cost).join()} --modes ${modesOf(cost).join()} --json docs/cost.json`;
  return `${describeMachine(cost.machine)}; \`${command}\`, inputs ${inputs}, ${times}${warning}.`;
}

/** Markdown in columns: the first to the left, the others to the right. */
function alignedTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...lines].map((cells) => (cells[column] ?? "").length)));
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [text(head), text(rule), ...lines.map(text)].join("\n");
}

/** The README's table, cheapest first. */
export function costTable(cost: Cost): string {
  const yardstick = nsOf(cost, YARDSTICK);
  const lines = OPS.map(({ name }) => ({ name, ns: nsOf(cost, name) }))
    .sort((one, other) => (one.ns ?? Infinity) - (other.ns ?? Infinity))
    .map(({ name, ns }) => {
      const gradient = nsOf(cost, name, { direction: "gradient" });
      return [
        `\`${name}\``,
        nsText(cost, name),
        digits(over(ns, yardstick)),
        digits(over(nsOf(cost, name, { backend: "js" }), ns)),
        nsText(cost, name, { mode: "out" }),
        nsText(cost, name, { direction: "gradient" }),
        digits(over(nsOf(cost, name, { direction: "gradient", backend: "js" }), gradient)),
      ];
    });
  const head = ["op", "f", `: ${YARDSTICK}`, "JS : wasm", "f, copied", "f'", "JS : wasm"];
  return `Nanoseconds per element, n = ${sizesOf(cost).join()}: f and its gradient f' on arrays of \`alloc\`, and f from an ordinary array into a
given one ("copied"); "JS : wasm" is the time of the same loop in plain JavaScript over ours.
${costSource(cost)}

${alignedTable(head, lines)}`;
}

/** For the op's section: "1.2 ns per element, 7.1 times relu". */
export function costText(cost: Cost, op: string, direction: Row["direction"]): string | undefined {
  const ns = nsOf(cost, op, { direction });
  if (ns === undefined) return undefined;
  return `${nsText(cost, op, { direction })} ns per element, ${digits(over(ns, nsOf(cost, YARDSTICK)))} times \`${YARDSTICK}\``;
}
