/** The ops of the package as the benches see them, read off its exports. */
import { describe } from "../src/calls/describe.ts";
// The plain twin, whatever is measured: here only what the exports say of themselves matters.
import * as table from "../src/index.ts";
import type { Kind } from "./inputs.ts";

export type Direction = "forward" | "gradient";

/** An op, its gradient, and how they are called. */
export interface Benched {
  readonly name: string;
  readonly kind: Kind;
  readonly gradient: { readonly name: string; readonly kind: Kind } | undefined;
}

function isGradient(kind: Kind): boolean {
  return kind.endsWith("Grad");
}

const described = Object.values(table)
  .map((value: unknown) => describe(value))
  .filter((op) => op !== undefined);

/** In the order of the exports, each once however many names it has. */
export const ops: readonly Benched[] = [...new Map(described.map((op) => [op.name, op])).values()]
  .filter((op) => !isGradient(op.kind))
  .map(({ name, kind }) => {
    const gradient = described.find((other) => other.of === name && isGradient(other.kind));
    return { name, kind, gradient: gradient && { name: gradient.name, kind: gradient.kind } };
  });

/** The op that is exported under this name, which may be a second one of it. */
export function opNamed(name: string): Benched | undefined {
  const value: unknown = Object.entries(table).find(([exported]) => exported === name)?.[1];
  const known = describe(value);
  return known && ops.find((op) => op.name === known.name);
}
