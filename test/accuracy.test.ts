/**
 * The error of every op, on a sample that takes seconds; `npm run verify` takes all 2^32 inputs,
 * and what it found to be worst is in the sample.
 */

import { describe, expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import { BOUND, type Case, casesOf } from "../oracle/cases.ts";
import { bitsOf, fromBits, hex, ulpError } from "../oracle/ulp.ts";
import { readJson } from "../scripts/files.ts";
import { runOf } from "../scripts/fingerprint/ops.ts";
import { WORST_FILE, type WorstInputs } from "../scripts/verify/results.ts";

const worst = readJson<WorstInputs>(WORST_FILE, {});

/** Of each exponent, with each sign. */
const RANDOM_MANTISSAS = 64;
/** How many floats on both sides of where something may change. */
const AROUND = 64;

/** A seeded generator: mulberry32. */
function randomBits(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t ^= t + Math.imul(t ^ (t >>> 7), 61 | t);
    return (t ^ (t >>> 14)) >>> 0;
  };
}

/**
 * The bits of the floats around x; past the ends of an order of bits they are other floats, which
 * does no harm.
 */
function* around(x: number, count: number): Generator<number> {
  const bits = bitsOf(x);
  for (let i = -count; i <= count; i++) yield (bits + i) >>> 0;
}

/** NaN of several kinds, infinities, zeros, the smallest and largest numbers. */
const specials = [
  0, 1, 2, 0x007fffff, 0x00800000, 0x00800001, 0x7f7fffff, 0x7f800000, 0x7f800001, 0x7fc00000, 0x7fffffff,
];

function* common(): Generator<number> {
  const random = randomBits(1);
  for (const sign of [0, 0x80000000]) {
    for (const bits of specials) yield bits + sign;
    for (let exponent = 0; exponent < 256; exponent++) {
      const start = sign + exponent * 2 ** 23;
      for (let i = 0; i < RANDOM_MANTISSAS; i++) yield start + (random() >>> 9);
      // Octaves, and their sixteenths: segments of tables that are laid out by exponent.
      for (const bits of around(fromBits(start), AROUND)) yield bits;
      for (let i = 1; i < 16; i++) for (let near = -4; near <= 4; near++) yield start + i * 2 ** 19 + near;
    }
  }
}

/** Borders between the segments of tables with equal steps. */
function* borders(): Generator<number> {
  for (let i = -8 * 128; i <= 8 * 128; i++) yield* around(i / 128, AROUND);
  for (let i = -112 * 32; i <= 112 * 32; i++) if (Math.abs(i) > 8 * 32) yield* around(i / 32, AROUND);
}

const small = Uint32Array.from(common());
const large = Uint32Array.from([...small, ...borders()]);

/**
 * How far apart the inputs are, in floats, between which a root is looked for, and the most roots
 * on a side.
 */
const STRIDE = 2 ** 16;
const MOST_ROOTS = 32;

/**
 * The bits of floats on which a function changes its sign, those near 0 first: there terms cancel.
 */
function* roots({ direction, row, a, b, c }: Case): Generator<number> {
  const f = direction === "forward" ? row.value : row.derivative;
  const at = (bits: number) => Math.sign(f(fromBits(bits >>> 0), a, b, c));
  for (const side of [0, 0x80000000]) {
    let found = 0;
    let before = at(side + 1);
    for (let bits = 1; bits < 0x7f800000 && found < MOST_ROOTS; bits += STRIDE) {
      const sign = at(side + bits);
      if (before * sign < 0) {
        let [low, high] = [bits - STRIDE, bits];
        while (high - low > 1) {
          const middle = Math.floor((low + high) / 2);
          if (at(side + middle) * before > 0) low = middle;
          else high = middle;
        }
        found++;
        yield side + low;
      }
      if (sign !== 0) before = sign;
    }
  }
}

function inputsOf(subject: Case): Float32Array {
  const { op, setting, row, a, b, c } = subject;
  // Parameters move the borders; the default has them where they are.
  const shared = setting === "default" ? large : small;
  const kinks = (row.about || undefined)?.kinks?.(a, b, c) ?? [];
  const places = [...kinks.map(({ x }) => x), ...[...roots(subject)].map(fromBits)];
  const own = [...places.flatMap((x) => [...around(x, AROUND)]), ...(worst[op]?.[setting] ?? []).map(Number)];
  const bits = new Uint32Array(shared.length + own.length);
  bits.set(shared);
  bits.set(own, shared.length);
  return new Float32Array(bits.buffer);
}

const shown = (x: number) => `${Object.is(x, -0) ? "-0" : x}`;

/** The results that are off by more than `bound`, the worst of them first. */
function misses(
  { op, setting, direction, row, a, b, c }: Case,
  xs: Float32Array,
  ys: Float32Array,
  bound: number,
): string[] {
  const found: { readonly error: number; readonly text: string }[] = [];
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] as number;
    const got = ys[i] as number;
    const want = direction === "forward" ? row.value(x, a, b, c) : row.derivative(x, a, b, c);
    const wrongZero = x === 0 && want === 0 && !Object.is(got, want);
    if (got === Math.fround(want) && !wrongZero) continue;
    const error = wrongZero ? Infinity : ulpError(got, want);
    if (error <= bound) continue;
    const text = `${op}(${setting}) at ${hex(x)} (${shown(x)}): got ${shown(got)}, want ${shown(want)}, ${error} ULP`;
    found.push({ error, text });
  }
  found.sort((one, other) => other.error - one.error);
  return found.slice(0, 5).map(({ text }) => text);
}

const cases = casesOf(true).map((subject) => ({ title: `${subject.op}, ${subject.setting}`, subject }));

describe.each([
  { entry: "wasm", ops: wasm },
  { entry: "js", ops: js },
])("$entry", ({ ops }) => {
  test.each(cases)("$title", ({ subject }) => {
    const xs = inputsOf(subject);
    const ys = runOf(subject, ops)(xs, new Float32Array(xs.length).fill(1));
    expect(misses(subject, xs, ys, BOUND)).toEqual([]);
  });
});
