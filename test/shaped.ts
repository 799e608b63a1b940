/** What the tests of rows, gated ops and prelu share. */
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import { hex, ulpError } from "../oracle/ulp.ts";

export const ENTRIES = [
  { entry: "wasm", lib: wasm },
  { entry: "js", lib: js },
] as const;

/** xorshift32, between 0 and 1. */
export function random(seed: number): () => number {
  let s = seed;
  return () => {
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    return ((s >>> 0) + 0.5) / 2 ** 32;
  };
}

export function randomArray(length: number, spread: number, seed = 1): Float32Array<ArrayBuffer> {
  const next = random(seed);
  const array = new Float32Array(length);
  for (let i = 0; i < length; i++) array[i] = (next() - 0.5) * spread;
  return array;
}

export function product(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** Every axis of these shapes, from both ends. */
export const SHAPES: readonly (readonly number[])[] = [
  [1],
  [7],
  [40],
  [3, 5],
  [5, 3],
  [2, 33],
  [33, 2],
  [2, 600],
  [3, 4, 5],
  [2, 40, 17],
  [2, 3, 4, 5],
  [3, 1, 2, 6],
  [0],
  [3, 0],
  [0, 3],
  [2, 0, 3],
];

export const CASES = SHAPES.flatMap((shape) =>
  shape.flatMap((_, axis) => [
    { shape, axis },
    { shape, axis: axis - shape.length },
  ]),
);

/** The indices of the rows along an axis, in the order of the other dimensions. */
export function rowsOf(shape: readonly number[], axis: number): number[][] {
  const at = axis < 0 ? axis + shape.length : axis;
  const size = shape[at] as number;
  const inner = product(shape.slice(at + 1));
  const outer = product(shape.slice(0, at));
  return Array.from({ length: outer * inner }, (_, row) => {
    const start = Math.floor(row / inner) * size * inner + (row % inner);
    return Array.from({ length: size }, (_, k) => start + k * inner);
  });
}

/** The first element that is off by more than `bound` ULP, as a message; undefined if none is. */
export function worstOf(
  op: string,
  got: ArrayLike<number>,
  want: ArrayLike<number>,
  bound: number,
  x?: ArrayLike<number>,
): string | undefined {
  if (got.length !== want.length) return `${op}: got length ${got.length}, want ${want.length}`;
  let worst = bound;
  let at = -1;
  for (let i = 0; i < want.length; i++) {
    const error = ulpError(got[i] as number, want[i] as number);
    if (error > worst) {
      worst = error;
      at = i;
    }
  }
  if (at < 0) return undefined;
  const xi = x?.[at];
  const from = xi === undefined ? "" : ` at x = ${hex(xi)} (${xi})`;
  return `${op}[${at}]${from}: got ${hex(got[at] as number)} (${got[at]}), want ${want[at]}, ${worst} ULP`;
}

/**
 * The first element whose bits differ, as a message; undefined if none does. A matcher would print
 * the arrays whole.
 */
export function differs(got: Float32Array, want: Float32Array): string | undefined {
  if (got.length !== want.length) return `got length ${got.length}, want ${want.length}`;
  for (let i = 0; i < want.length; i++) {
    const [g, w] = [got[i] as number, want[i] as number];
    if (!Object.is(g, w)) return `[${i}]: got ${hex(g)} (${g}), want ${hex(w)} (${w})`;
  }
  return undefined;
}

/** An array of alloc with these elements. */
export function inArena(x: Float32Array): Float32Array {
  const view = wasm.alloc(x.length);
  view.set(x);
  return view;
}
