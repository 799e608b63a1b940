/** TensorFlow.js on its WebAssembly backend. */
import { type Engine, load, type Peer, type Prepared } from "./peer.ts";

interface Tensor {
  dataSync(): Float32Array;
  dispose(): void;
}

type Unary = (x: Tensor, ...rest: readonly number[]) => Tensor;

interface Core {
  readonly [op: string]: unknown;
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor(data: Float32Array, shape: readonly number[]): Tensor;
  tidy(body: () => Tensor): Tensor;
  env(): { set(flag: string, value: boolean): void; getAsync(flag: string): Promise<unknown> };
}

interface Layers {
  readonly layers: { activation(options: { activation: string }): { apply(x: Tensor): Tensor } };
}

interface Backend {
  getThreadsCount(): number;
}

interface Call {
  readonly op?: string;
  readonly args?: readonly number[];
  /** Only in the layers, which compose it of ops. */
  readonly layer?: string;
}

/** Ours, and what it is there, with our defaults. */
const CALLS: Readonly<Record<string, Call>> = {
  relu: { op: "relu" },
  leakyRelu: { op: "leakyRelu", args: [0.01] },
  relu6: { op: "relu6" },
  sigmoid: { op: "sigmoid" },
  tanh: { op: "tanh" },
  silu: { layer: "swish" },
  hardTanh: { op: "clipByValue", args: [-1, 1] },
  elu: { op: "elu" },
  selu: { op: "selu" },
  gelu: { layer: "gelu" },
  geluTanh: { layer: "gelu_new" },
  mish: { layer: "mish" },
  softplus: { op: "softplus" },
  logSigmoid: { op: "logSigmoid" },
  softsign: { layer: "softsign" },
  exponential: { op: "exp" },
  erf: { op: "erf" },
  softmax: { op: "softmax" },
  logSoftmax: { op: "logSoftmax" },
};

async function start(): Promise<Engine> {
  const core = await load<Core>("@tensorflow/tfjs-core");
  const backend = await load<Backend>("@tensorflow/tfjs-backend-wasm");
  core.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  await core.setBackend("wasm");
  await core.ready();
  const simd = await core.env().getAsync("WASM_HAS_SIMD_SUPPORT");

  async function functionOf(name: string): Promise<(x: Tensor) => Tensor> {
    const { op, args = [], layer } = CALLS[name] ?? {};
    if (op) {
      const unary = core[op] as Unary;
      return (x) => unary(x, ...args);
    }
    const { layers } = await load<Layers>("@tensorflow/tfjs-layers");
    const activation = layers.activation({ activation: layer ?? name });
    return (x) => core.tidy(() => activation.apply(x));
  }

  return {
    about: `SIMD ${simd ? "on" : "off"}, ${backend.getThreadsCount() > 1 ? "1 thread (threads off)" : "1 thread"}`,
    async prepare(name, x, shape, mode): Promise<Prepared> {
      const call = await functionOf(name);
      // Layers want a batch.
      const dims = shape.length === 1 ? [1, ...shape] : shape;
      if (mode === "resident") {
        const inside = core.tensor(x, dims);
        // It is uploaded at its first use.
        call(inside).dispose();
        return {
          run(times) {
            for (let i = 0; i < times; i++) call(inside).dispose();
          },
          result() {
            const y = call(inside);
            const data = y.dataSync();
            y.dispose();
            return data;
          },
        };
      }
      const out = new Float32Array(x.length);
      let last: Float32Array = out;
      return {
        run(times) {
          for (let i = 0; i < times; i++) {
            const input = core.tensor(x, dims);
            const y = call(input);
            last = y.dataSync();
            if (mode === "given") out.set(last);
            input.dispose();
            y.dispose();
          }
        },
        result: () => (mode === "given" ? out : last),
      };
    },
  };
}

export const tfjs: Peer = {
  name: "tfjs wasm",
  package: "@tensorflow/tfjs-backend-wasm",
  offers: (op) => Object.hasOwn(CALLS, op),
  start,
};
