/**
 * What this package knows of TensorFlow.js: its registry of kernels, and tensors as kernels see
 * them. The shapes of its types, not the types: who does not use it need not have it.
 */

/** A tensor without its values, which the backend keeps. */
export interface TensorInfo {
  dataId: object;
  shape: number[];
  dtype: string;
}

/** What a kernel is called with. */
export interface KernelParams {
  inputs: { [name: string]: TensorInfo | undefined };
  backend: object;
  attrs?: { [name: string]: unknown };
}

export interface KernelConfig {
  kernelName: string;
  backendName: string;
  kernelFunc(params: KernelParams): unknown;
}

/** The part of `@tensorflow/tfjs-core`, and so of `@tensorflow/tfjs`, that is needed. */
export interface Registry {
  getKernel(kernelName: string, backendName: string): KernelConfig | undefined;
  registerKernel(config: KernelConfig): void;
  unregisterKernel(kernelName: string, backendName: string): void;
}

/** What the backend called cpu offers to its kernels. */
export interface CpuBackend {
  data: { get(dataId: object): { values?: unknown } };
  makeTensorInfo(shape: number[], dtype: string, values: Float32Array): TensorInfo;
  disposeIntermediateTensorInfo(tensor: TensorInfo): void;
}
