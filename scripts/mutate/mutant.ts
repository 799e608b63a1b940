import { createHash } from "node:crypto";

/** A small change of the code that some test should notice. */
export interface Mutant {
  /** Where: a file of the checkout, or a function of the module of kernels. */
  readonly place: string;
  /** Counted from 1, in the file or in the function. */
  readonly line: number;
  /** Of the change, in the file. */
  readonly position: number;
  /** The line as it is and as it becomes, without indentation. */
  readonly from: string;
  readonly to: string;
  /** The whole file as it becomes. */
  text(): string;
}

/**
 * So many of the list, as the seed draws them. Each is drawn by itself, so that a change of the
 * code leaves most of a sample as it was.
 */
export function drawn(list: readonly Mutant[], count: number, seed: string): Mutant[] {
  const rank = ({ place, from, to }: Mutant, i: number) =>
    createHash("sha256").update([seed, place, from, to].join("\n")).digest("hex") + String(i).padStart(6, "0");
  const ranked = list.map((mutant, i) => [rank(mutant, i), mutant] as const);
  return ranked.sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, mutant], i) => (i < count ? [mutant] : []));
}
