/** glu, swiglu, geglu, reglu and their gradients: any axis, accuracy, pieces, overlap, refusals. */
import { describe, expect, test } from "vitest";
import { ulpError } from "../oracle/ulp.ts";
import * as table from "../src/activations.generated.ts";
import { describe as describeOp } from "../src/calls/describe.ts";
import { gateOf as formulasOf } from "../src/calls/gated.ts";
import { CASES, differs, ENTRIES, inArena, product, randomArray, worstOf } from "./shaped.ts";

const wasm = ENTRIES[0].lib;

const NAMES = ["glu", "swiglu", "geglu", "reglu"] as const;
type Name = (typeof NAMES)[number];

/** ULP, forward and gradient. */
const BOUND = 2;

/** What the table says of the gate, in float64. */
function gateOf(name: Name) {
  const known = describeOp(new Map<string, unknown>(Object.entries(table)).get(name));
  if (known?.kind !== "gated") throw new Error(`${name} is not gated`);
  return formulasOf(known.row);
}

/** Pairs of indices: a, b and the result. */
function pairsOf(shape: readonly number[], axis: number): { a: number; b: number; y: number }[] {
  const at = axis < 0 ? axis + shape.length : axis;
  const run = ((shape[at] as number) / 2) * product(shape.slice(at + 1));
  const outer = product(shape.slice(0, at));
  return Array.from({ length: outer * run }, (_, y) => {
    const a = Math.floor(y / run) * 2 * run + (y % run);
    return { a, b: a + run, y };
  });
}

function reference(name: Name, x: Float32Array, shape: readonly number[], axis: number): number[] {
  const { gated, value } = gateOf(name);
  return pairsOf(shape, axis).map(({ a, b }) => {
    const [source, other] = gated === "a" ? [a, b] : [b, a];
    return value(x[source] as number) * (x[other] as number);
  });
}

function gradient(name: Name, dy: Float32Array, x: Float32Array, shape: readonly number[], axis: number): number[] {
  const { gated, value, derivative } = gateOf(name);
  const out = new Array<number>(x.length);
  for (const { a, b, y } of pairsOf(shape, axis)) {
    const [source, other] = gated === "a" ? [a, b] : [b, a];
    const d = dy[y] as number;
    out[source] = d * (x[other] as number) * derivative(x[source] as number);
    out[other] = d * value(x[source] as number);
  }
  return out;
}

const EVEN = CASES.filter(({ shape, axis }) => (shape.at(axis) as number) % 2 === 0);

describe.each(ENTRIES)("$entry", ({ lib }) => {
  test.each(EVEN)("shape $shape, axis $axis", ({ shape, axis }) => {
    const x = randomArray(product(shape), 8, 3);
    const dy = randomArray(x.length / 2, 3, 5);
    const complaints = NAMES.flatMap((name) => [
      worstOf(name, lib[name](x, { shape, axis }), reference(name, x, shape, axis), BOUND),
      worstOf(`${name}Grad`, lib[`${name}Grad`](dy, x, { shape, axis }), gradient(name, dy, x, shape, axis), BOUND, x),
    ]);
    expect(complaints.filter(Boolean)).toEqual([]);
  });

  test.each([0.1, 10, 200, 400])("accuracy, values within %d", (spread) => {
    const x = randomArray(40_000, spread, 11);
    const dy = randomArray(20_000, spread, 13);
    const shape = [x.length];
    const complaints = NAMES.flatMap((name) => [
      worstOf(name, lib[name](x), reference(name, x, shape, 0), BOUND),
      worstOf(`${name}Grad`, lib[`${name}Grad`](dy, x), gradient(name, dy, x, shape, 0), BOUND, x),
    ]);
    expect(complaints.filter(Boolean)).toEqual([]);
  });

  test("a gate below the smallest float32 still counts", () => {
    const source = [-95, -103, -110, -150, 0, 1e-40, -14.4, -16];
    const other = source.map(() => 1e30);
    const ab = Float32Array.from([...source, ...other]);
    const ba = Float32Array.from([...other, ...source]);
    for (const name of NAMES) {
      const x = name === "glu" ? ba : ab;
      expect(worstOf(name, lib[name](x), reference(name, x, [16], 0), BOUND)).toBeUndefined();
      const dy = new Float32Array(8).fill(3);
      const grad = lib[`${name}Grad`](dy, x);
      expect(worstOf(`${name}Grad`, grad, gradient(name, dy, x, [16], 0), BOUND, x)).toBeUndefined();
    }
  });

  test("NaN and infinities", () => {
    const x = new Float32Array([1, Number.NaN, -Infinity, Infinity, 2, 1, 1, 1]);
    expect(lib.swiglu(x)[1]).toBeNaN();
    expect([...lib.swiglu(x)].slice(2).map(Math.abs)).toEqual([0, Infinity]);
    expect([...lib.glu(new Float32Array([1, 1, -Infinity, Infinity]))]).toEqual([0, 1]);
  });

  test("the gradient by central differences", () => {
    const x = randomArray(12, 6, 21);
    const dy = randomArray(6, 2, 23);
    const shape = [3, 4];
    for (const name of NAMES) {
      const { gated, value } = gateOf(name);
      const at = (i: number, step: number) =>
        pairsOf(shape, 1).reduce((sum, { a, b, y }) => {
          const [source, other] = (gated === "a" ? [a, b] : [b, a]) as [number, number];
          const shifted = (j: number) => (x[j] as number) + (i === j ? step : 0);
          return sum + (dy[y] as number) * value(shifted(source)) * shifted(other);
        }, 0);
      lib[`${name}Grad`](dy, x, { shape }).forEach((dx, i) => {
        expect(Math.abs(dx - (at(i, 1e-5) - at(i, -1e-5)) / 2e-5), `${name}Grad[${i}]`).toBeLessThan(2e-6);
      });
    }
  });

  test("overlap", () => {
    for (const n of [8, 200, 150_000]) {
      const x = randomArray(n, 6, 2);
      const want = lib.swiglu(x);
      for (const start of [0, 1, n / 2]) {
        const copy = x.slice();
        expect(differs(lib.swiglu(copy, copy.subarray(start, start + n / 2)), want), `${n}, ${start}`).toBeUndefined();
      }
      const dy = randomArray(n / 2, 1, 4);
      const grad = lib.swigluGrad(dy, x);
      const copy = x.slice();
      expect(differs(lib.swigluGrad(dy, copy, copy), grad)).toBeUndefined();
      const joint = new Float32Array(n + n / 2);
      joint.set(dy, n / 4);
      expect(
        differs(lib.swigluGrad(joint.subarray(n / 4, n / 4 + n / 2), x, joint.subarray(0, n)), grad),
      ).toBeUndefined();
    }
  });

  const REFUSALS: readonly (readonly [string, ErrorConstructor, (x: Float32Array, out: Float32Array) => unknown])[] = [
    ["glu: the axis has length 3, expected an even one", RangeError, (x, out) => lib.glu(x, { shape: [2, 3], out })],
    ["swiglu: the axis has length 5, expected an even one", RangeError, (x, out) => lib.swiglu(x.subarray(1), out)],
    [
      "geglu: shape [2, 4] has 8 elements, expected 6, the length of x",
      RangeError,
      (x, out) => lib.geglu(x, { shape: [2, 4], out }),
    ],
    [
      "reglu: axis is 2, expected an integer from -2 to 1",
      RangeError,
      (x, out) => lib.reglu(x, { shape: [2, 3], axis: 2, out }),
    ],
    ["glu: out has length 3, expected 1", RangeError, (x, out) => lib.glu(x.subarray(4), out)],
    ["gluGrad: dy has length 6, expected 3", RangeError, (x, out) => lib.gluGrad(x, x, out)],
    ["gluGrad: out has length 3, expected 6", RangeError, (x, out) => lib.gluGrad(x.subarray(3), x, out)],
    [
      "geglu: x is a string, expected a Float32Array",
      TypeError,
      (_, out) => lib.geglu("x" as unknown as Float32Array, out),
    ],
  ];

  test.each(REFUSALS)("%s", (message, type, call) => {
    const x = randomArray(6, 2);
    const out = new Float32Array(3).fill(7);
    expect(() => call(x, out)).toThrow(new type(message));
    expect([...out]).toEqual([7, 7, 7]);
  });
});

