/**
 * Each kernel of TensorFlow.js that `wasm-activations/tfjs` replaces: the results of both, on the
 * same tensors.
 */
import { afterEach, describe, expect, test } from "vitest";
import { install, uninstall } from "wasm-activations/tfjs";
import type { KERNELS } from "../../src/tfjs/kernels.ts";
import { calls, draw, tf, valuesOf } from "./counted.ts";

type Unary = (x: tf.Tensor) => tf.Tensor;

const SPECIAL = [NaN, -Infinity, Infinity, 0, 1e-30, -90, 90];

/** How an op of TensorFlow.js calls the kernel, with other attributes than ours by default. */
const TRIALS: Record<keyof typeof KERNELS, readonly Unary[]> = {
  Relu: [tf.relu],
  Relu6: [tf.relu6],
  Elu: [tf.elu],
  Selu: [tf.selu],
  Sigmoid: [tf.sigmoid],
  Tanh: [tf.tanh],
  Softplus: [tf.softplus],
  Erf: [tf.erf],
  Exp: [tf.exp],
  LeakyRelu: [(x) => tf.leakyRelu(x), (x) => tf.leakyRelu(x, -1.5)],
  Step: [(x) => tf.step(x), (x) => tf.step(x, 0.25)],
  ClipByValue: [(x) => tf.clipByValue(x, -1.1, 2.3), (x) => tf.clipByValue(x, 0.1, Infinity)],
  Prelu: [[], [1], [7], [5, 1], [1, 5, 1], [3, 1, 1], [3, 1, 7], [3, 5, 7]].map((shape) => {
    const alpha = draw(shape);
    return (x) => tf.prelu(x, alpha);
  }),
  EluGrad: [(x) => tf.engine().runKernel("EluGrad", { dy: tf.reverse(x), y: tf.elu(x) }) as tf.Tensor],
  Softmax: [
    tf.softmax,
    (x) => tf.softmax(tf.reshape(x, [-1])),
    (x) => tf.engine().runKernel("Softmax", { logits: x }, { dim: -1 }) as tf.Tensor,
  ],
};

/**
 * Both compute wider than float32 and round, so they agree relative to the value. The erf of
 * TensorFlow.js is an approximation within 1.5e-7, whatever the value.
 */
function expectClose(kernel: string, got: Float32Array, want: Float32Array, relative: number): void {
  const absolute = kernel === "Erf" ? 2e-7 : 0;
  expect(got).toHaveLength(want.length);
  const far = want.findIndex((value, i) => {
    const other = got[i] as number;
    return !Object.is(other, value) && !(Math.abs(other - value) <= relative * Math.abs(value) + absolute);
  });
  expect(far, `${got[far]} at ${far}, there ${want[far]}`).toBe(-1);
}

const all = Object.entries(TRIALS).flatMap(([kernel, trials]) => trials.map((trial, i) => ({ kernel, i, trial })));

afterEach(() => uninstall(tf));

describe.each(all)("$kernel, trial $i", ({ kernel, trial }) => {
  test("the results are those of the kernel that was there, which is not called", () => {
    const x = draw([3, 5, 7]);
    const want = valuesOf(() => trial(x));
    install(tf);
    calls.clear();
    const got = valuesOf(() => trial(x));
    expect(calls.get(kernel)).toBeUndefined();
    expectClose(kernel, got, want, 1e-6);
    expect(new Set(got).size).toBeGreaterThan(1);
  });

  test("NaN, infinities and zeros", () => {
    const special = kernel === "Softmax" ? [1, 2, -Infinity, 0, 3, -90, 90] : SPECIAL;
    const x = tf.tensor(
      Float32Array.from({ length: 105 }, (_, i) => special[i % 7] as number),
      [3, 5, 7],
    );
    const want = valuesOf(() => trial(x));
    install(tf);
    expectClose(kernel, valuesOf(() => trial(x)).map(plus), want.map(plus), 1e-5);
  });
});

/** Without the sign of zero, in which the two differ. */
const plus = (value: number) => value + 0;
