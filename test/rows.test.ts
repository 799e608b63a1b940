/**
 * softmax, logSoftmax, softmin, logSumExp and their gradients: any axis, accuracy, masks, pieces,
 * overlap, refusals.
 */
import { describe, expect, test } from "vitest";
import { CASES, differs, ENTRIES, inArena, product, randomArray, rowsOf, worstOf } from "./shaped.ts";

const wasm = ENTRIES[0].lib;

type Name = "softmax" | "logSoftmax" | "softmin";
const NAMES: readonly Name[] = ["softmax", "logSoftmax", "softmin"];
/** ULP, for each. */
const BOUND: Record<Name | "logSumExp", number> = { softmax: 2, logSoftmax: 4, softmin: 2, logSumExp: 1 };

/**
 * A third each 2^60, -2^60 and small numbers, which are lost or not in a sum of float64 depending
 * on what is before them.
 */
function cancelling(length: number): Float32Array {
  return randomArray(length, 3, 8).map((v) => (Math.abs(v) < 0.5 ? v : Math.sign(v) * 2 ** 60));
}

/**
 * The maximum, and the sum of e^(x - max) over all but one of the maxima, compensated: to nearly
 * all digits of float64.
 */
function peak(xs: readonly number[]): { max: number; rest: number } {
  const max = xs.reduce((a, b) => Math.max(a, b), -Infinity);
  let rest = xs.filter((x) => x === max).length - 1;
  let lost = 0;
  for (const x of xs) {
    if (x === max) continue;
    const term = Math.exp(x - max);
    const sum = rest + term;
    lost += Math.abs(rest) >= Math.abs(term) ? rest - sum + term : term - sum + rest;
    rest = sum;
  }
  return { max, rest: rest + lost };
}

function rowReference(name: Name | "logSumExp", xs: readonly number[]): number[] {
  if (name === "softmin")
    return rowReference(
      "softmax",
      xs.map((x) => -x),
    );
  const { max, rest } = peak(xs);
  if (name === "logSumExp") return [max + Math.log1p(rest)];
  if (!Number.isFinite(max)) return xs.map(() => Number.NaN);
  if (name === "softmax") return xs.map((x) => Math.exp(x - max) / (1 + rest));
  return xs.map((x) => x - max - Math.log1p(rest));
}

function reference(name: Name, x: Float32Array, shape: readonly number[], axis: number): number[] {
  const out = new Array<number>(x.length);
  for (const row of rowsOf(shape, axis)) {
    const ys = rowReference(
      name,
      row.map((i) => x[i] as number),
    );
    row.forEach((i, k) => {
      out[i] = ys[k] as number;
    });
  }
  return out;
}

/** dx = J^T dy, from the output y. */
function gradientReference(
  name: Name,
  dy: Float32Array,
  y: Float32Array,
  shape: readonly number[],
  axis: number,
): number[] {
  const out = new Array<number>(y.length);
  for (const row of rowsOf(shape, axis)) {
    for (const [k, i] of row.entries()) {
      let sum = 0;
      for (const [l, j] of row.entries()) {
        const [yi, yj] = [y[i] as number, y[j] as number];
        const jacobian = name === "logSoftmax" ? Number(k === l) - Math.exp(yi) : yj * (Number(k === l) - yi);
        sum += (dy[j] as number) * jacobian;
      }
      out[i] = name === "softmin" ? -sum : sum;
    }
  }
  return out;
}

