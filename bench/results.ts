/**
 * A report: all that one run of the bench found out on one machine. Types only.
 *
 * This is the format of `--json`; dist/report.schema.json is made from it. The terminal, Markdown
 * and HTML show nothing that is not in here. A list is empty where a run did not get to it
 * (interrupted, or not asked for); figures are not rounded for display.
 */

/** A number, or null where it is without bound: JSON has no infinity. */
export type Bound = number | null;

export type Direction = "forward" | "gradient";

/**
 * The package's kernels, or plain JavaScript: the bare loop that a good programmer writes, without
 * checks, output at hand.
 */
export type Engine = "wasm" | "js";

/**
 * Arrays of `alloc`, nothing is copied; ordinary arrays and a given output; ordinary arrays and a
 * new output.
 */
export type Mode = "alloc" | "out" | "new";

/** Of the arrays. */
export type NumberType = "float32" | "float16";

/** N(0, 3); all of magnitude 20 to 100; all subnormal; -|N(0, 3)|. */
export type InputSet = "normal" | "saturated" | "subnormal" | "negative";

/**
 * How an op is called: on each element, along an axis, on two halves of an axis, with a slope per
 * channel.
 */
export type Shape = "map" | "row" | "gated" | "prelu";

/**
 * For filters. Of elementwise ops it is read off the curve: made of straight pieces, between two
 * bounds, or else curved.
 */
export type Family = "piecewise linear" | "bounded" | "curved" | "along an axis" | "gated" | "learned slope";

export interface Report {
  /** Of this format. */
  readonly format: 2;
  readonly machine: Machine;
  readonly settings: Settings;
  /** The ops that were asked for, in the order of the package's exports. */
  readonly ops: readonly OpFacts[];
  readonly costs: readonly Cost[];
  /** What costs are compared with: a plain copy (op "copy"), and relu if it was not asked for. */
  readonly baselines: readonly Cost[];
  readonly calls: readonly CallCost[];
  readonly start: Start | null;
  readonly products: Products | null;
  readonly networks: readonly Network[];
  readonly layers: readonly Layer[];
  readonly behaviour: readonly Behaviour[];
  readonly accuracy: readonly Accuracy[];
  readonly verdicts: readonly Verdict[];
  /** What changed since an earlier report, if there was one to compare with. */
  readonly comparison: Comparison | null;
  /** Results that are wrong and processes that failed, a line each; empty if all is well. */
  readonly failures: readonly string[];
}

/** Where the numbers come from. */
export interface Machine {
  /** The processor's name; in a browser, which does not tell, "unknown". */
  readonly cpu: string;
  readonly cores: number;
  readonly os: string;
  readonly arch: string;
  /** Name and version: "Node 20.20.2", "Chromium 140". */
  readonly runtime: string;
  /** Of V8 or another engine; "unknown" where it is not told. */
  readonly engine: string;
  /** The version of this package. */
  readonly package: string;
  /** When the run began, ISO 8601. */
  readonly date: string;
  /** The smallest step of the clock that was seen, in milliseconds. */
  readonly clockStepMs: number;
  /** What ran: "js" where WebAssembly SIMD is missing or forbidden. */
  readonly backend: Engine;
}

export interface Settings {
  readonly preset: "quick" | "default" | "full" | "sample";
  /** Of the arrays whose costs these are; float32 where it is missing. */
  readonly type?: NumberType;
  readonly sizes: readonly number[];
  readonly modes: readonly Mode[];
  readonly directions: readonly Direction[];
  readonly inputs: readonly InputSet[];
  /** Processes or workers per op and engine, interleaved: fewest and most. */
  readonly rounds: readonly [least: number, most: number];
  /** How long the run took. */
  readonly seconds: number;
  /** False if the run was interrupted: what is here is what was measured until then. */
  readonly complete: boolean;
}

export interface OpFacts {
  readonly name: string;
  /** Other names under which it is exported. */
  readonly aliases: readonly string[];
  readonly shape: Shape;
  readonly family: Family;
  /** Of f, in plain text. */
  readonly formula: string;
  readonly parameters: readonly { readonly name: string; readonly default: Bound }[];
  /** The name of its gradient op. */
  readonly gradient: string | null;
  /** Who proposed it. */
  readonly source: string;
}

