/**
 * What gated ops are to give, in float64: how the halves lie in an array, the product and its
 * gradient.
 */
import * as table from "../src/activations.generated.ts";
import { describe } from "../src/calls/describe.ts";
import { gateOf } from "../src/calls/gated.ts";
import { product } from "./shaped.ts";

/** The gated ops of the table. */
export const GATED = [...new Set(Object.values(table))].flatMap((op) => {
  const known = describe(op);
  return known?.kind === "gated" ? [{ name: known.name as keyof typeof table, row: known.row }] : [];
});

export type Gated = (typeof GATED)[number];

/** Where both halves lie in one array. */
export interface Lay {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly interleaved?: boolean;
}

/** What goes through the gate, and its parameters. */
export interface Side {
  readonly gate?: "first" | "second";
  readonly alpha?: number;
  readonly offset?: number;
  readonly limit?: number;
}

/**
 * The index in x of each element of the first half and of the second one, in the order of the
 * results.
 */
function placesOf({ shape, axis, interleaved = false }: Lay): { readonly first: number[]; readonly second: number[] } {
  const size = shape.at(axis) as number;
  const inner = product(shape.slice(axis < 0 ? axis + shape.length + 1 : axis + 1));
  const outer = size * inner === 0 ? 0 : product(shape) / (size * inner);
  const first: number[] = [];
  const second: number[] = [];
  for (let o = 0; o < outer; o++) {
    for (let k = 0; k < size / 2; k++) {
      for (let i = 0; i < inner; i++) {
        const at = (row: number) => (o * size + row) * inner + i;
        first.push(at(interleaved ? 2 * k : k));
        second.push(at(interleaved ? 2 * k + 1 : k + size / 2));
      }
    }
  }
  return { first, second };
}

/** Both halves of an array, each as an array of its own. */
export function split(x: Float32Array, lay: Lay): [first: Float32Array, second: Float32Array] {
  const { first, second } = placesOf(lay);
  const pick = (places: readonly number[]) => Float32Array.from(places, (at) => x[at] as number);
  return [pick(first), pick(second)];
}

/**
 * Both halves with their roles, and how to give results for them back in the order of the halves.
 */
function sort<T>({ row }: Gated, { gate }: Side, first: T, second: T): [source: T, other: T] {
  return (gate ?? (row.gated === "b" ? "second" : "first")) === "first" ? [first, second] : [second, first];
}

/** In float32, as they are used; an offset of 0 leaves -0 as it is. */
function parametersOf({ alpha, offset = 0, limit = Infinity }: Side) {
  return {
    alpha: alpha === undefined ? undefined : Math.fround(alpha),
    offset: Math.fround(offset) || -0,
    limit: Math.fround(limit),
  };
}

const kept = (x: number, limit: number) => !(Math.abs(x) > limit);

/** gate(a') (b' + offset) */
export function reference(op: Gated, side: Side, first: ArrayLike<number>, second: ArrayLike<number>): number[] {
  const { alpha, offset, limit } = parametersOf(side);
  const { value } = gateOf(op.row, alpha);
  const [sources, others] = sort(op, side, first, second);
  return Array.from(sources, (s, i) => {
    const other = Math.min(Math.max(others[i] as number, -limit), limit);
    return value(Math.min(s, limit)) * (other + offset);
  });
}

/** What goes to the first half, and to the second one. */
export function gradient(
  op: Gated,
  side: Side,
  dy: ArrayLike<number>,
  first: ArrayLike<number>,
  second: ArrayLike<number>,
): [number[], number[]] {
  const { alpha, offset, limit } = parametersOf(side);
  const { value, derivative } = gateOf(op.row, alpha);
  const [sources, others] = sort(op, side, first, second);
  const dSources = Array.from(sources, (s, i) => {
    const other = Math.min(Math.max(others[i] as number, -limit), limit) + offset;
    return (dy[i] as number) * other * (s > limit ? 0 : derivative(Math.min(s, limit)));
  });
  const dOthers = Array.from(sources, (s, i) => {
    return (dy[i] as number) * (kept(others[i] as number, limit) ? value(Math.min(s, limit)) : 0);
  });
  return sort(op, side, dSources, dOthers);
}
