/**
 * A right call of every op of the table, of small arrays, for tests that change one thing about it.
 */
import { termsOf } from "./fuzz/kinds.ts";
import { type Entry, EVERY } from "./fuzz/table.ts";
import type { Terms } from "./fuzz/terms.ts";

/** An array of a call: its name, its length, and whether it is written. */
export interface Role {
  readonly name: string;
  readonly length: number;
  readonly output: boolean;
}

export interface Sample {
  readonly name: string;
  readonly terms: Terms;
  /** Inputs in the order of the arguments, then outputs. */
  readonly roles: readonly Role[];
}

/** Of x's length n, in one row; slopes one each. */
export function samples(n: number): readonly Sample[] {
  return EVERY.map((known) => {
    const terms = termsOf(known);
    const layout = { outer: 1, axis: n, inner: 1 };
    const role = (output: boolean) => (name: string) => ({
      name,
      output,
      length: name === terms.slope ? n : terms.length(name, layout),
    });
    return { name: known.name, terms, roles: [...terms.inputs.map(role(false)), ...terms.outputs.map(role(true))] };
  });
}

/** Calls the op with these arrays, one for each role. */
export function callOf(entry: Entry, { name, terms, roles }: Sample, arrays: readonly unknown[]): unknown {
  const inputs = arrays.slice(0, terms.inputs.length);
  const outputs = Object.fromEntries(
    roles.map((role, i) => [role.name, arrays[i]] as const).filter((_, i) => roles[i]?.output),
  );
  return entry.op(name)(...inputs, outputs);
}

/** What a call throws. */
export function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("it throws nothing");
}
