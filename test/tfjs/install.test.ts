/** What `install` and `uninstall` do to the registry of TensorFlow.js, and to its tensors. */
import { afterEach, describe, expect, test, vi } from "vitest";
import { install, uninstall } from "wasm-activations/tfjs";
import { KERNELS } from "../../src/tfjs/kernels.ts";
import { calls, draw, tf, valuesOf } from "./counted.ts";

const NAMES = [...Object.keys(KERNELS), "_FusedMatMul", "FusedConv2D", "FusedDepthwiseConv2D"];
const registered = () =>
  tf.getKernelsForBackend("cpu").map(({ kernelName, kernelFunc }) => ({ kernelName, kernelFunc }));
const byName = (name: string) => tf.getKernel(name, "cpu").kernelFunc;

afterEach(() => uninstall(tf));

describe("the registry", () => {
  test("install replaces the kernels that are named, without a warning; uninstall puts them back", () => {
    const warn = vi.spyOn(console, "warn");
    const was = new Map(registered().map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));
    install(tf);
    const replaced = registered().filter(({ kernelName, kernelFunc }) => was.get(kernelName) !== kernelFunc);
    expect(replaced.map(({ kernelName }) => kernelName).sort()).toEqual([...NAMES].sort());
    uninstall(tf);
    expect(new Map(registered().map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]))).toEqual(was);
    expect(warn).not.toHaveBeenCalled();
  });

  test("installed twice is installed once; uninstalled twice, or without, is nothing", () => {
    const was = byName("Relu");
    uninstall(tf);
    install(tf);
    const ours = byName("Relu");
    install(tf);
    expect(byName("Relu")).toBe(ours);
    uninstall(tf);
    expect(byName("Relu")).toBe(was);
    uninstall(tf);
    expect(byName("Relu")).toBe(was);
  });

  test("a kernel that somebody registered later stays", () => {
    install(tf);
    const ours = tf.getKernel("Tanh", "cpu");
    const theirs = { ...ours, kernelFunc: (params: Parameters<typeof ours.kernelFunc>[0]) => ours.kernelFunc(params) };
    tf.unregisterKernel("Tanh", "cpu");
    tf.registerKernel(theirs);
    uninstall(tf);
    expect(byName("Tanh")).toBe(theirs.kernelFunc);
    tf.unregisterKernel("Tanh", "cpu");
    tf.registerKernel(ours);
  });

  test("a program may have registered only some", () => {
    const relu = tf.getKernel("Relu", "cpu");
    const known = new Map([["Relu", relu]]);
    const some = {
      getKernel: (name: string) => known.get(name),
      registerKernel: (config: typeof relu) => void known.set(config.kernelName, config),
      unregisterKernel: (name: string) => void known.delete(name),
    };
    install(some);
    expect([...known.keys()]).toEqual(["Relu"]);
    expect(known.get("Relu")).not.toBe(relu);
    uninstall(some);
    expect(known.get("Relu")).toBe(relu);
  });

  test("without the backend it is refused", () => {
    const empty = { getKernel: () => undefined, registerKernel() {}, unregisterKernel() {} };
    expect(() => install(empty)).toThrow(
      "install: the backend cpu has no kernels, expected @tensorflow/tfjs-backend-cpu to be imported",
    );
    expect(() => uninstall(empty)).not.toThrow();
  });
});

describe("what goes to the kernel that was there", () => {
  const int = tf.tensor([-3, 0, 9], [3], "int32");
  const x = draw([3]);
  const more = draw([2, 3]);
  test.each<[string, string, () => tf.Tensor]>([
    ["int32", "Relu6", () => tf.relu6(int)],
    ["int32", "ClipByValue", () => tf.clipByValue(int, -1, 4)],
    ["int32", "Exp", () => tf.exp(int)],
    ["bool", "Step", () => tf.step(tf.tensor([true, false], [2], "bool"))],
    ["a slope that is not finite", "LeakyRelu", () => tf.leakyRelu(x, Infinity)],
    ["a slope that is not finite in float32", "LeakyRelu", () => tf.leakyRelu(x, 1e39)],
    ["a step that is not finite", "Step", () => tf.step(x, -Infinity)],
    ["slopes of more dimensions than x", "Prelu", () => tf.prelu(x, more)],
    ["slopes of more elements than x", "Prelu", () => tf.prelu(tf.slice(x, 0, 1), x)],
  ])("%s: %s", (_, kernel, make) => {
    const want = tf.tidy(make);
    install(tf);
    calls.clear();
    const got = tf.tidy(make);
    expect(calls.get(kernel)).toHaveLength(1);
    expect([got.dtype, got.shape]).toEqual([want.dtype, want.shape]);
    expect(got.dataSync()).toEqual(want.dataSync());
  });

  test("bounds and axes that TensorFlow.js itself refuses", () => {
    const run = (attrs: object) => tf.engine().runKernel("ClipByValue", { x }, { ...attrs }) as tf.Tensor;
    const reversed = { clipValueMin: 2, clipValueMax: 1 };
    const want = valuesOf(() => run(reversed));
    install(tf);
    expect(valuesOf(() => run(reversed))).toEqual(want);
    const first = () => tf.engine().runKernel("Softmax", { logits: more }, { dim: 0 });
    expect(first).toThrow("non-last dimension");
    expect(() => tf.softmax(tf.scalar(1))).toThrow();
  });
});

describe("tensors", () => {
  test("nothing is left behind, and no input is written", () => {
    install(tf);
    const x = draw([2, 3, 4]);
    const before = x.dataSync().slice();
    const { numTensors, numDataBuffers } = tf.memory();
    for (const op of [tf.relu, tf.elu, tf.softmax, tf.erf, (t: tf.Tensor) => tf.prelu(t, 0.1), tf.step])
      op(x).dispose();
    expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
    expect(x.dataSync()).toEqual(before);
  });

  test("of no elements, and of no dimensions", () => {
    install(tf);
    expect(tf.relu(tf.zeros([0, 3])).shape).toEqual([0, 3]);
    expect(tf.softmax(tf.zeros([3, 0])).shape).toEqual([3, 0]);
    expect(tf.prelu(tf.scalar(-2), tf.scalar(0.5)).dataSync()).toEqual(new Float32Array([-1]));
    expect(tf.prelu(tf.zeros([0, 3]), tf.zeros([3])).shape).toEqual([0, 3]);
  });
});