describe.each(ENTRIES)("$entry", ({ lib }) => {
  test.each(CASES)("shape $shape, axis $axis", ({ shape, axis }) => {
    const x = randomArray(product(shape), 8, 5 + shape.length);
    const options = { shape, axis };
    const complaints = NAMES.map((name) =>
      worstOf(name, lib[name](x, options), reference(name, x, shape, axis), BOUND[name], x),
    );
    const sums = rowsOf(shape, axis).flatMap((row) =>
      rowReference(
        "logSumExp",
        row.map((i) => x[i] as number),
      ),
    );
    complaints.push(worstOf("logSumExp", lib.logSumExp(x, options), sums, 1));
    expect(complaints.filter(Boolean)).toEqual([]);
  });

  test.each(CASES)("gradients, shape $shape, axis $axis", ({ shape, axis }) => {
    const x = randomArray(product(shape), 8, 5 + shape.length);
    const dy = randomArray(x.length, 2, 77);
    for (const name of NAMES) {
      const y = lib[name](x, { shape, axis });
      const got = lib[`${name}Grad`](dy, y, { shape, axis });
      const want = gradientReference(name, dy, y, shape, axis);
      // y is rounded: sum y is not 1, and the two ways to write the gradient differ by that.
      const off = [...got].flatMap((dx, i) =>
        Math.abs(dx - (want[i] as number)) < 2e-6 ? [] : [`[${i}]: got ${dx}, want ${want[i]}`],
      );
      expect(off, `${name}Grad`).toEqual([]);
    }
  });

  test("gradients by central differences", () => {
    const x = randomArray(12, 4, 3);
    const dy = randomArray(12, 2, 4);
    const shape = [3, 4];
    for (const name of NAMES) {
      const dx = lib[`${name}Grad`](dy, lib[name](x, { shape }), { shape });
      for (let i = 0; i < x.length; i++) {
        const row = rowsOf(shape, 1)[Math.floor(i / 4)] as number[];
        const at = (step: number) => {
          const xs = row.map((j) => (x[j] as number) + (j === i ? step : 0));
          return rowReference(name, xs).reduce((sum, y, k) => sum + y * (dy[row[k] as number] as number), 0);
        };
        const slope = (at(1e-5) - at(-1e-5)) / 2e-5;
        expect(Math.abs((dx[i] as number) - slope), `${name}Grad[${i}]: got ${dx[i]}, want ${slope}`).toBeLessThan(
          2e-6,
        );
      }
    }
  });

  test("gradients with the same array as dy and y", () => {
    for (const length of [3, 1000, 70_000]) {
      for (const name of NAMES) {
        const y = lib[name](randomArray(length, 4, 6));
        // Something else stands where an earlier call left it.
        lib[`${name}Grad`](randomArray(length, 2, 7), randomArray(length, 2, 8));
        expect(lib[`${name}Grad`](y, y)).toEqual(lib[`${name}Grad`](y, y.slice()));
      }
    }
  });

  test("masks and rows that are NaN", () => {
    const x = new Float32Array([
      1,
      -Infinity,
      1,
      -Infinity,
      -Infinity,
      -Infinity,
      1,
      Number.NaN,
      2,
      1,
      Infinity,
      -Infinity,
    ]);
    const shape = [4, 3];
    const nan = [Number.NaN, Number.NaN, Number.NaN];
    expect([...lib.softmax(x, { shape })]).toEqual([0.5, 0, 0.5, ...nan, ...nan, ...nan]);
    const half = Math.fround(-Math.LN2);
    expect([...lib.logSoftmax(x, { shape })]).toEqual([half, -Infinity, half, ...nan, ...nan, ...nan]);
    expect([
      ...lib.softmin(
        x.map((v) => -v),
        { shape },
      ),
    ]).toEqual([0.5, 0, 0.5, ...nan, ...nan, ...nan]);
    const sums = [Math.fround(1 + Math.LN2), -Infinity, Number.NaN, Infinity];
    expect([...lib.logSumExp(x, { shape })]).toEqual(sums);
    // The same along the first axis, and in rows that are not short.
    const wide = new Float32Array(4 * 120).map((_, i) => x[Math.floor(i / 120) * 3 + (i % 3)] as number);
    const tall = new Float32Array(wide.length).map((_, i) => wide[(i % 4) * 120 + Math.floor(i / 4)] as number);
    expect([...lib.logSumExp(wide, { shape: [4, 120] })]).toEqual([Math.fround(1 + Math.log(80)), ...sums.slice(1)]);
    expect([...lib.logSumExp(tall, { shape: [120, 4], axis: 0 })]).toEqual([
      Math.fround(1 + Math.log(80)),
      ...sums.slice(1),
    ]);
    const y = lib.softmax(wide, { shape: [4, 120] });
    expect([...y.subarray(0, 3)]).toEqual([0.0125, 0, 0.0125].map(Math.fround));
    expect(y.subarray(120).every(Number.isNaN)).toBe(true);
    expect(lib.softmax(tall, { shape: [120, 4], axis: 0 }).filter(Number.isNaN).length).toBe(360);
  });

  test("accuracy over spreads and lengths", () => {
    const complaints: (string | undefined)[] = [];
    for (const spread of [0.1, 1, 3, 10, 87, 100, 300, 1000]) {
      for (const length of [1, 2, 3, 10, 31, 32, 100, 1000, 5000]) {
        for (let seed = 1; seed <= (length < 100 ? 40 : 2); seed++) {
          const x = randomArray(length, spread, seed * 7919 + length);
          const title = (name: string) => `${name}, spread ${spread}, length ${length}`;
          for (const name of NAMES) {
            complaints.push(worstOf(title(name), lib[name](x), reference(name, x, [length], 0), BOUND[name], x));
          }
          complaints.push(worstOf(title("logSumExp"), lib.logSumExp(x), rowReference("logSumExp", [...x]), 1));
        }
      }
    }
    expect(complaints.filter(Boolean)).toEqual([]);
  });

  test("one element that dominates", () => {
    for (const distance of [5, 20, 60, 95, 103]) {
      for (const length of [2, 50, 3000]) {
        const x = new Float32Array(length).fill(-distance);
        x[1] = 0;
        const y = lib.logSoftmax(x);
        expect(worstOf(`logSoftmax, ${distance}`, y, reference("logSoftmax", x, [length], 0), 4, x)).toBeUndefined();
        expect(
          worstOf(`logSumExp, ${distance}`, lib.logSumExp(x), rowReference("logSumExp", [...x]), 1),
        ).toBeUndefined();
      }
    }
  });

  test("huge values", () => {
    const most = 3.4028234663852886e38;
    expect([...lib.softmax(new Float32Array([most, -most, most]))]).toEqual([0.5, 0, 0.5]);
    expect([...lib.softmax(new Float32Array([-most, -Infinity]))]).toEqual([1, 0]);
    expect([...lib.logSoftmax(new Float32Array([1e30, 1e30]))]).toEqual([-Math.LN2, -Math.LN2].map(Math.fround));
    expect([...lib.logSumExp(new Float32Array([most, most]))]).toEqual([most]);
  });

  test("in place, and any overlap", () => {
    for (const { shape, axis } of [
      { shape: [50], axis: 0 },
      { shape: [4, 9], axis: 0 },
      { shape: [3, 50], axis: 1 },
      { shape: [70, 1000], axis: 0 },
    ]) {
      const n = product(shape);
      for (const shift of [0, 1, -1, 5, -5]) {
        const buffer = new Float32Array(n + 10).fill(9);
        const x = buffer.subarray(5, 5 + n);
        x.set(randomArray(n, 6));
        const out = buffer.subarray(5 + shift, 5 + shift + n);
        const want = lib.softmax(x, { shape, axis });
        expect(differs(lib.softmax(x, { shape, axis, out }), want), `shift ${shift}`).toBeUndefined();
        x.set(randomArray(n, 1));
        const dy = randomArray(n, 1, 9);
        const wantGrad = lib.logSoftmaxGrad(dy, x, { shape, axis });
        expect(differs(lib.logSoftmaxGrad(dy, x, { shape, axis, out }), wantGrad), `shift ${shift}`).toBeUndefined();
      }
    }
    const x = randomArray(12, 3);
    const want = lib.logSumExp(x, { shape: [3, 4] });
    expect(lib.logSumExp(x, { shape: [3, 4], out: x.subarray(1, 4) })).toEqual(want);
  });

  const REFUSALS: readonly (readonly [string, ErrorConstructor, (x: Float32Array, out: Float32Array) => unknown])[] = [
    [
      "softmax: x is a plain array, expected a Float32Array",
      TypeError,
      () => lib.softmax([1] as unknown as Float32Array),
    ],
    [
      "softmax: shape is a number, expected an array of dimensions",
      TypeError,
      (x, out) => lib.softmax(x, { shape: 6 as unknown as number[], out }),
    ],
    [
      "softmax: shape[1] is a string, expected a whole number",
      TypeError,
      (x, out) => lib.softmax(x, { shape: [2, "3" as unknown as number], out }),
    ],
    [
      "softmax: shape[0] is -2, expected a whole number",
      RangeError,
      (x, out) => lib.softmax(x, { shape: [-2, -3], out }),
    ],
    [
      "softmax: shape[1] is 1.5, expected a whole number",
      RangeError,
      (x, out) => lib.softmax(x, { shape: [4, 1.5], out }),
    ],
    [
      "softmax: shape [2, 2] has 4 elements, expected 6, the length of x",
      RangeError,
      (x, out) => lib.softmax(x, { shape: [2, 2], out }),
    ],
    [
      "logSoftmax: axis is 2, expected an integer from -2 to 1",
      RangeError,
      (x, out) => lib.logSoftmax(x, { shape: [2, 3], axis: 2, out }),
    ],
    [
      "logSoftmax: axis is -3, expected an integer from -2 to 1",
      RangeError,
      (x, out) => lib.logSoftmax(x, { shape: [2, 3], axis: -3, out }),
    ],
    [
      "softmin: axis is 0.5, expected an integer from -1 to 0",
      RangeError,
      (x, out) => lib.softmin(x, { axis: 0.5, out }),
    ],
    [
      "softmin: axis is a string, expected an integer",
      TypeError,
      (x, out) => lib.softmin(x, { axis: "1" as unknown as number, out }),
    ],
    ["softmax: out has length 5, expected 6", RangeError, (x, out) => lib.softmax(x, out.subarray(1))],
    ["logSumExp: out has length 6, expected 2", RangeError, (x, out) => lib.logSumExp(x, { shape: [2, 3], out })],
    [
      'softmax: unknown option "dim", expected shape, axis, scale, bias, mask, sink, empty or out',
      TypeError,
      (x, out) => lib.softmax(x, { dim: 1, out } as object),
    ],
    ["softmaxGrad: dy has length 6, expected 5", RangeError, (x, out) => lib.softmaxGrad(x, x.subarray(1), out)],
  ];

  test.each(REFUSALS)("%s", (message, type, call) => {
    const x = randomArray(6, 2);
    const out = new Float32Array(6).fill(7);
    expect(() => call(x, out)).toThrow(new type(message));
    expect([...out]).toEqual([7, 7, 7, 7, 7, 7]);
  });
});

