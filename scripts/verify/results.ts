/**
 * What `npm run verify` finds out, and where it keeps it: docs/accuracy.json and
 * test/worst-inputs.json.
 */
import { BOUND, type Case, type Direction } from "../../oracle/cases.ts";
import { fileOf, readJson, writeJson } from "../files.ts";
import type { Entry, HalfEntry, RowEntry } from "./entry.ts";

export type Backend = "wasm" | "js";

/** By activation, direction, setting. */
export type Entries = Record<string, Partial<Record<Direction, Record<string, Entry>>>>;
export type Accuracy = Record<Backend, Entries> & {
  rows: Record<string, RowEntry>;
  /** Of float16, by exported function. */
  half: Record<string, HalfEntry>;
};

/** By exported function and setting: float32 bits in hex. */
export type WorstInputs = Record<string, Record<string, string[]>>;

export const ALL_INPUTS = 2 ** 32;

/** In ULP of float16: of the exact value rounded once, and of what is computed wide before. */
export const EXACT = 0.5;
export const WIDE = 0.51;

export const ACCURACY_FILE = fileOf("docs/accuracy.json");
export const WORST_FILE = fileOf("test/worst-inputs.json");
export const FINGERPRINTS_FILE = fileOf("test/fingerprints.json");

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

/** What is wrong with one of float16; empty if nothing is. */
export function complaintAboutHalf({ maxUlp, bound, misrounded }: HalfEntry): string {
  return misrounded > 0 ? `${misrounded} misrounded` : maxUlp > bound ? `beyond ${bound} ULP` : "";
}

export function readAccuracy(): Accuracy {
  return { wasm: {}, js: {}, rows: {}, half: {}, ...readJson<Partial<Accuracy>>(ACCURACY_FILE, {}) };
}

export function keepRows(op: string, entry: RowEntry): void {
  const accuracy = readAccuracy();
  accuracy.rows[op] = entry;
  writeJson(ACCURACY_FILE, accuracy);
}

export function keepHalf(name: string, entry: HalfEntry): void {
  const accuracy = readAccuracy();
  accuracy.half[name] = entry;
  writeJson(ACCURACY_FILE, accuracy);
}

/**
 * Puts an entry into docs/accuracy.json; a sample does not take the place of more inputs of the
 * same kernel.
 */
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
