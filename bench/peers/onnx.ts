/** onnxruntime, in WebAssembly and native: a graph of one op, written as protobuf by hand. */
import { type Engine, load, type Peer, type Prepared } from "./peer.ts";

interface Tensor {
  readonly data: Float32Array;
}

type Feeds = Readonly<Record<string, Tensor>>;

interface Session {
  run(feeds: Feeds, fetches?: Feeds): Promise<Feeds>;
}

interface Runtime {
  readonly env: { logLevel: string; readonly wasm: { numThreads: number } };
  readonly Tensor: new (type: "float32", data: Float32Array, dims: readonly number[]) => Tensor;
  readonly InferenceSession: {
    create(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<Session>;
  };
}

interface Node {
  readonly type: string;
  readonly domain?: string;
  readonly attributes?: Readonly<Record<string, number | string>>;
  /** Version of the operator set: clip has its bounds as attributes up to 10. */
  readonly opset?: number;
}

const OPSET = 20;

/** Ours, and what it is there, with our defaults. */
const NODES: Readonly<Record<string, Node>> = {
  relu: { type: "Relu" },
  leakyRelu: { type: "LeakyRelu", attributes: { alpha: 0.01 } },
  relu6: { type: "Clip", attributes: { min: 0, max: 6 }, opset: 6 },
  sigmoid: { type: "Sigmoid" },
  tanh: { type: "Tanh" },
  silu: { type: "QuickGelu", domain: "com.microsoft", attributes: { alpha: 1 } },
  hardSwish: { type: "HardSwish" },
  hardSigmoid: { type: "HardSigmoid", attributes: { alpha: 1 / 6, beta: 0.5 } },
  hardTanh: { type: "Clip", attributes: { min: -1, max: 1 }, opset: 6 },
  thresholdedRelu: { type: "ThresholdedRelu", attributes: { alpha: 1 } },
  elu: { type: "Elu" },
  celu: { type: "Celu" },
  selu: { type: "Selu" },
  gelu: { type: "Gelu" },
  geluTanh: { type: "Gelu", attributes: { approximate: "tanh" } },
  quickGelu: { type: "QuickGelu", domain: "com.microsoft", attributes: { alpha: 1.702 } },
  mish: { type: "Mish" },
  softplus: { type: "Softplus" },
  softsign: { type: "Softsign" },
  softShrink: { type: "Shrink", attributes: { bias: 0.5, lambd: 0.5 } },
  hardShrink: { type: "Shrink", attributes: { bias: 0, lambd: 0.5 } },
  exponential: { type: "Exp" },
  erf: { type: "Erf" },
  softmax: { type: "Softmax" },
  logSoftmax: { type: "LogSoftmax" },
};

/**
 * How many more nodes the larger graph has, where one op's own time is the difference of two
 * graphs.
 */
const EXTRA = 8;

// Protobuf: a field is its number and wire type, then a varint (0), four bytes (5), or a length and
// as many bytes (2). https://protobuf.dev/programming-guides/encoding; the numbers are those of
// onnx.proto.

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}

function number(field: number, value: number): number[] {
  return [...varint(field * 8), ...varint(value)];
}

function float(field: number, value: number): number[] {
  return [...varint(field * 8 + 5), ...new Uint8Array(Float32Array.of(value).buffer)];
}

function bytes(field: number, value: string | readonly number[]): number[] {
  const content = typeof value === "string" ? [...new TextEncoder().encode(value)] : value;
  return [...varint(field * 8 + 2), ...varint(content.length), ...content];
}

const ATTRIBUTE = { float: 1, string: 3 };
const ELEMENT = { float32: 1, int64: 7 };

function attribute(name: string, value: number | string): number[] {
  return typeof value === "number"
    ? [...bytes(1, name), ...float(2, value), ...number(20, ATTRIBUTE.float)]
    : [...bytes(1, name), ...bytes(4, value), ...number(20, ATTRIBUTE.string)];
}

function node({ type, domain = "", attributes = {} }: Node, input: string, output: string): number[] {
  const attributeFields = Object.entries(attributes).flatMap(([name, value]) => bytes(5, attribute(name, value)));
  return [...bytes(1, input), ...bytes(2, output), ...bytes(4, type), ...attributeFields, ...bytes(7, domain)];
}

