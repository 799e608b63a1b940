/** TensorFlow.js on its backend cpu, every kernel that may be replaced under a counter. */
import "@tensorflow/tfjs-backend-cpu";
import "@tensorflow/tfjs-core/dist/register_all_gradients";
import * as tf from "@tensorflow/tfjs-core";
import { Random } from "../../bench/measure/inputs.ts";

/** So that it does not greet. */
tf.env().set("IS_TEST", true);
await tf.setBackend("cpu");

/**
 * The calls of each kernel of TensorFlow.js itself, but by another of them: the attribute
 * `activation` of each.
 */
export const calls = new Map<string, unknown[]>();

for (const config of tf.getKernelsForBackend("cpu")) {
  const { kernelName, kernelFunc } = config;
  tf.unregisterKernel(kernelName, "cpu");
  tf.registerKernel({
    ...config,
    kernelFunc: (params) => {
      calls.set(kernelName, [...(calls.get(kernelName) ?? []), params.attrs?.activation]);
      return kernelFunc(params);
    },
  });
}

/** The values of what `make` makes; nothing that it allocates stays. */
export function valuesOf(make: () => tf.Tensor): Float32Array {
  const result = tf.tidy(make);
  const values = result.dataSync() as Float32Array;
  result.dispose();
  return values;
}

const random = new Random(0x51ed270b);

/** N(0, 3), the same in every run. */
export function draw(shape: number[]): tf.Tensor {
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => 3 * random.normal()),
    shape,
  );
}

export { tf };
