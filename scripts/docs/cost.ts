/** What each op costs, from docs/cost.json: a report of `wasm-activations bench`. */
import { Costs, over, YARDSTICK } from "../../bench/lookup.ts";
import type { Cost as Measured, Report } from "../../bench/results.ts";
import { describeMachine, digits, figure, NOTHING, spreadOf } from "../../bench/show/figures.ts";
import { fileOf, readJson } from "../files.ts";
import { OPS } from "./ops.ts";

export const COST_FILE = fileOf("docs/cost.json");

export type Cost = Report;

const COMMAND = "npm run bench -- --sizes 4096 --inputs normal --rounds 3 --json docs/cost.json";

export function readCost(): Cost {
  return readJson<Cost | undefined>(COST_FILE, undefined) ?? missing();
}

function missing(): never {
  throw new Error(`docs/cost.json is missing: ${COMMAND}`);
}

export const sizesOf = ({ settings }: Cost) => settings.sizes;

/** What is measured: by default the op itself, in WebAssembly, without copies. */
type Which = Partial<Pick<Measured, "direction" | "engine" | "mode">>;

function costOf(cost: Cost, op: string, which: Which = {}): Measured | undefined {
  return new Costs(cost).get(op, { mode: "alloc", n: sizesOf(cost).at(-1) ?? 0, ...which });
}

/** The median, in ns per element. */
export function nsOf(cost: Cost, op: string, which: Which = {}): number | undefined {
  return costOf(cost, op, which)?.ns.median;
}

/** The same as text, with as many digits as the noise allows. */
function nsText(cost: Cost, op: string, which: Which = {}): string {
  const found = costOf(cost, op, which);
  return found ? figure(found.ns.median, spreadOf(found)) : NOTHING;
}

/** One line: the machine, the runtime, the date, the command. */
export function costSource(cost: Cost): string {
  const { inputs, rounds } = cost.settings;
  const [least, most] = rounds;
  const times = `${least === most ? most : `${least} to ${most}`} ${most === 1 ? "round" : "rounds"}`;
  const noisy = cost.costs.filter(({ flags }) => flags.includes("noisy")).length;
  const warning = noisy > 0 ? `; ${noisy} of ${cost.costs.length} measurements were noisy` : "";
  return `${describeMachine(cost.machine)}; \`${COMMAND}\`, inputs ${inputs.join()}, ${times}${warning}.`;
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
        digits(over(nsOf(cost, name, { engine: "js" }), ns)),
        nsText(cost, name, { mode: "out" }),
        nsText(cost, name, { direction: "gradient" }),
        digits(over(nsOf(cost, name, { direction: "gradient", engine: "js" }), gradient)),
      ];
    });
  const head = ["op", "f", `: ${YARDSTICK}`, "JS : wasm", "f, copied", "f'", "JS : wasm"];
  return `Nanoseconds per element, n = ${sizesOf(cost).join()}: f and its gradient f' on arrays of \`alloc\`, and f from an ordinary array into a
given one ("copied"); "JS : wasm" is the time of the same loop in plain JavaScript over ours.
${costSource(cost)}

${alignedTable(head, lines)}`;
}

/** For the op's section: "1.2 ns per element, 7.1 times relu". */
export function costText(cost: Cost, op: string, direction: Measured["direction"]): string | undefined {
  const ns = nsOf(cost, op, { direction });
  if (ns === undefined) return undefined;
  return `${nsText(cost, op, { direction })} ns per element, ${digits(over(ns, nsOf(cost, YARDSTICK)))} times \`${YARDSTICK}\``;
}
