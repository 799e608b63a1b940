/**
 * scale, bias, mask, sink and empty: the bits of the steps one after the other, wherever the arrays
 * lie; refusals.
 */
import { describe, expect, test } from "vitest";
import { adjusted, combinations, reference, rowsOf } from "./logits.ts";
import type { Layout, RowOptions } from "./row-module.ts";
import { differs, ENTRIES, inArena, randomArray, worstOf } from "./shaped.ts";

const wasm = ENTRIES[0].lib;

const OPS = ["softmax", "logSoftmax", "softmin", "logSumExp"] as const;
const BOUND = { softmax: 2, logSoftmax: 4, softmin: 2, logSumExp: 1 } as const;

const SMALL: readonly Layout[] = [
  [1, 1, 1],
  [1, 7, 1],
  [40, 2, 1],
  [3, 33, 1],
  [2, 70, 1],
  [3, 5, 3],
  [2, 9, 40],
].map(([outer, axis, inner]) => ({ outer, axis, inner }) as Layout);

/** Those that are cut, or handed over in many pieces. */
const LARGE: readonly Layout[] = [
  [900, 10, 1],
  [9, 1000, 1],
  [1, 9001, 1],
  [2, 70_001, 1],
  [1, 300, 701],
  [2, 9000, 5],
].map(([outer, axis, inner]) => ({ outer, axis, inner }) as Layout);

const shapeOf = ({ outer, axis, inner }: Layout) => ({ shape: [outer, axis, inner], axis: 1 });
const sizeOf = ({ outer, axis, inner }: Layout) => outer * axis * inner;

/** scale, bias and mask before the call, which is left with the others. */
function stepByStep(op: string, x: Float32Array, layout: Layout, options: RowOptions) {
  const { sink, empty } = options;
  const s = adjusted(x, layout, options);
  // Of softmin what is left out is at the other end.
  if (op === "softmin") {
    const { mask } = options;
    rowsOf(layout).forEach((row) => {
      row.forEach((i, k) => {
        if (mask && mask[mask.length === x.length ? i : k] === 0) s[i] = Infinity;
      });
    });
  }
  return { s, rest: { ...(sink !== undefined && { sink }), ...(empty && { empty }) } };
}

/** What an op gives of elements that are adjusted, in float64. */
function exact(op: (typeof OPS)[number], s: Float32Array, layout: Layout, { sink, empty }: RowOptions): Float64Array {
  const reduces = op === "logSumExp";
  const want = new Float64Array(reduces ? layout.outer * layout.inner : s.length);
  rowsOf(layout).forEach((row, r) => {
    const one = typeof sink === "object" ? (sink[r] as number) : sink;
    const values = row.map((i) => (op === "softmin" ? -(s[i] as number) : (s[i] as number)));
    reference(op === "softmin" ? "softmax" : op, values, one, empty === "zero").forEach((y, k) => {
      want[reduces ? r : (row[k] as number)] = y;
    });
  });
  return want;
}

