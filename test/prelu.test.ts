/** prelu and preluGrad: slopes of every kind, any axis, pieces, overlap, refusals. */
import { describe, expect, test } from "vitest";
import { CASES, differs, ENTRIES, inArena, product, randomArray, worstOf } from "./shaped.ts";

const wasm = ENTRIES[0].lib;

/** The index of the slope for each element. */
function channelsOf(shape: readonly number[], axis: number): number[] {
  const at = axis < 0 ? axis + shape.length : axis;
  const inner = product(shape.slice(at + 1));
  return Array.from({ length: product(shape) }, (_, i) => Math.floor(i / inner) % (shape[at] as number));
}

function reference(dy: Float32Array, x: Float32Array, slope: Float32Array, channels: readonly number[]) {
  const y = [...x].map((v, i) => (v > 0 ? v : v * (slope[channels[i] as number] as number)));
  const dx = [...x].map((v, i) => (dy[i] as number) * (v > 0 ? 1 : (slope[channels[i] as number] as number)));
  const dslope = [...slope].map(() => 0);
  x.forEach((v, i) => {
    if (v <= 0) (dslope[channels[i] as number] as number) += (dy[i] as number) * v;
  });
  return { y, dx, dslope };
}

/**
 * What is wrong with both directions, if anything: products 0.5 ULP, sums 0.5 ULP of a sum in
 * float64.
 */
function complaintsOf(
  lib: (typeof ENTRIES)[number]["lib"],
  x: Float32Array,
  slope: Float32Array,
  channels: readonly number[],
  options: { shape?: readonly number[]; axis?: number; slopeShape?: readonly number[] },
): string[] {
  const dy = randomArray(x.length, 2, 17);
  const want = reference(dy, x, slope, channels);
  const grad = lib.preluGrad(dy, x, slope, options);
  return [
    worstOf("prelu", lib.prelu(x, slope, options), want.y, 0.5, x),
    worstOf("dx", grad.dx, want.dx, 0.5, x),
    worstOf("dslope", grad.dslope, want.dslope, 0.51),
  ].flatMap((complaint) => complaint ?? []);
}