test.each([
  { shape: [200_002], axis: 0 },
  { shape: [3, 90_002], axis: 1 },
  { shape: [500, 62], axis: 1 },
  { shape: [500, 66], axis: 1 },
  { shape: [1001, 6], axis: 1 },
  { shape: [2, 6, 1000], axis: 1 },
])("the same bits staged and without copies, $shape, axis $axis", ({ shape, axis }) => {
  const x = randomArray(product(shape), 30, 6);
  const dy = randomArray(x.length / 2, 2, 7);
  const out = wasm.alloc(dy.length + 1).subarray(1);
  const dx = wasm.alloc(x.length + 1).subarray(1);
  for (const name of NAMES) {
    expect(differs(wasm[name](inArena(x), { shape, axis, out }), wasm[name](x, { shape, axis })), name).toBeUndefined();
    const want = wasm[`${name}Grad`](dy, x, { shape, axis });
    expect(
      differs(wasm[`${name}Grad`](inArena(dy), inArena(x), { shape, axis, out: dx }), want),
      `${name}Grad`,
    ).toBeUndefined();
  }
});

describe.each(ENTRIES)("faint gates, $entry", ({ lib }) => {
  const f32 = (...values: number[]) => new Float32Array(values);

  test("a product of large factors brings a gate far out back into sight", () => {
    // 9e76 sigmoid'(-210)
    const [, db = 0] = lib.gluGrad(f32(3e38), f32(3e38, -210));
    expect(ulpError(db, Math.fround(3e38) ** 2 * Math.exp(-210))).toBeLessThanOrEqual(BOUND);
    const [da = 0] = lib.swigluGrad(f32(3e38), f32(-205, 3e38));
    expect(ulpError(da, Math.fround(3e38) ** 2 * -204 * Math.exp(-205))).toBeLessThanOrEqual(BOUND);
  });

  test.each([-305, -1000, -1e30, -3e38])("an infinite factor times the gate at %d", (x) => {
    expect([...lib.glu(f32(Infinity, x))]).toEqual([Infinity]);
    for (const name of ["swiglu", "geglu"] as const) {
      expect([...lib[name](f32(x, Infinity))], name).toEqual([-Infinity]);
      expect([...lib[`${name}Grad`](f32(1), f32(x, Infinity))].slice(0, 1), name).toEqual([-Infinity]);
    }
    expect([...lib.gluGrad(f32(1), f32(Infinity, x))].slice(1)).toEqual([Infinity]);
    // That of relu is 0 itself.
    expect([...lib.reglu(f32(x, Infinity))]).toEqual([Number.NaN]);
  });

  test("at -Infinity the gate is 0", () => {
    expect([...lib.glu(f32(Infinity, -Infinity))]).toEqual([Number.NaN]);
    expect([...lib.swiglu(f32(-Infinity, 3))]).toEqual([-0]);
  });
});
