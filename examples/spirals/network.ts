/**
 * A small network, trained: the ops of this package and plain loops, nothing else.
 *
 * Full batches, Adam, cross-entropy. A layer is y = x W + b; the activation and its gradient run on
 * whole batches in one call.
 */

/** Of the package: what the loss takes. */
type Ops = Pick<typeof import("wasm-activations"), "sigmoid" | "softplus">;

/** What stands between the layers: f and its gradient, both writing into their last argument. */
export interface Activation {
  readonly name: string;
  readonly forward: (x: Float32Array, out: Float32Array) => unknown;
  readonly gradient: (dy: Float32Array, x: Float32Array, out: Float32Array) => unknown;
}

/** Points, one after the other, and their classes, 0 or 1. */
export interface Data {
  readonly points: Float32Array;
  readonly labels: Float32Array;
}

/** Numbers between 0 and 1: the same every time for the same seed (mulberry32). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A draw from N(0, 1). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

const ADAM = { decay: 0.9, decaySquares: 0.999, epsilon: 1e-8 } as const;

/** A tensor of parameters, its gradient, and what Adam remembers. */
class Parameters {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly #mean: Float32Array;
  readonly #square: Float32Array;

  constructor(length: number, draw: () => number) {
    this.values = Float32Array.from({ length }, draw);
    this.gradient = new Float32Array(length);
    this.#mean = new Float32Array(length);
    this.#square = new Float32Array(length);
  }

  update(rate: number, step: number): void {
    const { values, gradient } = this;
    const { decay, decaySquares, epsilon } = ADAM;
    const size = (rate * Math.sqrt(1 - decaySquares ** step)) / (1 - decay ** step);
    for (let i = 0; i < values.length; i++) {
      const g = gradient[i] as number;
      const mean = decay * (this.#mean[i] as number) + (1 - decay) * g;
      const square = decaySquares * (this.#square[i] as number) + (1 - decaySquares) * g * g;
      this.#mean[i] = mean;
      this.#square[i] = square;
      values[i] = (values[i] as number) - (size * mean) / (Math.sqrt(square) + epsilon);
    }
  }
}

class Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: Parameters;
  readonly bias: Parameters;
  /** x W + b of the whole batch, before the activation. */
  readonly z: Float32Array;
  /** The loss's gradient by z. */
  readonly dz: Float32Array;

  constructor(batch: number, inputs: number, outputs: number, deviation: number, random: () => number) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.weights = new Parameters(inputs * outputs, () => deviation * normal(random));
    this.bias = new Parameters(outputs, () => 0);
    this.z = new Float32Array(batch * outputs);
    this.dz = new Float32Array(batch * outputs);
  }

  forward(x: Float32Array): void {
    const { inputs, outputs, z } = this;
    const w = this.weights.values;
    for (let at = 0, from = 0; at < z.length; at += outputs, from += inputs) {
      z.set(this.bias.values, at);
      for (let i = 0; i < inputs; i++) {
        const value = x[from + i] as number;
        for (let j = 0, k = i * outputs; j < outputs; j++, k++) {
          z[at + j] = (z[at + j] as number) + value * (w[k] as number);
        }
      }
    }
  }

  /** From dz to the gradients of the parameters and, if asked for, of x. */
  backward(x: Float32Array, dx: Float32Array | undefined): void {
    const { inputs, outputs, dz } = this;
    const w = this.weights.values;
    const dw = this.weights.gradient.fill(0);
    const db = this.bias.gradient.fill(0);
    for (let at = 0, from = 0; at < dz.length; at += outputs, from += inputs) {
      for (let j = 0; j < outputs; j++) db[j] = (db[j] as number) + (dz[at + j] as number);
      for (let i = 0; i < inputs; i++) {
        const value = x[from + i] as number;
        let sum = 0;
        for (let j = 0, k = i * outputs; j < outputs; j++, k++) {
          const d = dz[at + j] as number;
          dw[k] = (dw[k] as number) + value * d;
          sum += (w[k] as number) * d;
        }
        if (dx) dx[from + i] = sum;
      }
    }
  }

  update(rate: number, step: number): void {
    this.weights.update(rate, step);
    this.bias.update(rate, step);
  }
}

