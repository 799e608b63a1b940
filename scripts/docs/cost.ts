/**
 * What each op costs, from reports of `wasm-activations bench`: docs/cost.json for all ops of its
 * time, docs/costs/ for ops that came later, one report each.
 */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { Costs, YARDSTICK } from "../../bench/lookup.ts";
import type { Cost as Measured, Report } from "../../bench/results.ts";
import { describeMachine, figure, NOTHING, ratioText, spreadOf } from "../../bench/show/figures.ts";
import { fileOf, readJson, writeJson } from "../files.ts";
import { wrapped } from "./wrap.ts";

const FILE = fileOf("docs/cost.json");
const FOLDER = fileOf("docs/costs");

/** The options of the bench for these reports. */
export const BENCH = ["--full", "--sizes", "4096", "--mode", "alloc,out", "--inputs", "normal"];
const COMMAND = `npm run bench -- ${BENCH.join(" ")} --json docs/cost.json`;

export interface Cost {
  /** The report of all ops. */
  readonly all: Report;
  /** The reports of single ops that are newer, by op. */
  readonly later: ReadonlyMap<string, Report>;
}

/** The file with the costs of an op that came later. */
export const costFileOf = (op: string) => `${FOLDER}/${op}.json`;

export function readCost(): Cost {
  const all = readJson<Report | undefined>(FILE, undefined);
  if (!all) throw new Error(`docs/cost.json is missing: ${COMMAND}`);
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).sort() : [];
  const ops = files.map((file) => file.replace(/\.json$/, ""));
  const reports = ops.map((op) => [op, readJson<Report>(costFileOf(op), all)] as const);
  const covers = (op: string) => all.ops.some(({ name }) => name === op);
  const later = reports.filter(([op, { machine }]) => !covers(op) || machine.date > all.machine.date);
  return { all, later: new Map(later) };
}

/** Takes an op out of a report. */
export function without(report: Report, op: string): Report {
  const about = (item: unknown) => typeof item === "object" && item !== null && "op" in item && item.op === op;
  const lists = Object.entries(report).map(([key, value]) => [
    key,
    Array.isArray(value) ? value.filter((item) => !about(item)) : value,
  ]);
  return { ...Object.fromEntries(lists), ops: report.ops.filter(({ name }) => name !== op) };
}

/** Takes ops out of the reports. */
export function forgetCosts(ops: readonly string[]): void {
  for (const op of ops) rmSync(costFileOf(op), { force: true });
  const report = readJson<Report | undefined>(FILE, undefined);
  if (report?.ops.some(({ name }) => ops.includes(name))) writeJson(FILE, ops.reduce(without, report));
}

const reportOf = ({ all, later }: Cost, op: string) => later.get(op) ?? all;

export const sizesOf = ({ all }: Cost) => all.settings.sizes;

/** What is measured: by default the op itself, in WebAssembly, without copies. */
type Which = Partial<Pick<Measured, "direction" | "engine" | "mode">>;

function measuredIn(report: Report, op: string, which: Which): Measured | undefined {
  return new Costs(report).get(op, { mode: "alloc", n: report.settings.sizes.at(-1) ?? 0, ...which });
}

export function costOf(cost: Cost, op: string, which: Which = {}): Measured | undefined {
  return measuredIn(reportOf(cost, op), op, which);
}

/** What it is compared with, measured in the same run. */
export const yardstickOf = (cost: Cost, op: string) => measuredIn(reportOf(cost, op), YARDSTICK, {});

/** The median, in ns per element. */
export function nsOf(cost: Cost, op: string, which: Which = {}): number | undefined {
  return costOf(cost, op, which)?.ns.median;
}

/** The same as text, with as many digits as the noise allows. */
export function nsText(cost: Cost, op: string, which: Which = {}): string {
  const found = costOf(cost, op, which);
  return found ? figure(found.ns.median, spreadOf(found)) : NOTHING;
}

/** One line: the machine, the runtime, the date, the command; and where else ops were measured. */
export function costSource({ all, later }: Cost): string {
  const elsewhere = new Map<string, string[]>();
  for (const [op, { machine }] of later) {
    const where = describeMachine(machine);
    elsewhere.set(where, [...(elsewhere.get(where) ?? []), `\`${op}\``]);
  }
  return [
    sourceOf(all),
    ...[...elsewhere].map(([where, ops]) => wrapped(`In runs of their own: ${ops.join(", ")}. ${where}.`)),
  ].join("\n");
}

function sourceOf({ settings: { inputs, rounds }, costs, machine }: Report): string {
  const [least, most] = rounds;
  const times = `${least === most ? most : `${least} to ${most}`} ${most === 1 ? "round" : "rounds"}`;
  const noisy = costs.filter(({ flags }) => flags.includes("noisy")).length;
  const warning = noisy > 0 ? `; ${noisy} of ${costs.length} measurements were noisy` : "";
  const about = `inputs ${inputs.join()}, ${times}${warning}`;
  return `${describeMachine(machine)};\n${about}; by\n\`${COMMAND}\`.`;
}

/** For the op's section: "1.2 ns per element, 7.1 times relu". */
export function costText(cost: Cost, op: string, direction: Measured["direction"]): string | undefined {
  if (!costOf(cost, op, { direction })) return undefined;
  return `${nsText(cost, op, { direction })} ns per element, ${ratioText(costOf(cost, op, { direction }), yardstickOf(cost, op))} times \`${YARDSTICK}\``;
}