describe.each(ENTRIES)("$entry", ({ lib }) => {
  test.each(CASES)("shape $shape, axis $axis", ({ shape, axis }) => {
    const x = randomArray(product(shape), 8, 3);
    const slope = randomArray(shape.at(axis) as number, 2, 9);
    expect(complaintsOf(lib, x, slope, channelsOf(shape, axis), { shape, axis })).toEqual([]);
  });

  test("one slope for all, a number or an array, and one for each", () => {
    for (const n of [1, 3, 50, 5000]) {
      const x = randomArray(n, 8, 5);
      const one = Float32Array.of(0.3);
      expect(
        complaintsOf(
          lib,
          x,
          one,
          Array.from(x, () => 0),
          {},
        ),
      ).toEqual([]);
      expect(
        complaintsOf(
          lib,
          x,
          randomArray(n, 3, 6),
          Array.from(x, (_, i) => i),
          {},
        ),
      ).toEqual([]);
      expect(lib.prelu(x, 0.3)).toEqual(lib.prelu(x, one));
      expect(lib.preluGrad(x, x, 0.3)).toEqual(lib.preluGrad(x, x, one));
    }
  });

  test("the default axis is 1", () => {
    const x = randomArray(24, 4);
    const slope = randomArray(3, 1, 2);
    const shape = [2, 3, 4];
    expect(lib.prelu(x, slope, { shape })).toEqual(lib.prelu(x, slope, { shape, axis: 1 }));
  });

  test.each([
    { shape: [2, 3, 4, 5], slopeShape: [1, 3, 1, 5] },
    { shape: [2, 3, 4, 5], slopeShape: [3, 1, 5] },
    { shape: [2, 3, 4, 5], slopeShape: [2, 1, 4, 1] },
    { shape: [2, 3, 4, 5], slopeShape: [1, 1, 1, 5] },
    { shape: [2, 3, 4, 5], slopeShape: [2, 3, 1, 1] },
    { shape: [2, 3, 4, 5], slopeShape: [2, 3, 4, 5] },
    { shape: [2, 3, 4, 5], slopeShape: [1, 1] },
    { shape: [2, 3, 4, 5], slopeShape: [] },
    { shape: [3, 70, 5, 60], slopeShape: [70, 1, 60] },
    { shape: [2, 0, 3], slopeShape: [2, 1, 3] },
    { shape: [1, 4, 1], slopeShape: [4, 1] },
  ])("slopes of shape $slopeShape for $shape", ({ shape, slopeShape }) => {
    const n = product(shape);
    const sizes = [...shape.map(() => 1), ...slopeShape].slice(-shape.length);
    const strides = sizes.map((size, i) => (size === 1 ? 0 : product(sizes.slice(i + 1))));
    const channels = Array.from({ length: n }, (_, at) =>
      shape.reduce((sum, size, i) => {
        const index = Math.floor(at / product(shape.slice(i + 1))) % size;
        return sum + index * (strides[i] as number);
      }, 0),
    );
    const slope = randomArray(product(slopeShape), 2, 9);
    expect(complaintsOf(lib, randomArray(n, 8, 3), slope, channels, { shape, slopeShape })).toEqual([]);
    const [x, dy] = [randomArray(n, 8, 3), randomArray(n, 2, 17)];
    const want = lib.preluGrad(dy, x, slope, { shape, slopeShape });
    const [dx, dslope] = [dy.slice(), slope.slice()];
    lib.preluGrad(dx, x, dslope, { shape, slopeShape, dx, dslope });
    expect(differs(dx, want.dx)).toBeUndefined();
    expect(differs(dslope, want.dslope)).toBeUndefined();
  });

  test("zeros, infinities, NaN", () => {
    const x = new Float32Array([0, -0, Infinity, -Infinity, Number.NaN]);
    expect([...lib.prelu(x, 0)]).toEqual([0, -0, Infinity, -0, Number.NaN]);
    expect([...lib.prelu(x, 2)]).toEqual([0, -0, Infinity, -Infinity, Number.NaN]);
    expect([...lib.prelu(x, new Float32Array(5))]).toEqual([0, -0, Infinity, -0, Number.NaN]);
    const dy = new Float32Array(5).fill(3);
    const { dx } = lib.preluGrad(dy, x, 0.5);
    expect([...dx]).toEqual([1.5, 1.5, 3, 1.5, Number.NaN]);
  });

  test("given outputs, in place, overlap", () => {
    for (const shape of [
      [2, 3, 5],
      [4, 600, 1],
      [2, 2, 70_000],
    ]) {
      const n = product(shape);
      const c = shape[1] as number;
      const x = randomArray(n, 4, 3);
      const dy = randomArray(n, 4, 4);
      const slope = randomArray(c, 1, 5);
      const want = lib.prelu(x, slope, { shape });
      const joint = new Float32Array(n + c);
      for (const shift of [0, 1, 2]) {
        joint.set(x, 1);
        expect(
          differs(lib.prelu(joint.subarray(1, n + 1), slope, { shape, out: joint.subarray(shift, n + shift) }), want),
        ).toBeUndefined();
      }
      joint.set(slope);
      expect(differs(lib.prelu(x, joint.subarray(0, c), { shape, out: joint.subarray(0, n) }), want)).toBeUndefined();
      const grad = lib.preluGrad(dy, x, slope, { shape });
      const [dx, dslope] = [x.slice(), slope.slice()];
      const got = lib.preluGrad(dy, dx, dslope, { shape, dx, dslope });
      expect(got.dx).toBe(dx);
      expect(got.dslope).toBe(dslope);
      expect(differs(dx, grad.dx)).toBeUndefined();
      expect(differs(dslope, grad.dslope)).toBeUndefined();
      // The sums of some channels are written before the slopes of others are read, wherever x is.
      for (const place of [(array: Float32Array) => array.slice(), inArena]) {
        for (const shift of [0, 1, 2]) {
          const both = new Float32Array(c + 2);
          both.set(slope, 1);
          const out = { dx: place(dy), dslope: both.subarray(shift, c + shift) };
          lib.preluGrad(out.dx, place(x), both.subarray(1, c + 1), { shape, ...out });
          expect(differs(out.dx, grad.dx)).toBeUndefined();
          expect(differs(out.dslope, grad.dslope)).toBeUndefined();
        }
      }
    }
  });

  const REFUSALS: readonly (readonly [string, ErrorConstructor, (x: Float32Array, out: Float32Array) => unknown])[] = [
    [
      "prelu: slope is undefined, expected a number or a Float32Array",
      TypeError,
      (x, out) => lib.prelu(x, undefined as unknown as number, out),
    ],
    ["prelu: slope is NaN, expected a finite number", RangeError, (x, out) => lib.prelu(x, Number.NaN, out)],
    [
      "prelu: slope has length 2, expected 1 or 6, the length of x, unless a shape is given",
      RangeError,
      (x, out) => lib.prelu(x, x.subarray(4), out),
    ],
    [
      "prelu: slope has length 2, expected 3, the size of axis 1",
      RangeError,
      (x, out) => lib.prelu(x, x.subarray(4), { shape: [2, 3], out }),
    ],
    [
      "prelu: shape [2, 2] has 4 elements, expected 6, the length of x",
      RangeError,
      (x, out) => lib.prelu(x, 1, { shape: [2, 2], out }),
    ],
    [
      "prelu: axis is 1, expected an integer from -1 to 0",
      RangeError,
      (x, out) => lib.prelu(x, x.subarray(4), { shape: [6], out }),
    ],
    [
      "prelu: slopeShape is [2, 1, 3], expected one that broadcasts to [2, 3]",
      RangeError,
      (x, out) => lib.prelu(x, x, { shape: [2, 3], slopeShape: [2, 1, 3], out }),
    ],
    [
      "prelu: slopeShape is [2], expected one that broadcasts to [2, 3]",
      RangeError,
      (x, out) => lib.prelu(x, x.subarray(4), { shape: [2, 3], slopeShape: [2], out }),
    ],
    [
      "prelu: slopeShape [2, 1] has 2 elements, expected 6, the length of slope",
      RangeError,
      (x, out) => lib.prelu(x, x, { shape: [2, 3], slopeShape: [2, 1], out }),
    ],
    [
      "prelu: axis is given along with slopeShape, expected one of the two",
      RangeError,
      (x, out) => lib.prelu(x, x, { shape: [2, 3], slopeShape: [2, 3], axis: 1, out }),
    ],
    ["prelu: out has length 5, expected 6", RangeError, (x, out) => lib.prelu(x, 1, out.subarray(1))],
    [
      'prelu: unknown option "alpha", expected shape, axis, slopeShape or out',
      TypeError,
      (x, out) => lib.prelu(x, 1, { alpha: 1, out } as object),
    ],
    ["preluGrad: dx has length 5, expected 6", RangeError, (x, out) => lib.preluGrad(x, x, 1, { dx: out.subarray(1) })],
    ["preluGrad: dslope has length 6, expected 1", RangeError, (x, out) => lib.preluGrad(x, x, 1, { dslope: out })],
    ["preluGrad: dy has length 5, expected 6", RangeError, (x, out) => lib.preluGrad(x.subarray(1), x, 1, { dx: out })],
  ];

  test.each(REFUSALS)("%s", (message, type, call) => {
    const x = randomArray(6, 2);
    const out = new Float32Array(6).fill(7);
    expect(() => call(x, out)).toThrow(new type(message));
    expect([...out]).toEqual([7, 7, 7, 7, 7, 7]);
  });
});