describe.each(ENTRIES)("$entry", ({ lib }) => {
  test.each([...SMALL, ...LARGE])("the bits of the steps, $outer x $axis x $inner", (layout) => {
    const x = randomArray(sizeOf(layout), 12, 1 + layout.axis);
    const every = combinations(layout);
    const chosen = sizeOf(layout) > 500 ? every.filter((_, i) => i % 19 === layout.axis % 19) : every;
    const complaints: (string | undefined)[] = [];
    for (const options of chosen) {
      for (const op of OPS) {
        const { s, rest } = stepByStep(op, x, layout, options);
        const got = lib[op](x, { ...shapeOf(layout), ...options });
        complaints.push(differs(got, lib[op](s, { ...shapeOf(layout), ...rest })));
        const title = JSON.stringify([
          op,
          options.scale,
          options.bias?.length,
          options.mask?.length,
          typeof options.sink,
        ]);
        complaints.push(worstOf(title, got, exact(op, s, layout, options), BOUND[op]));
      }
    }
    expect(complaints.filter(Boolean).slice(0, 3)).toEqual([]);
  });

  test("options that say nothing change nothing", () => {
    const x = randomArray(60, 9);
    const nothing = { scale: 1, bias: undefined, mask: undefined, sink: undefined, empty: "nan" } as const;
    for (const op of OPS) expect(differs(lib[op](x, nothing), lib[op](x))).toBeUndefined();
  });

  test("a mask leaves out whatever it holds", () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      const x = Float32Array.of(1, value, 2);
      const mask = Uint8Array.of(1, 0, 255);
      const [first, last] = lib.softmax(Float32Array.of(1, 2)) as unknown as [number, number];
      expect([...lib.softmax(x, { mask })]).toEqual([first, 0, last]);
      expect([...lib.softmin(x, { mask })]).toEqual([last, 0, first]);
      expect(lib.logSoftmax(x, { mask })[1]).toBe(-Infinity);
      expect([...lib.logSumExp(x, { mask })]).toEqual([...lib.logSumExp(Float32Array.of(1, 2))]);
      expect(lib.logSumExpGrad(Float32Array.of(1), x, { mask })[1]).toBe(0);
    }
  });

  test("rows without elements", () => {
    const x = randomArray(6, 4);
    const shape = [2, 3];
    const mask = new Uint8Array(3);
    const six = (v: number) => [v, v, v, v, v, v];
    expect([...lib.softmax(x, { shape, mask })]).toEqual(six(Number.NaN));
    expect([...lib.logSoftmax(x, { shape, mask })]).toEqual(six(Number.NaN));
    for (const given of [
      { empty: "zero" },
      { sink: 0 },
      { sink: -Infinity },
      { sink: Float32Array.of(1, -9) },
    ] as const) {
      expect([...lib.softmax(x, { shape, mask, ...given })]).toEqual(six(0));
      expect([...lib.softmin(x, { shape, mask, ...given })]).toEqual(six(0));
      expect([...lib.logSoftmax(x, { shape, mask, ...given })]).toEqual(six(-Infinity));
      for (const dy of [Float32Array.of(3, -2), Float32Array.of(0, 1)]) {
        expect([...lib.logSumExpGrad(dy, x, { shape, mask, ...given })].map(Math.abs)).toEqual(six(0));
      }
    }
    for (const empty of ["nan", "zero"] as const) {
      expect([...lib.logSumExp(x, { shape, mask, empty })]).toEqual([-Infinity, -Infinity]);
    }
    expect([...lib.logSumExp(x, { shape, mask, sink: Float32Array.of(1.5, -2) })]).toEqual([1.5, -2]);
    const none = new Float32Array(0);
    expect([...lib.logSumExp(none, { shape: [2, 0], sink: Float32Array.of(1.5, -2) })]).toEqual([1.5, -2]);
    expect([...lib.logSumExp(none, { shape: [2, 0], sink: 3 })]).toEqual([3, 3]);
    expect([...lib.logSumExp(none, { shape: [2, 0], scale: 3 })]).toEqual([-Infinity, -Infinity]);
  });

  test("a sink of NaN or Infinity spoils its row only", () => {
    const x = randomArray(8, 4);
    const sink = Float32Array.of(0, Number.NaN, Infinity, -Infinity);
    const y = lib.softmax(x, { shape: [4, 2], sink });
    expect([0, 1, 2, 3].map((row) => Number.isNaN(y[2 * row]))).toEqual([false, true, true, false]);
    expect(differs(y.subarray(6), lib.softmax(x.subarray(6)))).toBeUndefined();
    const sums = lib.logSumExp(x, { shape: [4, 2], sink });
    expect([...sums].slice(1, 3)).toEqual([Number.NaN, Infinity]);
  });

  test("out may overlap any array of the call", () => {
    const layout = { outer: 3, axis: 50, inner: 1 };
    const n = sizeOf(layout);
    const bytes = new ArrayBuffer(4 * (n + 20));
    const restore = () => new Float32Array(bytes).set(randomArray(n + 20, 4, 3));
    for (const shift of [0, 1, 5, 9]) {
      const out = new Float32Array(bytes, 4 * shift, n);
      for (const options of [
        { bias: new Float32Array(bytes, 20, n) },
        { bias: new Float32Array(bytes, 20, 50) },
        { mask: new Uint8Array(bytes, 20, n) },
        { mask: new Uint8Array(bytes, 33, 50) },
        { sink: new Float32Array(bytes, 24, 3) },
      ]) {
        for (const x of [randomArray(n, 3), new Float32Array(bytes, 20, n)]) {
          restore();
          const apart = Object.fromEntries(Object.entries(options).map(([name, array]) => [name, array.slice()]));
          const want = lib.softmax(x.slice(), { ...shapeOf(layout), ...apart });
          const got = lib.softmax(x, { ...shapeOf(layout), ...options, out });
          expect(differs(got, want), `${Object.keys(options)}, shift ${shift}`).toBeUndefined();
          restore();
          const sums = lib.logSumExp(x.slice(), { ...shapeOf(layout), ...apart });
          expect(
            differs(lib.logSumExp(x, { ...shapeOf(layout), ...options, out: out.subarray(0, 3) }), sums),
          ).toBeUndefined();
        }
      }
    }
  });

  test.each([...SMALL, ...LARGE])("gradients, $outer x $axis x $inner", (layout) => {
    const x = randomArray(sizeOf(layout), 6, 4);
    const dy = randomArray(x.length, 2, 5);
    const where = shapeOf(layout);
    const scale = Math.fround(0.3);
    for (const op of ["softmax", "softmin", "logSoftmax"] as const) {
      const y = lib[op](x, where);
      const got = lib[`${op}Grad`](dy, y, { ...where, scale });
      const plain = lib[`${op}Grad`](dy, y, where);
      // dx is rounded once, after the factor.
      expect(
        worstOf(
          `${op}Grad`,
          got,
          plain.map((dx) => dx),
          0,
        ) !== undefined || x.length === 1,
      ).toBe(true);
      const wide = Float64Array.from(plain, (dx) => dx * scale);
      expect(worstOf(`${op}Grad`, got, wide, 1.5)).toBeUndefined();
    }
    const one = randomArray(layout.outer * layout.inner, 3, 11);
    const every = combinations(layout).filter((_, i) => i % 29 === layout.axis % 29);
    for (const options of [{}, ...every]) {
      const { s } = stepByStep("softmax", x, layout, options);
      const want = exact("softmax", s, layout, options);
      const factor = Math.fround(options.scale ?? 1);
      rowsOf(layout).forEach((row, r) => {
        for (const i of row) want[i] = factor * (one[r] as number) * (want[i] as number);
      });
      expect(worstOf("logSumExpGrad", lib.logSumExpGrad(one, x, { ...where, ...options }), want, 2)).toBeUndefined();
    }
  });
});

