/** jax-js on its WebAssembly backend. */
import { type Engine, load, type Peer, type Prepared } from "./peer.ts";

interface Traced {
  /** Ops consume their arguments: a reference more keeps one. */
  readonly ref: Traced;
  dataSync(): Float32Array;
  dispose(): void;
  blockUntilReady(): Promise<Traced>;
}

type Namespace = Readonly<Record<string, (x: Traced, ...rest: readonly unknown[]) => Traced>>;

interface Jax {
  init(device: string): Promise<readonly string[]>;
  defaultDevice(device: string): string;
  jit(f: (x: Traced) => Traced): (x: Traced) => Traced;
  readonly nn: Namespace;
  readonly lax: Namespace;
  readonly numpy: Namespace & { array(data: Float32Array, options: { shape: readonly number[] }): Traced };
}

interface Call {
  readonly of?: "nn" | "lax" | "numpy";
  readonly name?: string;
  readonly args?: readonly unknown[];
}

/** Ours, and what it is there: in nn and by the same name unless said otherwise. */
const CALLS: Readonly<Record<string, Call>> = {
  relu: {},
  leakyRelu: { args: [0.01] },
  relu6: {},
  sigmoid: {},
  tanh: { of: "numpy" },
  silu: {},
  hardSwish: { name: "hardSilu" },
  hardSigmoid: {},
  hardTanh: {},
  elu: {},
  celu: {},
  selu: {},
  gelu: { args: [{ approximate: false }] },
  geluTanh: { name: "gelu", args: [{ approximate: true }] },
  mish: {},
  softplus: {},
  logSigmoid: {},
  softsign: { name: "softSign" },
  squareplus: {},
  sparsePlus: {},
  sparseSigmoid: {},
  exponential: { of: "numpy", name: "exp" },
  erf: { of: "lax" },
  softmax: {},
  logSoftmax: {},
};

async function start(): Promise<Engine> {
  const jax = await load<Jax>("@jax-js/jax");
  await jax.init("wasm");
  const device = jax.defaultDevice("wasm");
  return {
    about: `device ${device}, jit`,
    prepare(op, x, shape, mode): Prepared {
      const { of = "nn", name = op, args = [] } = CALLS[op] ?? {};
      const f = jax[of][name];
      if (!f) throw new Error(`jax-js has no ${of}.${name}`);
      const call = jax.jit((traced) => f(traced, ...args));
      if (mode === "resident") {
        const inside = jax.numpy.array(x, { shape });
        return {
          async run(times) {
            for (let i = 0; i < times; i++) {
              const y = call(inside.ref);
              await y.blockUntilReady();
              y.dispose();
            }
          },
          result: () => call(inside.ref).dataSync(),
        };
      }
      const out = new Float32Array(x.length);
      let last: Float32Array = out;
      return {
        run(times) {
          for (let i = 0; i < times; i++) {
            last = call(jax.numpy.array(x, { shape })).dataSync();
            if (mode === "given") out.set(last);
          }
        },
        result: () => (mode === "given" ? out : last),
      };
    },
  };
}

export const jax: Peer = { name: "jax-js", package: "@jax-js/jax", offers: (op) => Object.hasOwn(CALLS, op), start };