export interface Score {
  /** Cross-entropy in nats. */
  readonly loss: number;
  /** Share of the examples whose class it tells. */
  readonly accuracy: number;
}

const WIDTHS = [2, 12, 12, 1];

export class Network {
  readonly #ops: Ops;
  readonly #data: Data;
  readonly #activation: Activation;
  readonly #layers: readonly Layer[];
  /** What goes into each layer; the points into the first. */
  readonly #inputs: readonly Float32Array[];
  #step = 0;

  /** @param gain the weights' deviation, in units of 1 / sqrt(inputs) */
  constructor(ops: Ops, data: Data, activation: Activation, seed: number, gain: number) {
    const random = generator(seed);
    const batch = data.labels.length;
    this.#ops = ops;
    this.#data = data;
    this.#activation = activation;
    this.#layers = WIDTHS.slice(1).map((outputs, i) => {
      const inputs = WIDTHS[i] ?? 1;
      return new Layer(batch, inputs, outputs, gain / Math.sqrt(inputs), random);
    });
    this.#inputs = this.#layers.map(({ inputs }, i) => (i === 0 ? data.points : new Float32Array(batch * inputs)));
  }

  /** One step of training; how good it was before. */
  train(rate: number): Score {
    const score = this.#forward();
    this.#backward();
    this.#step++;
    for (const layer of this.#layers) layer.update(rate, this.#step);
    return score;
  }

  #forward(): Score {
    this.#layers.forEach((layer, i) => {
      layer.forward(this.#inputs[i] as Float32Array);
      const next = this.#inputs[i + 1];
      if (next) this.#activation.forward(layer.z, next);
    });
    const { z, dz } = this.#output;
    const { labels } = this.#data;
    const softplus = this.#ops.softplus(z);
    this.#ops.sigmoid(z, dz);
    let loss = 0;
    let right = 0;
    for (let i = 0; i < z.length; i++) {
      const label = labels[i] as number;
      // -ln p of the class: ln(1 + e^z) - label z. Its derivative: sigmoid(z) - label.
      loss += (softplus[i] as number) - label * (z[i] as number);
      dz[i] = ((dz[i] as number) - label) / z.length;
      if ((z[i] as number) > 0 === label > 0.5) right++;
    }
    return { loss: loss / z.length, accuracy: right / z.length };
  }

  #backward(): void {
    for (let i = this.#layers.length - 1; i >= 0; i--) {
      const layer = this.#layers[i] as Layer;
      const below = this.#layers[i - 1];
      layer.backward(this.#inputs[i] as Float32Array, below?.dz);
      if (below) this.#activation.gradient(below.dz, below.z, below.dz);
    }
  }

  get #output(): Layer {
    return this.#layers.at(-1) as Layer;
  }

  /** How good it is now. */
  score(): Score {
    return this.#forward();
  }

  /**
   * Share of the hidden units whose derivative is as good as 0 for every example: they no longer
   * learn.
   */
  deadShare(): number {
    this.#forward();
    const hidden = this.#layers.slice(0, -1);
    const units = hidden.reduce((sum, { outputs }) => sum + outputs, 0);
    const dead = hidden.reduce((sum, layer) => sum + this.#deadUnits(layer), 0);
    return dead / units;
  }

  #deadUnits({ z, outputs }: Layer): number {
    const slopes = new Float32Array(z.length);
    this.#activation.gradient(new Float32Array(z.length).fill(1), z, slopes);
    const alive = new Set<number>();
    slopes.forEach((slope, i) => {
      if (!(Math.abs(slope) < 1e-6)) alive.add(i % outputs);
    });
    return outputs - alive.size;
  }
}

/** Two classes that wind around each other `turns` times. */
export function spirals(pointsPerClass: number, turns: number): Data {
  const count = 2 * pointsPerClass;
  const points = new Float32Array(2 * count);
  const labels = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    const label = i % 2;
    const t = (i - label + 2) / count;
    const angle = 2 * Math.PI * turns * t + Math.PI * label;
    // About as large as N(0, 1).
    points[2 * i] = 2 * t * Math.cos(angle);
    points[2 * i + 1] = 2 * t * Math.sin(angle);
    labels[i] = label;
  }
  return { points, labels };
}