function value(name: string, type: number, rank: number): number[] {
  const dimensions = Array.from({ length: rank }, (_, i) => bytes(1, bytes(2, `${name}${i}`))).flat();
  return [...bytes(1, name), ...bytes(2, bytes(1, [...number(1, type), ...bytes(2, dimensions)]))];
}

/** A model of these nodes, from x to y. */
function model(
  nodes: readonly (readonly number[])[],
  opset: number,
  y: number,
  rank: number,
  rankOut: number,
): Uint8Array {
  const graph = [
    ...nodes.flatMap((content) => bytes(1, content)),
    ...bytes(2, "one"),
    ...bytes(11, value("x", ELEMENT.float32, rank)),
    ...bytes(12, value("y", y, rankOut)),
  ];
  const opsets = [["", opset] as const, ["com.microsoft", 1] as const];
  return Uint8Array.from([
    ...number(1, 8),
    ...bytes(7, graph),
    ...opsets.flatMap(([domain, version]) => bytes(8, [...bytes(1, domain), ...number(2, version)])),
  ]);
}

function singleNode(op: Node, rank: number): Uint8Array {
  return model([node(op, "x", "y")], op.opset ?? OPSET, ELEMENT.float32, rank, rank);
}

/**
 * The op `count` times on the same input. Only the shape of a result comes out: no copy of what was
 * computed.
 */
function manyNodes(op: Node, rank: number, count: number): Uint8Array {
  const nodes = Array.from({ length: count }, (_, i) => node(op, "x", `y${i}`));
  return model([...nodes, node({ type: "Shape" }, "y0", "y")], op.opset ?? OPSET, ELEMENT.int64, rank, 1);
}

async function start(name: string, writesOutput: boolean): Promise<Engine> {
  const runtime = await load<Runtime>(name);
  runtime.env.logLevel = "error";
  runtime.env.wasm.numThreads = 1;

  // Unoptimised, a graph keeps nodes whose results nobody uses; with a single op there is nothing
  // to optimise.
  const session = (content: Uint8Array, graphOptimizationLevel: "all" | "disabled") =>
    runtime.InferenceSession.create(content, { intraOpNumThreads: 1, interOpNumThreads: 1, graphOptimizationLevel });

  async function prepare(op: string, x: Float32Array, shape: readonly number[], mode: string): Promise<Prepared> {
    const described = NODES[op];
    if (!described) throw new Error(`no node for ${op}`);
    const single = await session(singleNode(described, shape.length), "all");
    const input = () => ({ x: new runtime.Tensor("float32", x, shape) });
    const dataOf = ({ y }: Feeds): Float32Array => {
      if (!y) throw new Error("no output");
      return y.data;
    };

    if (mode === "resident") {
      const repeat = (graph: Session) => async (times: number) => {
        for (let i = 0; i < times; i++) await graph.run(input());
      };
      return {
        run: repeat(await session(manyNodes(described, shape.length, 1 + EXTRA), "disabled")),
        result: async () => dataOf(await single.run(input())),
        without: { run: repeat(await session(manyNodes(described, shape.length, 1), "disabled")), count: EXTRA },
      };
    }
    const out = new Float32Array(x.length);
    let last: Float32Array = out;
    return {
      async run(times) {
        for (let i = 0; i < times; i++) {
          if (mode === "new") {
            last = dataOf(await single.run(input()));
            continue;
          }
          if (writesOutput) await single.run(input(), { y: new runtime.Tensor("float32", out, shape) });
          else out.set(dataOf(await single.run(input())));
        }
      },
      result: () => (mode === "given" ? out : last),
    };
  }

  return { about: "1 thread", prepare };
}

/**
 * @param writesOutput whether a tensor given for the result is written; the web runtime takes one
 * and leaves it alone
 */
function peer(name: string, writesOutput: boolean): Peer {
  return { name, package: name, offers: (op) => Object.hasOwn(NODES, op), start: () => start(name, writesOutput) };
}

export const onnxruntimeWeb = peer("onnxruntime-web", false);
export const onnxruntimeNode = peer("onnxruntime-node", true);
