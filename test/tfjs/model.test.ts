/** Layers of TensorFlow.js that have an activation on top, networks of them, and gradients. */
import { afterEach, describe, expect, test } from "vitest";
import { install, uninstall } from "wasm-activations/tfjs";
import { calls, draw, tf, valuesOf } from "./counted.ts";

afterEach(() => uninstall(tf));

/** Sums of products stand behind the values: relative to the largest. */
function expectClose(got: Float32Array, want: Float32Array): void {
  expect(got).toHaveLength(want.length);
  const largest = Math.max(...want.map(Math.abs));
  const off = Math.max(...got.map((value, i) => Math.abs(value - (want[i] as number))));
  expect(off / largest).toBeLessThan(1e-6);
  expect(new Set(want).size).toBeGreaterThan(2);
}

type Fused = Parameters<typeof tf.fused.conv2d>[0];
type Layer = (activation: NonNullable<Fused["activation"]>) => tf.Tensor;
type Weights = tf.Tensor3D;

const image = draw([2, 6, 6, 3]) as tf.Tensor4D;
const filter = draw([3, 3, 3, 5]) as tf.Tensor4D;
const apart = draw([3, 3, 3, 2]) as tf.Tensor4D;
const [a, b] = [draw([4, 6]) as tf.Tensor2D, draw([6, 5]) as tf.Tensor2D];
const [five, six] = [draw([5]), draw([6])];
const slopes = [draw([5]), draw([6]), draw([6, 6, 5]), draw([])] as Weights[];
const leakyreluAlpha = 0.3;

const LAYERS: Readonly<Record<string, Layer>> = {
  FusedConv2D: (activation) =>
    tf.fused.conv2d({
      x: image,
      filter,
      strides: 1,
      pad: "same",
      bias: five,
      activation,
      leakyreluAlpha,
      preluActivationWeights: slopes[2] as Weights,
    }),
  FusedDepthwiseConv2D: (activation) =>
    tf.fused.depthwiseConv2d({
      x: image,
      filter: apart,
      strides: 1,
      pad: "same",
      bias: six,
      activation,
      leakyreluAlpha,
      preluActivationWeights: slopes[1] as Weights,
    }),
  _FusedMatMul: (activation) =>
    tf.fused.matMul({ a, b, bias: five, activation, leakyreluAlpha, preluActivationWeights: slopes[0] as Weights }),
};

describe.each(Object.keys(LAYERS))("%s", (kernel) => {
  const layer = LAYERS[kernel] as Layer;

  test.each(["linear", "relu", "relu6", "elu", "sigmoid", "leakyrelu", "prelu"] as const)("with %s", (activation) => {
    const want = valuesOf(() => layer(activation));
    install(tf);
    const { numTensors, numDataBuffers } = tf.memory();
    calls.clear();
    expectClose(
      valuesOf(() => layer(activation)),
      want,
    );
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    // It computes the product.
    expect(calls.get(kernel)).toEqual([activation === "linear" ? "linear" : undefined]);
  });
});

test("channels first, slopes per channel lie along the second axis", () => {
  const square = draw([1, 3, 5, 5]) as tf.Tensor4D;
  const make = () =>
    tf
      .engine()
      .runKernel(
        "FusedConv2D",
        { x: square, filter, preluActivationWeights: slopes[0] as Weights },
        { strides: [1, 1], pad: "same", dataFormat: "NCHW", dilations: [1, 1], activation: "prelu" },
      ) as tf.Tensor;
  const want = valuesOf(make);
  install(tf);
  expectClose(valuesOf(make), want);
});

test("slopes of more elements than the product: the kernel that was there, once more", () => {
  const make = () =>
    tf
      .engine()
      .runKernel(
        "_FusedMatMul",
        { a: tf.reshape(a, [1, 4, 6]), b: tf.reshape(b, [1, 6, 5]), preluActivationWeights: draw([2, 1, 5]) },
        { transposeA: false, transposeB: false, activation: "prelu" },
      ) as tf.Tensor;
  const { shape } = tf.tidy(make);
  install(tf);
  const { numDataBuffers } = tf.memory();
  const result = tf.tidy(make);
  expect(result.shape).toEqual(shape);
  expect(tf.memory().numDataBuffers).toBe(numDataBuffers + 1);
});

test("an activation that TensorFlow.js does not know is its refusal", () => {
  install(tf);
  expect(() => (LAYERS._FusedMatMul as (name: string) => tf.Tensor)("constructor")).toThrow(/activation constructor/i);
});

/** For images of 16 by 16: convolution, two blocks that separate depth from place, dense. */
function network(): (x: tf.Tensor4D) => tf.Tensor {
  const scaled = (shape: number[]) => tf.tidy(() => tf.mul(draw(shape), 0.1));
  const first = scaled([3, 3, 3, 8]) as tf.Tensor4D;
  const stem = [scaled([8]), scaled([8]), scaled([8])] as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  const blocks = [8, 16].map((channels) => ({
    depth: scaled([3, 3, channels, 1]) as tf.Tensor4D,
    depthBias: scaled([channels]),
    point: scaled([1, 1, channels, 16]) as tf.Tensor4D,
    pointBias: scaled([16]),
  }));
  const [dense, denseBias] = [scaled([16, 10]) as tf.Tensor2D, scaled([10])];
  return (x) => {
    const [mean, offset, scale] = stem;
    let y = tf.conv2d(x, first, 2, "same");
    y = tf.relu6(tf.batchNorm4d(y, mean, tf.onesLike(mean), offset, tf.add(scale, 1) as tf.Tensor1D));
    for (const { depth, depthBias, point, pointBias } of blocks) {
      const strides = [1, 1] as [number, number];
      y = tf.fused.depthwiseConv2d({ x: y, filter: depth, strides, pad: "same", bias: depthBias, activation: "relu6" });
      y = tf.fused.conv2d({ x: y, filter: point, strides, pad: "same", bias: pointBias, activation: "elu" });
    }
    const pooled = tf.mean(y, [1, 2]) as tf.Tensor2D;
    return tf.softmax(tf.fused.matMul({ a: pooled, b: dense, bias: denseBias, activation: "sigmoid" }));
  };
}

test("a network: the same probabilities", () => {
  const run = network();
  const x = draw([4, 16, 16, 3]) as tf.Tensor4D;
  const want = valuesOf(() => run(x));
  install(tf);
  calls.clear();
  expectClose(
    valuesOf(() => run(x)),
    want,
  );
  expect([calls.get("Relu6"), calls.get("Softmax")]).toEqual([undefined, undefined]);
});

test.each<[string, (x: tf.Tensor) => tf.Tensor]>([
  ["relu", tf.relu],
  ["relu6", tf.relu6],
  ["leakyRelu", (x) => tf.leakyRelu(x, 0.3)],
  ["prelu", (x) => tf.prelu(x, tf.scalar(0.2))],
  ["elu", tf.elu],
  ["selu", tf.selu],
  ["sigmoid", tf.sigmoid],
  ["tanh", tf.tanh],
  ["softplus", tf.softplus],
  ["erf", tf.erf],
  ["exp", tf.exp],
  ["softmax", tf.softmax],
  ["logSoftmax", tf.logSoftmax],
  ["clipByValue", (x) => tf.clipByValue(x, -1, 2)],
])("the gradient of %s by tf.grad", (_, f) => {
  const x = draw([4, 6]);
  const weights = draw([4, 6]);
  const make = () => tf.grad((t) => tf.mul(f(t), weights))(x);
  const want = valuesOf(make);
  install(tf);
  expectClose(valuesOf(make), want);
});
