/**
 * A report whose figures are made up, for whoever works on its looks, and for tests.
 *
 * As many ops, sizes and sections as a real one has, in a moment; the same every time.
 */
import { factsOf } from "./facts.ts";
import { Random } from "./measure/inputs.ts";
import type { Benched } from "./ops.ts";
import { opNamed, ops } from "./ops.ts";
import type { Behaviour, Cost, Direction, Engine, InputSet, Layer, Mode, Network, Report, Verdict } from "./results.ts";

const SIZES = [1, 16, 256, 4096, 65536, 1048576, 16777216];
const MODES: readonly Mode[] = ["alloc", "out"];
const SETS: readonly InputSet[] = ["normal", "saturated", "subnormal", "negative"];
const COPY_NS = 0.04;

const random = new Random(20);
const jitter = (x: number) => x * (1 + 0.08 * random.normal());

/** Made up, but the same for an op wherever it is asked for. */
function plainNs({ kind, known }: Benched): number {
  const draw = new Random(Math.imul(known.name.length * 31 + known.name.charCodeAt(1), 0x9e3779b1) | 1);
  return (kind === "map" ? 0.06 : 0.5) + draw.uniform() ** 2;
}

function cost(op: string, ns: number, rest: Pick<Cost, "direction" | "engine" | "mode" | "inputs" | "n">): Cost {
  const bytes = rest.direction === "forward" ? 8 : 12;
  const perCall = (rest.engine === "wasm" ? 30 : 12) * (rest.mode === "alloc" ? 1 : 1.5);
  const far = rest.n > 2 ** 22 ? 0.9 : rest.n > 2 ** 17 ? 0.15 : 0;
  const median = jitter(ns + perCall / rest.n + far);
  const mad = median * 0.06 * random.uniform();
  const flags: Cost["flags"] = mad > 0.05 * median ? ["noisy"] : [];
  return {
    op,
    ...rest,
    ns: { median, p99: median * (1.2 + random.uniform()), mad, count: 400 },
    bytes,
    gbPerSecond: bytes / median,
    flags,
  };
}

function costsOf(op: Benched): Cost[] {
  const ns = plainNs(op);
  const directions: readonly Direction[] = op.gradient ? ["forward", "gradient"] : ["forward"];
  const engines: readonly Engine[] = ["wasm", "js"];
  return directions.flatMap((direction) =>
    engines.flatMap((engine) =>
      MODES.flatMap((mode) => {
        const each =
          ns * (engine === "wasm" ? 1 : 12) * (direction === "forward" ? 1 : 1.2) + (mode === "out" ? 0.1 : 0);
        const bySize = SIZES.map((n) => cost(op.name, each, { direction, engine, mode, inputs: "normal", n }));
        const bySet = SETS.slice(1).map((inputs) => cost(op.name, each, { direction, engine, mode, inputs, n: 4096 }));
        return direction === "forward" && mode === "alloc" ? [...bySize, ...bySet] : bySize;
      }),
    ),
  );
}

const elementwise = ops.filter(({ kind }) => kind === "map");

function behaviourOf(op: Benched): Behaviour {
  const gain = random.uniform() * 1.2;
  return {
    op: op.name,
    steepest: { slope: 1 + random.uniform() * 0.1, x: random.normal() },
    flatShare: random.uniform() ** 4,
    mean: random.normal() * 0.3,
    variance: random.uniform(),
    gradientGains: [2, 10, 50].map((layers) => ({ layers, factor: gain ** layers })),
    signalGains: [2, 10, 50].map((layers) => ({ layers, factor: gain > 1.1 ? null : gain ** layers })),
    plainGradientGains: [2, 10, 50].map((layers) => ({ layers, factor: (0.6 * gain) ** layers })),
    range: random.uniform() < 0.5 ? [-1, 1] : [-0.28, null],
    monotone: random.uniform() < 0.7,
    smooth: random.uniform() < 0.6,
    kinks: random.uniform() < 0.4 ? [{ x: 0, left: 0, right: 1 }] : [],
    training: {
      deadBefore: 0,
      deadAfter: random.uniform() < 0.2 ? random.uniform() * 0.3 : 0,
      lossBefore: 0.7,
      lossAfter: random.uniform() * 0.5,
      accuracy: 0.5 + random.uniform() / 2,
      stepsTo95: random.uniform() < 0.6 ? Math.round(random.uniform() * 2000) : null,
      steps: 2000,
    },
  };
}

