/**
 * hardmax and sparsemax: the exact projection, ties, any axis, rows of any length, the same bits in
 * pieces.
 */
import { describe, expect, test } from "vitest";
import { CASES, differs, ENTRIES, inArena, product, randomArray, rowsOf, worstOf } from "./shaped.ts";

const wasm = ENTRIES[0].lib;

/** x as a whole multiple of 2^-149. */
function wholeOf(x: number): bigint {
  if (x === 0) return 0n;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(x))) - 24, -149);
  return BigInt(x / 2 ** exponent) << BigInt(exponent + 149);
}

/** a / b as the nearest float64, near enough. */
function ratioOf(a: bigint, b: bigint): number {
  const shift = BigInt(Math.max(0, b.toString(2).length - a.toString(2).length + 64));
  return Number((a << shift) / b) * 2 ** -Number(shift);
}

/**
 * The projection by its definition: the largest elements, in order, as long as they are above their
 * tau; in whole numbers.
 */
function projection(xs: readonly number[]): number[] {
  const one = 1n << 149n;
  const whole = xs.map((x) => (x === -Infinity ? undefined : wholeOf(x)));
  const sorted = whole.filter((x) => x !== undefined).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0));
  let sum = 0n;
  let count = 0n;
  for (const x of sorted) {
    if (one + count * x <= sum) break;
    sum += x;
    count++;
  }
  return whole.map((x) => {
    const y = x === undefined ? 0n : count * x - sum + one;
    return y > 0n ? ratioOf(y, count * one) : 0;
  });
}

function hardest(xs: readonly number[]): number[] {
  const max = Math.max(...xs);
  const first = xs.indexOf(max);
  return xs.map((_, i) => Number(i === first));
}

/** What a formula of one row gives of all. */
function over(x: ArrayLike<number>, shape: readonly number[], axis: number, of: (xs: readonly number[]) => number[]) {
  const want = new Float64Array(x.length);
  for (const row of rowsOf(shape, axis)) {
    const ys = of(row.map((i) => x[i] as number));
    row.forEach((i, k) => {
      want[i] = ys[k] as number;
    });
  }
  return want;
}

const ROWS: readonly (readonly [string, () => Float32Array])[] = [
  ["one element", () => Float32Array.of(-3.5)],
  ["all equal", () => new Float32Array(33).fill(-7)],
  ["ties at the edge", () => Float32Array.of(1, 0.5, 0.5, 0.5, 0, 0, -0.25, 1)],
  ["ties at tau", () => Float32Array.of(1, 0, 0, 0, -1)],
  ["huge", () => Float32Array.of(3.4e38, 3.4e38, -3.4e38, 1e30)],
  ["tiny", () => Float32Array.of(1e-45, -1e-45, 3e-40, 0)],
  ["one more than the others by a little", () => Float32Array.of(0.5, 0.5000001, 1e-30, 0.49999997, -1e-20)],
  ["masked", () => Float32Array.of(-Infinity, 0.2, -Infinity, 0.9, 0.1)],
  ["two steps of Newton and more", () => Float32Array.from({ length: 64 }, (_, i) => -(2 ** (-i / 4)))],
  ["1,000", () => randomArray(1000, 2, 5)],
  ["10,007", () => randomArray(10_007, 0.01, 6)],
  ["100,000, all in the support", () => randomArray(100_000, 1e-6, 7)],
  ["100,000", () => randomArray(100_000, 8, 8)],
];

