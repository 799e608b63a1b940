/** Kernels of TensorFlow.js, and which call of ours computes each. */
import {
  type Activation,
  bilinear,
  clamp,
  elu,
  erf,
  exponential,
  leakyRelu,
  prelu,
  relu,
  relu6,
  selu,
  sigmoid,
  softmax,
  softplus,
  step,
  tanh,
} from "../index.ts";

/** A float32 tensor. */
export interface Operand {
  readonly values: Float32Array;
  readonly shape: readonly number[];
}

/** By the names that TensorFlow.js gives them. A kernel sees its own, which are there. */
export interface Inputs {
  readonly x: Operand;
  readonly alpha: Operand;
  readonly dy: Operand;
  readonly y: Operand;
  readonly logits: Operand;
}

/** Likewise. */
export interface Attrs {
  readonly alpha: number;
  readonly clipValueMin: number;
  readonly clipValueMax: number;
  readonly dim: number;
}

/**
 * The values of the result, in `out` if that is given; undefined where the op does not take such
 * inputs or attributes.
 */
export type Kernel = (inputs: Inputs, attrs: Attrs, out?: Float32Array) => Float32Array | undefined;

const unary =
  (op: Activation): Kernel =>
  ({ x }, _, out) =>
    op(x.values, out);

const isFinite32 = (value: number) => Number.isFinite(Math.fround(value));

/** Whether a tensor of one shape spreads over one of the other without making that any larger. */
function spreads(from: readonly number[], to: readonly number[]): boolean {
  const before = to.length - from.length;
  return before >= 0 && from.every((size, i) => size === 1 || size === to[before + i]);
}

export const KERNELS = {
  Relu: unary(relu),
  Relu6: unary(relu6),
  Elu: unary(elu),
  Selu: unary(selu),
  Sigmoid: unary(sigmoid),
  Tanh: unary(tanh),
  Softplus: unary(softplus),
  Erf: unary(erf),
  Exp: unary(exponential),
  LeakyRelu: ({ x }, { alpha }, out) => (isFinite32(alpha) ? leakyRelu(x.values, { alpha, out }) : undefined),
  Step: ({ x }, { alpha }, out) => (isFinite32(alpha) ? step(x.values, { alpha, out }) : undefined),
  ClipByValue: ({ x }, { clipValueMin: min, clipValueMax: max }, out) =>
    min <= max ? clamp(x.values, { min, max, out }) : undefined,
  Prelu: ({ x, alpha }, _, out) =>
    spreads(alpha.shape, x.shape)
      ? prelu(x.values, alpha.values, { shape: x.shape, slopeShape: alpha.shape, out })
      : undefined,
  EluGrad: ({ dy, y }, _, out) => {
    // Of y = elu(x): 1 + y left of 0, 1 right of it.
    const slope = clamp(y.values, { shift: 1, max: 1 });
    return bilinear(dy.values, { b: slope, out: out ?? slope });
  },
  Softmax: ({ logits: { values, shape } }, { dim }, out) =>
    shape.length > 0 && (dim === -1 || dim === shape.length - 1) ? softmax(values, { shape, out }) : undefined,
} satisfies Record<string, Kernel>;