describe("without copies", () => {
  test.each([...SMALL, ...LARGE])("the same bits, $outer x $axis x $inner", (layout) => {
    const x = randomArray(sizeOf(layout), 12, 1 + layout.axis);
    const near = inArena(x);
    const out = wasm.alloc(x.length + 1).subarray(1);
    const dy = randomArray(layout.outer * layout.inner, 3, 11);
    const every = combinations(layout).filter((_, i) => i % 23 === layout.axis % 23);
    for (const [i, options] of every.entries()) {
      const { bias, sink } = options;
      // Some of the further arrays lie there too.
      const moved = {
        ...options,
        ...(bias && i % 2 === 0 && { bias: inArena(bias) }),
        ...(typeof sink === "object" && i % 3 === 0 && { sink: inArena(sink) }),
      };
      const where = shapeOf(layout);
      for (const op of ["softmax", "logSoftmax", "softmin"] as const) {
        const want = wasm[op](x, { ...where, ...options });
        expect(differs(wasm[op](near, { ...where, ...moved, out }), want), op).toBeUndefined();
      }
      const sums = wasm.logSumExp(x, { ...where, ...options });
      const nearSums = wasm.alloc(sums.length);
      expect(differs(wasm.logSumExp(near, { ...where, ...moved, out: nearSums }), sums)).toBeUndefined();
      const dx = wasm.logSumExpGrad(dy, x, { ...where, ...options });
      expect(differs(wasm.logSumExpGrad(dy, near, { ...where, ...moved, out }), dx)).toBeUndefined();
      wasm.free(nearSums);
    }
  });
});