describe.each(ENTRIES)("$entry", ({ lib }) => {
  test.each(ROWS)("sparsemax is the exact projection: %s", (name, make) => {
    const x = make();
    expect(worstOf(name, lib.sparsemax(x), projection([...x]), 0.51, x)).toBeUndefined();
  });

  test.each(CASES)("shape $shape, axis $axis", ({ shape, axis }) => {
    const x = randomArray(product(shape), 3, 5 + shape.length).map((v) => Math.round(v * 8) / 8);
    const where = { shape, axis };
    expect(worstOf("hardmax", lib.hardmax(x, where), over(x, shape, axis, hardest), 0)).toBeUndefined();
    const y = lib.sparsemax(x, where);
    expect(worstOf("sparsemax", y, over(x, shape, axis, projection), 0.51)).toBeUndefined();
    const dy = randomArray(x.length, 2, 77);
    const want = new Float64Array(x.length);
    for (const row of rowsOf(shape, axis)) {
      const support = row.filter((i) => (y[i] as number) > 0);
      const mean = support.reduce((sum, i) => sum + (dy[i] as number), 0) / support.length;
      for (const i of support) want[i] = (dy[i] as number) - mean;
    }
    const dx = lib.sparsemaxGrad(dy, y, where);
    const off = dx.findIndex((v, i) => Math.abs(v - (want[i] as number)) > 2 ** -24 * Math.abs(v) + 2 ** -50);
    expect(off, `got ${dx[off]}, want ${want[off]}`).toBe(-1);
  });

  test("sparsemaxGrad by central differences", () => {
    const x = Float32Array.of(0.3, -0.2, 0.4, -3, 0.1);
    const dy = randomArray(5, 2, 9);
    const dx = lib.sparsemaxGrad(dy, lib.sparsemax(x));
    const at = (i: number, step: number) =>
      projection([...x].map((v, j) => (i === j ? Math.fround(v + step) : v))).reduce(
        (s, y, j) => s + y * (dy[j] as number),
        0,
      );
    for (let i = 0; i < 5; i++) {
      const [a, b] = [Math.fround((x[i] as number) + 1e-3), Math.fround((x[i] as number) - 1e-3)];
      const slope = (at(i, 1e-3) - at(i, -1e-3)) / (a - b);
      expect(Math.abs((dx[i] as number) - slope)).toBeLessThan(1e-5);
    }
  });

  test("the mean of dy is that of what cancels, too", () => {
    const dy = Float32Array.of(2 ** 60, 1, -(2 ** 60));
    const dx = lib.sparsemaxGrad(dy, new Float32Array(3).fill(1 / 3));
    expect([...dx]).toEqual([2 ** 60, Math.fround(2 / 3), -(2 ** 60)]);
    expect([...lib.sparsemaxGrad(dy, Float32Array.of(0.5, 0.5, 0))]).toEqual([2 ** 59, -(2 ** 59), 0]);
  });

  test("rows that are NaN throughout", () => {
    for (const length of [3, 40]) {
      for (const value of [Number.NaN, Infinity]) {
        for (const at of [0, 2, length - 1]) {
          const x = randomArray(3 * length, 2);
          x[length + at] = value;
          for (const op of ["hardmax", "sparsemax"] as const) {
            const y = lib[op](x, { shape: [3, length] });
            expect(y.subarray(length, 2 * length).every(Number.isNaN)).toBe(true);
            expect(y.subarray(0, length).some(Number.isNaN) || y.subarray(2 * length).some(Number.isNaN)).toBe(false);
            expect(differs(lib[op](x, { shape: [3, length], axis: 1, out: x.slice() }), y)).toBeUndefined();
          }
          const y = lib.sparsemax(x, { shape: [3, length] });
          const dx = lib.sparsemaxGrad(randomArray(3 * length, 1), y, { shape: [3, length] });
          expect([...dx].map(Number.isNaN)).toEqual([...y].map(Number.isNaN));
        }
      }
      const none = new Float32Array(length).fill(-Infinity);
      for (const op of ["hardmax", "sparsemax"] as const) expect(lib[op](none).every(Number.isNaN)).toBe(true);
    }
  });

  test("in place", () => {
    for (const [, make] of ROWS) {
      for (const op of ["hardmax", "sparsemax"] as const) {
        const want = lib[op](make());
        const x = make();
        expect(differs(lib[op](x, x), want)).toBeUndefined();
      }
    }
  });

  test("hardmax has no gradient, and neither takes options of logits", () => {
    expect("hardmaxGrad" in lib).toBe(false);
    const x = new Float32Array(2);
    for (const op of ["hardmax", "sparsemax"] as const) {
      expect(() => lib[op](x, { scale: 2 } as object)).toThrow(
        new TypeError(`${op}: unknown option "scale", expected shape, axis or out`),
      );
    }
  });
});

test.each([
  { shape: [100_003], axis: 0 },
  { shape: [3, 70_001], axis: 1 },
  { shape: [300, 701], axis: 0 },
  { shape: [2, 9000, 5], axis: 1 },
  { shape: [3000, 10], axis: 1 },
])("the same bits staged, without copies and in plain JavaScript, $shape, axis $axis", ({ shape, axis }) => {
  const n = product(shape);
  const x = randomArray(n, 4);
  const near = inArena(x);
  const dy = randomArray(n, 3, 2);
  const out = wasm.alloc(n + 1).subarray(1);
  const js = ENTRIES[1].lib;
  for (const op of ["hardmax", "sparsemax"] as const) {
    const y = wasm[op](x, { shape, axis });
    expect(differs(wasm[op](near, { shape, axis, out }), y), op).toBeUndefined();
    expect(differs(js[op](x, { shape, axis }), y), op).toBeUndefined();
  }
  const y = wasm.sparsemax(x, { shape, axis });
  const dx = wasm.sparsemaxGrad(dy, y, { shape, axis });
  expect(differs(wasm.sparsemaxGrad(inArena(dy), inArena(y), { shape, axis, out }), dx)).toBeUndefined();
  expect(differs(js.sparsemaxGrad(dy, y, { shape, axis }), dx)).toBeUndefined();
});
