/**
 * Both entries: constants and sums that cancel, the signs of zeros, products that only dy brings
 * into sight.
 */
import { describe, expect, test } from "vitest";
import { ulpError } from "../oracle/ulp.ts";
import { ENTRIES, exported } from "./ops.ts";

type Options = Readonly<Record<string, number>>;

const f32 = (...values: readonly number[]) => new Float32Array(values);

describe.each(ENTRIES)("the %s entry", (entry) => {
  const one = (name: string, x: number, options: Options = {}) => exported(entry, name)(f32(x), options)[0] as number;
  const grad = (name: string, dy: number, x: number, options: Options = {}) =>
    exported(entry, `${name}Grad`)(f32(dy), f32(x), options)[0] as number;

  test("1/6 is the sixth itself in the default of hardSigmoid, and nowhere else", () => {
    expect(one("linear", -1, { alpha: 1 / 6, beta: 1 / 6 })).toBe(0);
    expect(one("linear", -3, { alpha: 1 / 6, beta: 0.5 })).toBe(2 ** -55);
    expect(one("hardSigmoid", -6, { beta: 1 })).toBe(2 ** -54);
    expect(one("hardSigmoid", -3)).toBe(0);
    expect(grad("hardSigmoid", 1, -6, { beta: 1 })).toBe(Math.fround(1 / 6));
    expect(grad("hardSigmoid", 1, -3)).toBe(0);
  });

  // alpha x + beta in whole numbers: float64 are such, times a power of two.
  const exactly = (alpha: number, x: number, beta: number) => {
    const [[a, i], [b, j], [c, k]] = [alpha, x, beta].map(whole) as [Whole, Whole, Whole];
    const least = Math.min(i + j, k);
    const sum = a * b * 2n ** BigInt(i + j - least) + c * 2n ** BigInt(k - least);
    return rounded(sum, least);
  };

  test.each([
    [-1e38, -3, -3e38],
    [1e300, 3, -3e300],
    [1e300, 1e-45, -1e255],
    [2 ** -130 * 1.1, 3, -(2 ** -130) * 3.3],
    [1e-42, 3e3, -3e-39],
    [0.1, -3, 0.3],
    [1 / 3, -7, 7 / 3],
    [1.7e308, 1, -1.7e308],
    [-1 / 3, 3e38, 1e38],
  ])("linear is right where alpha %d times %d cancels beta %d", (alpha, x, beta) => {
    const want = exactly(alpha, Math.fround(x), beta);
    expect(ulpError(one("linear", x, { alpha, beta }), want), `want ${want}`).toBeLessThanOrEqual(1);
  });

  test("alpha is taken as it is, in gradients too", () => {
    expect(grad("linear", 3e38, 1, { alpha: 1e-60 })).toBe(Math.fround(Math.fround(3e38) * 1e-60));
    expect(grad("linear", 1e-30, 1, { alpha: 1e60 })).toBe(Math.fround(Math.fround(1e-30) * 1e60));
    expect(grad("hardSigmoid", 1e-30, 0, { alpha: 1e60 })).toBe(Math.fround(Math.fround(1e-30) * 1e60));
  });

  test.each<[string, number, Options, number]>([
    ["logSigmoid", Infinity, {}, -0],
    ["logSigmoid", 800, {}, -0],
    ["hardSigmoid", -1e-45, { beta: 0 }, 0],
    ["hardSigmoid", -0, { beta: -0 }, 0],
    ["linear", -0, {}, -0],
    ["linear", 0, {}, 0],
    ["linear", -0, { alpha: 2 }, 0],
    ["linear", -0, { beta: -0 }, -0],
    ["linear", -0, { alpha: 2, beta: -0 }, -0],
    ["linear", 0, { alpha: -2, beta: -0 }, -0],
    ["linear", 0, { alpha: 2, beta: -0 }, 0],
    ["linear", -5, { alpha: 0, beta: -0 }, -0],
    ["linear", 5, { alpha: 0, beta: -0 }, 0],
    ["linear", -Infinity, { alpha: 0, beta: -0 }, -0],
    ["linear", Infinity, { alpha: 0, beta: 2 }, 2],
    ["clamp", 7, { min: 2, max: 1 }, 1],
    ["clamp", -7, { min: 2, max: 1 }, 1],
    ["clamp", 1.5, { min: 2, max: 1 }, 1],
  ])("%s of %d, %o", (name, x, options, want) => {
    expect(one(name, x, options)).toBe(want);
  });

  test.each<[string, number, number, Options, number]>([
    ["geluTanh", 1, -25, {}, -0],
    ["geluTanh", 1, -1e30, {}, -0],
    ["gelu", 1, -1e30, {}, -0],
    ["silu", 1, -1e30, {}, -0],
    ["hardTanh", 1, -Infinity, { min: -Infinity }, 1],
    ["hardTanh", 1, Infinity, { max: Infinity }, 1],
    ["hardTanh", 1, -Infinity, {}, 0],
    ["clamp", 1, 1.5, { min: 2, max: 1 }, 0],
    ["clamp", 1, 2, { min: 2, max: 1 }, 0],
    ["clamp", 1, 1, { min: 2, max: 1 }, 0],
    ["clamp", 1, -Infinity, {}, 1],
    ["exponential", 0, 89, {}, 0],
    ["exponential", 0, 800, {}, 0],
    ["exponential", 0, Infinity, {}, Number.NaN],
    ["celu", 0, -1e30, { alpha: -0.5 }, 0],
    ["sigmoid", Infinity, -Infinity, {}, Number.NaN],
    ["silu", Infinity, -Infinity, {}, Number.NaN],
    ["elu", Infinity, -Infinity, {}, Number.NaN],
    ["elu", Infinity, -Infinity, { alpha: 2 }, Number.NaN],
    ["silu", Infinity, -Infinity, { beta: 2 }, Number.NaN],
    ["softplus", Infinity, -Infinity, { beta: 2 }, Number.NaN],
  ])("%s: dy %d at %d, %o", (name, dy, x, options, want) => {
    expect(grad(name, dy, x, options)).toBe(want);
  });

  test("a dy that brings f' into the range of float32", () => {
    expect(ulpError(grad("exponential", 1e-10, 89), Math.fround(1e-10) * Math.exp(89))).toBeLessThanOrEqual(1.5);
    expect(ulpError(grad("sigmoid", 65536, -95), 65536 * Math.exp(-95))).toBeLessThanOrEqual(1.5);
    expect(ulpError(grad("softsign", 3e38, 1e25), Math.fround(3e38) / Math.fround(1e25) ** 2)).toBeLessThanOrEqual(1.5);
  });

  test("logSoftmaxGrad takes any y", () => {
    const gradient = exported(entry, "logSoftmaxGrad");
    expect([...gradient(f32(1, -1), f32(710, 0))]).toEqual([1, -1]);
  });
});

/** m 2^e */
type Whole = readonly [bigint, number];

function whole(x: number): Whole {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const size = exponent ? fraction | 0x10000000000000n : fraction;
  return [x < 0 ? -size : size, Math.max(exponent, 1) - 1075];
}

/** m 2^e as float64, to 53 bits or a little less. */
function rounded(m: bigint, e: number): number {
  const digits = (m < 0n ? -m : m).toString(2).length;
  const excess = Math.max(digits - 60, 0);
  return Number(m >> BigInt(excess)) * 2 ** Math.max(-1000, Math.min(1000, e + excess));
}