type AnyOptions = Readonly<Record<string, unknown>>;

describe.each(ENTRIES)("$entry refuses", ({ lib }) => {
  const gone = () => {
    const mask = new Uint8Array(6);
    structuredClone(mask, { transfer: [mask.buffer] });
    return mask;
  };
  const freed = () => {
    const bias = lib.alloc(6);
    lib.free(bias);
    return bias;
  };
  const REFUSALS: readonly (readonly [string, ErrorConstructor, () => AnyOptions])[] = [
    ["scale is a string, expected a finite number", TypeError, () => ({ scale: "2" })],
    ["scale is Infinity, expected a finite number", RangeError, () => ({ scale: Infinity })],
    ["scale is 1e+39 (Infinity in float32), expected a finite number", RangeError, () => ({ scale: 1e39 })],
    ["bias is a number, expected a Float32Array", TypeError, () => ({ bias: 1 })],
    ["bias is a Float64Array, expected a Float32Array", TypeError, () => ({ bias: new Float64Array(6) })],
    [
      "bias has length 2, expected 6, the length of x, or 3, that of a row",
      RangeError,
      () => ({ bias: new Float32Array(2) }),
    ],
    ["bias was freed, expected an array in use", RangeError, () => ({ bias: freed() })],
    ["mask is a Float32Array, expected a Uint8Array", TypeError, () => ({ mask: new Float32Array(6) })],
    ["mask is a Uint8ClampedArray, expected a Uint8Array", TypeError, () => ({ mask: new Uint8ClampedArray(6) })],
    ["mask is a plain array, expected a Uint8Array", TypeError, () => ({ mask: [1, 1, 1] })],
    [
      "mask has length 5, expected 6, the length of x, or 3, that of a row",
      RangeError,
      () => ({ mask: new Uint8Array(5) }),
    ],
    [
      "mask is detached or out of the bounds of its buffer, expected a Uint8Array in use",
      RangeError,
      () => ({ mask: gone() }),
    ],
    ["sink is a string, expected a number or a Float32Array", TypeError, () => ({ sink: "0" })],
    ["sink is NaN, expected a number", RangeError, () => ({ sink: Number.NaN })],
    ["sink has length 3, expected 2", RangeError, () => ({ sink: new Float32Array(3) })],
    ["sink has length 1, expected 2", RangeError, () => ({ sink: new Float32Array(1) })],
    ['empty is a boolean, expected "nan" or "zero"', TypeError, () => ({ empty: true })],
    ['empty is "one", expected "nan" or "zero"', RangeError, () => ({ empty: "one" })],
  ];

  test.each(REFUSALS)("%s", (message, type, make) => {
    const x = randomArray(6, 2);
    for (const op of [...OPS, "logSumExpGrad"] as const) {
      const size = op === "logSumExp" ? 2 : 6;
      const out = new Float32Array(size).fill(7);
      const options = { shape: [2, 3], out, ...make() };
      const call = () => (op === "logSumExpGrad" ? lib[op](new Float32Array(2), x, options) : lib[op](x, options));
      expect(call).toThrow(new type(`${op}: ${message}`));
      expect(out.every((v) => v === 7)).toBe(true);
    }
  });

  test("what a gradient from the output does not take", () => {
    const y = new Float32Array(6);
    for (const op of ["softmaxGrad", "softminGrad", "logSoftmaxGrad"] as const) {
      const options = { mask: new Uint8Array(6) } as object;
      const message = `${op}: unknown option "mask", expected shape, axis, scale or out`;
      expect(() => lib[op](y, y, options)).toThrow(new TypeError(message));
    }
    expect(() => lib.logSumExpGrad(new Float32Array(3), y, { shape: [2, 3] })).toThrow(
      new RangeError("logSumExpGrad: dy has length 3, expected 2"),
    );
  });
});