function network(name: string, inference: string, elements: number, multiplyAdds: number): Network {
  const productsMs = multiplyAdds / 1e7;
  return {
    name,
    inference,
    source: "Authors and year, title",
    published: "relu",
    tensors: [{ count: 49, elements: Math.round(elements / 49) }],
    elements,
    multiplyAdds,
    gflops: 20,
    productsMs,
    activations: elementwise.map((op) => {
      const ms = (plainNs(op) * elements) / 1e6;
      return { op: op.name, ms, share: ms / (ms + productsMs) };
    }),
  };
}

function layerOf(op: Benched): Layer {
  const [product, bias, batchNorm, activation] = [11, 0.1, 0.12, plainNs(op)];
  const share = activation / (product + bias + batchNorm + activation);
  return { op: op.name, size: [64, 256, 256], product, bias, batchNorm, activation, share, fused: 0.09 + activation };
}

const verdicts: readonly Verdict[] = (["supported", "refuted", "depends", "unknown"] as const).map((outcome, i) => ({
  id: `claim-${i}`,
  claim: "Swish is expensive",
  outcome,
  finding: "silu takes 0.92 ns per element, 11.5 times as long as relu (0.08 ns).",
  numbers: [{ name: "silu : relu", value: 11.5, unit: "times" }],
  method: "Medians at 4,096 elements in the first-level cache; expensive is more than 3 times relu.",
  ops: ["silu", "relu"].filter((name) => opNamed(name)),
}));

const costs = ops.flatMap(costsOf);
const baselines = MODES.flatMap((mode) =>
  SIZES.map((n) => cost("copy", COPY_NS, { direction: "forward", engine: "wasm", mode, inputs: "normal", n })),
);
const times = (median: number) => ({ median, p99: median * 1.5, mad: median / 20, count: 40 });

export const sample: Report = {
  format: 2,
  machine: {
    cpu: "Made-up processor",
    cores: 2,
    os: "Linux 6.1",
    arch: "x64",
    runtime: "Node 20.20.2",
    engine: "V8 11.3",
    package: "0.1.0",
    date: "2026-01-01T00:00:00.000Z",
    clockStepMs: 0.00005,
    backend: "wasm",
  },
  settings: {
    preset: "sample",
    sizes: SIZES,
    modes: MODES,
    directions: ["forward", "gradient"],
    inputs: SETS,
    rounds: [1, 2],
    seconds: 75,
    complete: true,
  },
  ops: ops.map(factsOf),
  costs,
  baselines,
  calls: costs
    .filter(({ engine, n, inputs }) => engine === "wasm" && n === 1 && inputs === "normal")
    .map(({ op, direction, mode, ns }) => {
      const winsFrom = random.uniform() < 0.1 ? null : 4 + Math.floor(random.uniform() * 28);
      return { op, direction, mode, n: 1, ns: ns.median, jsNs: 12, winsFrom };
    }),
  start: {
    importMs: times(4),
    jsImportMs: times(2),
    firstCalls: ops.map(({ name }) => ({
      op: name,
      direction: "forward",
      n: 4096,
      firstMs: jitter(1),
      steadyMs: 0.004,
    })),
  },
  products: {
    size: [256, 256, 256],
    gflops: 20,
    vectorGflops: 6,
    biasNs: 0.1,
    batchNormNs: 0.12,
    fused: elementwise.map((op) => ({ op: op.name, ns: 0.09 + plainNs(op) })),
  },
  networks: [
    network("ResNet-50", "an image of 224 x 224", 11_113_984, 4_089_184_256),
    network("MobileNetV3-Large", "an image of 224 x 224", 5_000_000, 217_000_000),
    network("BERT-base", "a sequence of 128 tokens", 4_718_592, 11_174_000_000),
    network("Llama-like, 8 B", "a token", 458_752, 7_500_000_000),
  ],
  layers: elementwise.map(layerOf),
  behaviour: elementwise.map(behaviourOf),
  accuracy: ops.flatMap(({ name, kind, gradient }) =>
    (gradient ? (["forward", "gradient"] as const) : (["forward"] as const)).map((direction) => ({
      op: name,
      direction,
      provenUlp: kind === "map" ? 0.5 + random.uniform() * 0.5 : null,
      sampledUlp: kind === "map" ? 0.5 + random.uniform() * 0.3 : null,
      sampled: kind === "map" ? 65536 : 0,
      sameBits: true,
    })),
  ),
  verdicts,
  comparison: null,
  failures: [],
};