test.each([
  { shape: [300_001, 1], axis: 1 },
  { shape: [3, 40_001], axis: 1 },
  { shape: [3, 700, 130], axis: 1 },
  { shape: [2, 3, 50_003], axis: 1 },
  { shape: [2000, 5, 7], axis: 1 },
  { shape: [100_001], axis: 0 },
])("the same bits staged and without copies, $shape, axis $axis", ({ shape, axis }) => {
  const n = product(shape);
  const x = randomArray(n, 4, 3);
  const dy = randomArray(n, 4, 4);
  const slope = randomArray(shape[axis] as number, 1, 5);
  const want = wasm.prelu(x, slope, { shape, axis });
  const grad = wasm.preluGrad(dy, x, slope, { shape, axis });
  const [near, nearDy, nearSlope] = [inArena(x), inArena(dy), inArena(slope)];
  // The slopes in the arena, or few enough to be copied there.
  for (const slopes of slope.length > 512 ? [nearSlope] : [nearSlope, slope]) {
    expect(differs(wasm.prelu(near, slopes, { shape, axis, out: wasm.alloc(n) }), want)).toBeUndefined();
    const dx = wasm.alloc(n + 1).subarray(1);
    const got = wasm.preluGrad(nearDy, near, slopes, { shape, axis, dx });
    expect(differs(got.dx, grad.dx)).toBeUndefined();
    expect(differs(got.dslope, grad.dslope)).toBeUndefined();
  }
});