/** Of the batches of calls of all rounds. */
export interface Sample {
  readonly median: number;
  readonly p99: number;
  /** Median distance from the median. */
  readonly mad: number;
  /** How many batches. */
  readonly count: number;
}

/** "noisy": batches or rounds differ much; "timer": too short for the clock. */
export type Flag = "noisy" | "timer";

/** What one op costs in one situation. */
export interface Cost {
  readonly op: string;
  readonly direction: Direction;
  readonly engine: Engine;
  readonly mode: Mode;
  readonly inputs: InputSet;
  /** Elements per call: of x, or of y where y is what a gradient takes. */
  readonly n: number;
  /** Nanoseconds per element. */
  readonly ns: Sample;
  /** Bytes read and written per element, each array once. */
  readonly bytes: number;
  /** Billions of these bytes per second, at the median. */
  readonly gbPerSecond: number;
  readonly flags: readonly Flag[];
}

/** Short arrays. */
export interface CallCost {
  readonly op: string;
  readonly direction: Direction;
  readonly mode: Mode;
  /** Elements of the shortest call that was measured, and what it takes in nanoseconds. */
  readonly n: number;
  readonly ns: number;
  readonly jsNs: number;
  /**
   * The length from which on the package is faster than the bare loop, between the sizes measured;
   * null: never there.
   */
  readonly winsFrom: Bound;
}

/** Milliseconds until an op is there. */
export interface Start {
  /**
   * To import the package, and its plain JavaScript entry, in a process that has imported a module
   * before.
   */
  readonly importMs: Sample;
  readonly jsImportMs: Sample;
  readonly firstCalls: readonly FirstCall[];
}

export interface FirstCall {
  readonly op: string;
  readonly direction: Direction;
  /** Elements of the call. */
  readonly n: number;
  /** The first call of a process: it fills the op's table, if it has one. */
  readonly firstMs: number;
  readonly steadyMs: number;
}

/**
 * How fast the rest of a layer is here: float32 in WebAssembly SIMD on one thread, as the ops are.
 */
export interface Products {
  /** Rows, inner length, columns of the matrix product that was timed. */
  readonly size: readonly [m: number, k: number, n: number];
  readonly gflops: number;
  /** Of the product of one vector with a matrix that no cache holds. */
  readonly vectorGflops: number;
  /**
   * Nanoseconds per output to add a bias, and for batch norm at inference: each a call of `affine`.
   */
  readonly biasNs: number;
  readonly batchNormNs: number;
  /**
   * By activation: nanoseconds per output for bias, batch norm and activation in one call,
   * `op(x, { scale, shift })`.
   */
  readonly fused: readonly { readonly op: string; readonly ns: number }[];
}

/** A published network, with the same activation throughout. */
export interface Network {
  readonly name: string;
  /** What one inference is: "an image of 224 x 224", "a sequence of 128 tokens", "a token". */
  readonly inference: string;
  /** The publication in which the architecture stands. */
  readonly source: string;
  /** The activation that it is published with. */
  readonly published: string;
  /** Tensors that go through an activation in one inference: how many of which length. */
  readonly tensors: readonly { readonly count: number; readonly elements: number }[];
  /** Their elements, all together. */
  readonly elements: number;
  /** Multiplications with addition of all matrix products and convolutions in one inference. */
  readonly multiplyAdds: number;
  /**
   * The speed they are reckoned at, of those in `products`: where one vector at a time goes
   * through, it waits for memory.
   */
  readonly gflops: number;
  /** Milliseconds for them. */
  readonly productsMs: number;
  /** By activation: milliseconds per inference, and their share beside the products. */
  readonly activations: readonly { readonly op: string; readonly ms: number; readonly share: number }[];
}

/**
 * A layer as the textbooks order it, W x + b, batch norm, activation: nanoseconds per output of
 * each part.
 */
export interface Layer {
  readonly op: string;
  /** Examples at a time, inputs and outputs of the layer. */
  readonly size: readonly [batch: number, inputs: number, outputs: number];
  readonly product: number;
  readonly bias: number;
  readonly batchNorm: number;
  readonly activation: number;
  /** Of the activation in the sum of the four. */
  readonly share: number;
  /** Bias, batch norm and activation in one call; null: not measured. */
  readonly fused: number | null;
}