describe("pieces", () => {
  const layouts = [
    { shape: [100_003], axis: 0 },
    { shape: [3, 70_001], axis: 1 },
    { shape: [300, 701], axis: 0 },
    { shape: [90_001, 1], axis: 0 },
    { shape: [2, 9000, 5], axis: 1 },
    { shape: [2, 40, 3, 700], axis: 1 },
    { shape: [3000, 10], axis: 1 },
    { shape: [500, 3, 7], axis: 1 },
  ];

  test.each(layouts)("the same bits staged and without copies, $shape, axis $axis", ({ shape, axis }) => {
    const n = product(shape);
    const x = randomArray(n, 20);
    const near = inArena(x);
    const dy = cancelling(n);
    const nearDy = inArena(dy);
    // At an offset that is no multiple of 16 bytes.
    const target = wasm.alloc(n + 1).subarray(1);
    for (const name of NAMES) {
      const y = wasm[name](x, { shape, axis });
      expect(differs(wasm[name](near, { shape, axis, out: target }), y), name).toBeUndefined();
      const dx = wasm[`${name}Grad`](dy, y, { shape, axis });
      expect(
        differs(wasm[`${name}Grad`](nearDy, inArena(y), { shape, axis, out: target }), dx),
        `${name}Grad`,
      ).toBeUndefined();
    }
    const sums = wasm.logSumExp(x, { shape, axis });
    const nearSums = wasm.logSumExp(near, { shape, axis, out: wasm.alloc(sums.length) });
    expect(differs(nearSums, sums)).toBeUndefined();
  });

  test.each([
    { inner: 1, outer: 40 },
    { inner: 3, outer: 7 },
  ])("a row does not depend on the others, $inner side by side", ({ inner, outer }) => {
    for (let n = 1; n <= 70; n++) {
      const slab = n * inner;
      const x = randomArray(outer * slab, 9);
      const dy = cancelling(outer * slab);
      const all = { shape: [outer, n, inner], axis: 1 };
      const alone = { shape: [n, inner], axis: 0 };
      for (const name of NAMES) {
        const y = wasm[name](x, all);
        const dx = wasm[`${name}Grad`](dy, y, all);
        for (let o = 0; o < outer; o++) {
          const one = <A extends Float32Array>(array: A) => array.subarray(slab * o, slab * o + slab);
          const which = `rows of length ${n}, number ${o}`;
          expect(differs(wasm[name](one(x), alone), one(y)), `${name}, ${which}`).toBeUndefined();
          expect(
            differs(wasm[`${name}Grad`](one(dy), one(y), alone), one(dx)),
            `${name}Grad, ${which}`,
          ).toBeUndefined();
        }
      }
    }
  });

  test("long rows", () => {
    const x = randomArray(1_000_000, 30);
    expect(worstOf("softmax", wasm.softmax(x), reference("softmax", x, [x.length], 0), 2, x)).toBeUndefined();
    expect(worstOf("logSoftmax", wasm.logSoftmax(x), reference("logSoftmax", x, [x.length], 0), 4, x)).toBeUndefined();
    const long = randomArray(10_000_000, 3);
    const y = wasm.softmax(long);
    expect(Math.abs(y.reduce((sum, v) => sum + v, 0) - 1)).toBeLessThan(1e-6);
  });
});
