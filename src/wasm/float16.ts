/**
 * The elementwise ops on Float16Array: a function of a float16 is a table of 65,536 results, looked
 * up in plain JavaScript.
 */
import type { Forward } from "../engine/engine.ts";
import { Half } from "../engine/kinds.ts";
import { runsAhead } from "../engine/overlap.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Formula, Parameters } from "../model/row.ts";
import { kernelId } from "./instance.ts";
import type { Runtime } from "./runtime.ts";
import { PIECE, type Stage } from "./stage.ts";
import { Tables } from "./tables.ts";

/** All numbers of float16. */
const EVERY = 65536;

/** The results for all numbers, in the order of their bits, of the formula. */
function exactResults({ value }: Formula): Uint16Array {
  const table = Uint16Array.from({ length: EVERY }, (_, bits) => bits);
  const numbers = new Half(table.buffer, 0, EVERY);
  for (let i = 0; i < EVERY; i++) numbers[i] = value(numbers[i] as number, 0, 0, 0);
  return table;
}

/**
 * The same, but those of the float32 kernel, rounded; only where these are too near to the middle
 * between two numbers to say which it is, of the formula.
 */
function results({ main }: Runtime, id: number, { value }: Formula, { a, b, c }: Parameters): Uint16Array {
  const [stage, rounded, doubts] = main.stages as [Stage, Stage, Stage];
  const table = new Uint16Array(EVERY);
  main.call("everyHalf", stage.address);
  main.kernel(id)(stage.address, stage.address, EVERY, a, b, c);
  const open = main.call("narrowSurely", stage.address, rounded.address, EVERY, doubts.address);
  table.set(new Uint16Array(main.buffer, rounded.address, EVERY));
  const number = new Half(1);
  const bits = new Uint16Array(number.buffer);
  for (const i of new Int32Array(main.buffer, doubts.address, open)) {
    bits[0] = i;
    number[0] = value(number[0] as number, a, b, c);
    table[i] = bits[0];
  }
  return table;
}

/** In the place of each of the numbers, two a word, its result. */
function lookUp(table: Uint16Array, words: Uint32Array, n: number): void {
  for (let i = 0; 2 * i < n; i += 2) {
    const first = words[i] as number;
    const second = words[i + 1] as number;
    words[i] = (table[first & 0xffff] as number) | ((table[first >>> 16] as number) << 16);
    words[i + 1] = (table[second & 0xffff] as number) | ((table[second >>> 16] as number) << 16);
  }
}

export function map(runtime: Runtime, name: string, formula: Formula): Forward {
  // How near to its formula a table of the caller's function is is not known well enough.
  const tables = formula.isCustom
    ? new Tables(() => exactResults(formula))
    : new Tables((parameters) => results(runtime, kernelId(name), formula, parameters));
  // Piece by piece in a place of its own: there the words are aligned, and lie in the first-level
  // cache.
  const stage = new Half(PIECE);
  const words = new Uint32Array(stage.buffer);
  /** The part of the last length: mostly it is wanted again. */
  let part = stage;

  function piece(table: Uint16Array, x: FloatArray, out: FloatArray, start: number, n: number): void {
    stage.set(n === x.length ? x : new Half(x.buffer, x.byteOffset + 2 * start, n));
    lookUp(table, words, n);
    if (part.length !== n) part = stage.subarray(0, n);
    out.set(part, start);
  }

  return (x, out, parameters) => {
    const table = tables.of(parameters);
    const n = out.length;
    if (n <= PIECE) {
      piece(table, x, out, 0, n);
      return;
    }
    // From the end where `out` runs ahead of x.
    const backwards = runsAhead(out, x);
    const pieces = Math.ceil(n / PIECE);
    for (let p = 0; p < pieces; p++) {
      const start = (backwards ? pieces - 1 - p : p) * PIECE;
      piece(table, x, out, start, Math.min(PIECE, n - start));
    }
  };
}