/** Through so many layers. */
export interface Gain {
  readonly layers: number;
  /** How many times larger the root of the mean square gets; null: it overflows. */
  readonly factor: Bound;
}

/**
 * What you get for the cost: elementwise ops only, at their defaults, computed with the package's
 * own kernels.
 */
export interface Behaviour {
  readonly op: string;
  /** Largest |f'| over inputs of magnitude up to 100, and where; null if it grows without bound. */
  readonly steepest: { readonly slope: Bound; readonly x: number };
  /** Share of N(0, 1) inputs with |f'| < 0.01. */
  readonly flatShare: number;
  /** Of f(N(0, 1)). */
  readonly mean: number;
  readonly variance: number;
  /**
   * Of the gradient, from the output back to the input of a random network. Its weights preserve
   * the variance with this activation: N(0, 1 / (n E f(z)^2)) for n inputs and z of N(0, 1).
   */
  readonly gradientGains: readonly Gain[];
  /** Of the signal, forward through the same networks. */
  readonly signalGains: readonly Gain[];
  /**
   * Of the gradient where the weights are N(0, 1 / n) whatever the activation, after LeCun and
   * Xavier.
   */
  readonly plainGradientGains: readonly Gain[];
  /** Least and greatest f(x), null if it grows without bound. */
  readonly range: readonly [Bound, Bound];
  readonly monotone: boolean;
  /** f' is continuous. */
  readonly smooth: boolean;
  /** Where f' or f jumps: f' on the left and on the right. */
  readonly kinks: readonly { readonly x: number; readonly left: number; readonly right: number }[];
  readonly training: Training | null;
}

/** A small network that learns two spirals with this activation: seeded, the same for all. */
export interface Training {
  /**
   * Shares of the hidden units whose derivative is below 1e-6 for every example: they no longer
   * learn.
   */
  readonly deadBefore: number;
  readonly deadAfter: number;
  /** Cross-entropy in nats, null if it overflows; share of examples that are classified rightly. */
  readonly lossBefore: Bound;
  readonly lossAfter: Bound;
  readonly accuracy: number;
  /** Steps until the accuracy is 0.95 for the first time; null: never. */
  readonly stepsTo95: Bound;
  readonly steps: number;
}

export interface Accuracy {
  readonly op: string;
  readonly direction: Direction;
  /**
   * Largest error in units in the last place (ULP) that `npm run verify` found: over all float32
   * inputs, or over random rows.
   */
  readonly provenUlp: number | null;
  /** Largest error over a sample of inputs in this run. */
  readonly sampledUlp: number | null;
  readonly sampled: number;
  /**
   * SHA-256 of its results over fixed inputs beside the published one: the same bits as everywhere?
   * Null: not looked at.
   */
  readonly sameBits: boolean | null;
}

/** A well-known claim, and what the numbers of this run say of it. */
export interface Verdict {
  /** Short and stable: "relu-dies". */
  readonly id: string;
  /** As it is usually put. */
  readonly claim: string;
  /** "unknown" where what it takes was not measured in this run. */
  readonly outcome: "supported" | "refuted" | "depends" | "unknown";
  /** One sentence with the deciding numbers. */
  readonly finding: string;
  /** The deciding numbers, unrounded. */
  readonly numbers: readonly { readonly name: string; readonly value: Bound; readonly unit: string }[];
  /** One line: how it was measured, and from where on it counts as supported. */
  readonly method: string;
  /** The ops that it is about. */
  readonly ops: readonly string[];
}

export interface Comparison {
  /** Of the earlier report. */
  readonly package: string;
  readonly date: string;
  /** The same processor, runtime and engine. */
  readonly sameMachine: boolean;
  /** Costs that are in both, and of these what is too noisy to tell. */
  readonly compared: number;
  readonly noisy: number;
  /** Beyond the noise, largest change first. */
  readonly changes: readonly Change[];
}

export interface Change extends Pick<Cost, "op" | "direction" | "engine" | "mode" | "inputs" | "n"> {
  /** Nanoseconds per element. */
  readonly before: number;
  readonly after: number;
}
