/**
 * The plain twin and the kernels agree where they once did not: on zeros, infinities and what
 * float64 overflows at.
 */
import { expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";

const of = (...values: readonly number[]) => Float32Array.from(values);

const CASES: readonly (readonly [string, (lib: typeof wasm) => Float32Array, readonly number[]])[] = [
  ["logSigmoid far right", (lib) => lib.logSigmoid(of(Infinity, 200)), [-0, -0]],
  ["geluTanhGrad far left", (lib) => lib.geluTanhGrad(of(1, 1), of(-25, -Infinity)), [-0, -0]],
  ["hardSigmoid just below its bend", (lib) => lib.hardSigmoid(of(-1e-45), { beta: 0 }), [0]],
  ["linear at its defaults", (lib) => lib.linear(of(-0, 0)), [-0, 0]],
  ["linear with beta -0", (lib) => lib.linear(of(0, -0), { beta: -0 }), [0, -0]],
  ["logSoftmaxGrad beyond 709", (lib) => lib.logSoftmaxGrad(of(1, -1), of(710, 0)), [1, -1]],
  [
    "linear whose sum cancels",
    (lib) => lib.linear(of(-3), { alpha: -1e38, beta: -3e38 }),
    // In whole numbers, since the sum has no rounding to hide in.
    [Number(BigInt(1e38) * 3n - BigInt(3e38))],
  ],
  ["linear with a sixth", (lib) => lib.linear(of(-1), { alpha: 1 / 6, beta: 1 / 6 }), [0]],
  ["hardSigmoid with a sixth", (lib) => lib.hardSigmoid(of(-6), { beta: 1 }), [2 ** -54]],
  ["hardSigmoid at its defaults", (lib) => lib.hardSigmoid(of(-3, -1, 0, 3)), [0, Math.fround(2 / 6), 0.5, 1]],
];

test.each(CASES)("%s", (_, call, want) => {
  expect([...call(js as typeof wasm)], "js").toEqual(want);
  expect([...call(wasm)], "wasm").toEqual(want);
});

test("hardTanhGrad where a bound is infinite", () => {
  for (const [x, options] of [
    [-Infinity, { min: -Infinity }],
    [Infinity, { max: Infinity }],
  ] as const) {
    expect([...wasm.hardTanhGrad(of(1), of(x), options)]).toEqual([...js.hardTanhGrad(of(1), of(x), options)]);
  }
});
