/**
 * The plain twin and the kernels agree where they once did not: on zeros, infinities and what
 * float64 overflows at.
 */
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import { ulpError } from "../oracle/ulp.ts";
import { exported, OPS, type Op, optionsOf } from "./ops.ts";

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

/** What a parameter may be at most, and what float32 or a formula in float64 stumbles over. */
const EXTREMES = [-0, 0, 1, -1, 1e-45, -1e-45, -5e-324, 2 ** -126, 1e-10, 88, -88, 1e38, -3.4028234663852886e38];
const INPUTS = of(0, -0, Infinity, -Infinity, Number.NaN, 1, -1, 1e-45, -1e-45, 3.4028234663852886e38, -1e38, 6, -6);

/** NaN, an infinity, a zero with its sign, or any other number. */
function classOf(value: number): string {
  return Number.isFinite(value) && value !== 0 ? "a number" : Object.is(value, -0) ? "-0" : String(value);
}

/** The settings in which one or two parameters are extreme, as far as their domains allow. */
function* extremes(op: Op): Generator<readonly number[]> {
  const [defaults = []] = op.settings;
  for (let i = 0; i < defaults.length; i++) {
    for (const one of EXTREMES) {
      yield defaults.with(i, one);
      for (let j = 0; j < i; j++) for (const other of EXTREMES) yield defaults.with(i, one).with(j, other);
    }
  }
}

describe.each(OPS)("$name at extreme parameters", (op) => {
  test.each(["", "Grad"])("has zeros, infinities and NaN of one kind in both entries: %s", (suffix) => {
    const [here, there] = [exported("wasm", op.name + suffix), exported("js", op.name + suffix)];
    const arrays = suffix ? [INPUTS.map((_, i) => (i % 2 ? 1 : -1)), INPUTS] : [INPUTS];
    const wrong: string[] = [];
    for (const setting of extremes(op)) {
      const options = optionsOf(op, setting);
      let want: Float32Array;
      try {
        want = there(...arrays, options);
      } catch {
        expect(() => here(...arrays, options)).toThrow(op.name);
        continue;
      }
      here(...arrays, options).forEach((got, i) => {
        const other = want[i] as number;
        // Where one rounds to 0 the other may round to the smallest number, and the largest is
        // beside Infinity.
        const [a, b] = [classOf(got), classOf(other)];
        const near = (got !== 0 || other !== 0) && ulpError(got, other) <= 1;
        if (a !== b && !near) wrong.push(`${inspect(options)}, x ${inspect(INPUTS[i])}: wasm ${a}, js ${b}`);
      });
    }
    expect(wrong).toEqual([]);
  });
});
