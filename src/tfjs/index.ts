/**
 * `wasm-activations/tfjs`: the activations of TensorFlow.js on its backend called cpu, by this
 * package.
 */
import { KERNELS, type Kernel } from "./kernels.ts";
import type { KernelConfig, Registry } from "./registry.ts";
import { instead, type KernelFunc, onTop } from "./run.ts";

export type { KernelConfig, KernelParams, Registry, TensorInfo } from "./registry.ts";

const BACKEND = "cpu";

/** What the attribute `activation` of a kernel can be that computes a product too. */
const ACTIVATIONS = new Map<unknown, Kernel>([
  ["relu", KERNELS.Relu],
  ["relu6", KERNELS.Relu6],
  ["elu", KERNELS.Elu],
  ["sigmoid", KERNELS.Sigmoid],
  ["leakyrelu", KERNELS.LeakyRelu],
  ["prelu", KERNELS.Prelu],
]);

const REPLACEMENTS = new Map<string, (was: KernelFunc) => KernelFunc>([
  ...Object.entries(KERNELS).map(([name, kernel]) => [name, (was: KernelFunc) => instead(kernel, was)] as const),
  ...["_FusedMatMul", "FusedConv2D", "FusedDepthwiseConv2D"].map(
    (name) => [name, (was: KernelFunc) => onTop(ACTIVATIONS, was)] as const,
  ),
]);

/** What was registered before each function of ours. */
const before = new WeakMap<KernelFunc, KernelConfig>();

function replace(tf: Registry, config: KernelConfig): void {
  tf.unregisterKernel(config.kernelName, BACKEND);
  tf.registerKernel(config);
}

/**
 * Puts the ops of this package in the place of the kernels of the backend `cpu` that are activation
 * functions, and on top of its fused products. Tensors of another type than float32 go to the
 * kernels that were there. A second call changes nothing.
 *
 * @param tf `import * as tf from "@tensorflow/tfjs"`, or from "@tensorflow/tfjs-core" with
 *   "@tensorflow/tfjs-backend-cpu" imported.
 * @throws Error if the backend has no such kernel: it is not imported.
 *
 * @example
 * import * as tf from "@tensorflow/tfjs";
 * import { install } from "wasm-activations/tfjs";
 *
 * install(tf);
 * await tf.setBackend("cpu");
 */
export function install(tf: Registry): void {
  let found = false;
  for (const [name, make] of REPLACEMENTS) {
    const config = tf.getKernel(name, BACKEND);
    if (!config) continue;
    found = true;
    if (before.has(config.kernelFunc)) continue;
    const kernelFunc = make(config.kernelFunc);
    before.set(kernelFunc, config);
    replace(tf, { ...config, kernelFunc });
  }
  if (!found) {
    throw new Error("install: the backend cpu has no kernels, expected @tensorflow/tfjs-backend-cpu to be imported");
  }
}

/** Puts the kernels back that `install` replaced. */
export function uninstall(tf: Registry): void {
  for (const name of REPLACEMENTS.keys()) {
    const config = tf.getKernel(name, BACKEND);
    const was = config && before.get(config.kernelFunc);
    if (was) replace(tf, was);
  }
}
