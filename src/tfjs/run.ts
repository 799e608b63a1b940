/** From the call of a kernel of TensorFlow.js to one of ours, and back. */
import type { Attrs, Inputs, Kernel, Operand } from "./kernels.ts";
import type { CpuBackend, KernelConfig, KernelParams, TensorInfo } from "./registry.ts";

export type KernelFunc = KernelConfig["kernelFunc"];

/** The inputs of a call; undefined if one is of another type than float32. */
function operandsOf(inputs: KernelParams["inputs"], backend: CpuBackend): Inputs | undefined {
  const operands: [string, Operand][] = [];
  for (const [name, tensor] of Object.entries(inputs)) {
    if (!tensor) continue;
    const values = tensor.dtype === "float32" ? backend.data.get(tensor.dataId).values : undefined;
    if (!(values instanceof Float32Array)) return undefined;
    operands.push([name, { values, shape: tensor.shape }]);
  }
  return Object.fromEntries(operands) as unknown as Inputs;
}

/** Calls `kernel`, and where it does not take the call the kernel that was there. */
export function instead(kernel: Kernel, was: KernelFunc): KernelFunc {
  return (params) => {
    const backend = params.backend as CpuBackend;
    const inputs = operandsOf(params.inputs, backend);
    const values = inputs && kernel(inputs, params.attrs as unknown as Attrs);
    if (!values) return was(params);
    const { x, dy, logits } = params.inputs;
    const { shape } = (x ?? dy ?? logits) as TensorInfo;
    return backend.makeTensorInfo(shape, "float32", values);
  };
}

/**
 * Calls the kernel that was there, which computes a product with an activation on top, without the
 * activation, and applies that to the product in place.
 */
export function onTop(kernels: ReadonlyMap<unknown, Kernel>, was: KernelFunc): KernelFunc {
  return (params) => {
    const { activation, leakyreluAlpha, dataFormat } = params.attrs ?? {};
    const kernel = kernels.get(activation);
    const alpha = params.inputs.preluActivationWeights;
    // There one slope per channel lies along another axis than the last.
    if (!kernel || (alpha && dataFormat === "NCHW")) return was(params);
    const backend = params.backend as CpuBackend;
    const product = was({ ...params, attrs: { ...params.attrs, activation: undefined } }) as TensorInfo;
    const inputs = operandsOf({ x: product, alpha }, backend);
    if (inputs && kernel(inputs, { alpha: leakyreluAlpha } as Attrs, inputs.x.values)) return product;
    backend.disposeIntermediateTensorInfo(product);
    return was(params);
  };
}
