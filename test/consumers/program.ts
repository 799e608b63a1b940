/** What users write. Every supported TypeScript compiles it, with each way to resolve modules. */
import { alloc, leakyRelu, type Options, prelu, prepare, relu, reluGrad, softmax, tanh } from "wasm-activations";
import { relu as plainRelu } from "wasm-activations/js";
import kernels from "wasm-activations/kernels.wasm";
import { install, uninstall } from "wasm-activations/tfjs";

declare const audioBuffer: AudioBuffer;
const x = new Float32Array(8);
const shared = new Float32Array(new SharedArrayBuffer(32));

// A new array can go wherever one over an ArrayBuffer is wanted.
export const blob = new Blob([tanh(x), relu(shared), leakyRelu(shared, { alpha: 0.2 }), softmax(shared)]);
audioBuffer.copyToChannel(alloc(128), 0);
audioBuffer.copyToChannel(relu(shared), 0);

// Views of shared memory, as inputs and as outputs; the result has the type of `out`.
export const into: typeof shared = relu(x, shared);
export const named: typeof shared = leakyRelu(x, { out: shared });
export const gradient: typeof shared = reluGrad(shared, x, shared);
export const sloped: typeof shared = prelu(x, 0.1, shared);
reluGrad(shared, x);
plainRelu(shared);

// Options take undefined, under exactOptionalPropertyTypes too.
leakyRelu(x, { alpha: undefined, out: undefined });
softmax(x, { shape: undefined, axis: undefined, out: undefined });
prelu(x, x, { shape: undefined, axis: undefined, out: undefined });

// Wrappers hand on what may be missing.
export function wrapped(input: Float32Array, out?: Float32Array): Float32Array {
  return relu(input, out);
}
export function wrappedOptions(input: Float32Array, options?: Options<"alpha">): Float32Array {
  return leakyRelu(input, options);
}
export function wrappedOut(input: Float32Array, out?: Float32Array): Float32Array {
  return softmax(input, { out });
}

prepare(tanh, reluGrad);
// @ts-expect-error: an op, not its name.
prepare("tanh");
// @ts-expect-error: no such option.
leakyRelu(x, { slope: 1 });
// @ts-expect-error: not a typed array of another kind.
relu(new Float64Array(1));

export const module: WebAssembly.Module = kernels;

// TensorFlow.js is not installed here: any registry of the same form will do.
declare const registry: Parameters<typeof install>[0];
install(registry);
uninstall(registry);
