/** What `npm run verify` finds out, and where it keeps it: docs/accuracy.json and test/worst-inputs.json. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { BOUND, type Case, type Direction } from "./verify-cases.ts";
import type { RowEntry } from "./verify-rows.ts";

export type Backend = "wasm" | "js";

/** A relation between f(x) and f(-x). */
export type Symmetry = "odd" | "even" | "complement";

/** The results of one case. Counts of what is wrong are 0 where all is well. */
export interface Entry {
  /** How many float32 inputs were checked; 2^32 is all of them. */
  readonly inputs: number;
  readonly maxUlp: number;
  /** The input of the largest error. */
  readonly worst: { readonly bits: string; readonly x: number; readonly got: number; readonly exact: number };
  readonly meanUlp: number;
  /** Share of the results that are the float32 nearest to the exact value. */
  readonly correctlyRounded: number;
  /** NaN that came out for a number, or a number for NaN. */
  readonly nan: number;
  /** Wrong signs of zero at x = ±0, and elsewhere. */
  readonly zeroAtZero: number;
  readonly zeroElsewhere: number;
  /** At -Infinity and Infinity: what came. */
  readonly infinities: readonly [string, string];
  /** Neighbours in the wrong order, and the first of them; only where the function is monotone. */
  readonly monotonicity?: number;
  readonly monotonicityAt?: string;
  /** Results outside the function's range, rounded to float32; forward at the defaults only. */
  readonly range?: number;
  /** Breaks of the symmetry that the function has, if any. */
  readonly symmetry?: { readonly kind: Symmetry; readonly breaks: number };
  /** The op's fingerprint (test/fingerprints.json) when this was measured. */
  readonly fingerprint: string;
}

/** By activation, direction, setting. */
export type Entries = Record<string, Partial<Record<Direction, Record<string, Entry>>>>;
export type Accuracy = Record<Backend, Entries> & { rows: Record<string, RowEntry> };

/** By exported function and setting: float32 bits in hex. */
export type WorstInputs = Record<string, Record<string, string[]>>;

export const ALL_INPUTS = 2 ** 32;

/** A file of the checkout: the scripts run from build/scripts/, the tests from the source, both two folders down or one. */
export function fileOf(name: string): string {
  const up = ["..", "../.."].map((folder) => new URL(`${folder}/`, import.meta.url));
  const root = up.find((folder) => existsSync(new URL("asconfig.json", folder))) ?? (up[0] as URL);
  return fileURLToPath(new URL(name, root));
}

export const ACCURACY_FILE = fileOf("docs/accuracy.json");
export const WORST_FILE = fileOf("test/worst-inputs.json");
export const FINGERPRINTS_FILE = fileOf("test/fingerprints.json");

export function readJson<T>(file: string, missing: T): T {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : missing;
}

/** Whole or not at all, whenever the process is ended. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, `${JSON.stringify(value, null, 1)}\n`);
  renameSync(unfinished, file);
}

/** What is wrong with an entry; nothing if the list is empty. */
export function complaintsAbout(entry: Entry): string[] {
  const { bits, x, got, exact } = entry.worst;
  return [
    entry.maxUlp > BOUND &&
      `${entry.maxUlp} ULP at ${bits} (${x}): got ${got}, exact ${exact}; expected at most ${BOUND}`,
    entry.nan > 0 && `${entry.nan} NaN lost or made`,
    entry.zeroAtZero > 0 && "the sign of 0 at 0",
    (entry.monotonicity ?? 0) > 0 && `${entry.monotonicity} breaks of monotonicity, at ${entry.monotonicityAt}`,
    (entry.range ?? 0) > 0 && `${entry.range} results outside the range`,
    (entry.symmetry?.breaks ?? 0) > 0 && `${entry.symmetry?.breaks} breaks of symmetry (${entry.symmetry?.kind})`,
  ].filter((text) => text !== false);
}

export function readAccuracy(): Accuracy {
  return { wasm: {}, js: {}, rows: {}, ...readJson<Partial<Accuracy>>(ACCURACY_FILE, {}) };
}

export function keepRows(op: string, entry: RowEntry): void {
  const accuracy = readAccuracy();
  accuracy.rows[op] = entry;
  writeJson(ACCURACY_FILE, accuracy);
}

/** Puts an entry into docs/accuracy.json; a sample does not take the place of more inputs of the same kernel. */
export function keepEntry(backend: Backend, { of, direction, setting }: Case, entry: Entry): void {
  const accuracy = readAccuracy();
  const entries = accuracy[backend];
  const known = entries[of]?.[direction]?.[setting];
  if (known && known.inputs > entry.inputs && known.fingerprint === entry.fingerprint) return;
  entries[of] = { ...entries[of], [direction]: { ...entries[of]?.[direction], [setting]: entry } };
  writeJson(ACCURACY_FILE, accuracy);
}

/** Adds the worst input of a case to those that the tests try every time. */
export function keepWorst({ op, setting }: Case, bits: string): void {
  const worst = readJson<WorstInputs>(WORST_FILE, {});
  const known = worst[op]?.[setting] ?? [];
  if (known.includes(bits)) return;
  worst[op] = { ...worst[op], [setting]: [...known, bits] };
  writeJson(WORST_FILE, worst);
}
