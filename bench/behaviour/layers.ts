/** How signals and gradients grow or vanish through the layers of a random network. */
import type { FloatArray } from "../../src/index.ts";
import { Random } from "../measure/inputs.ts";
import type { Behaviour, Gain } from "../results.ts";
import { momentsOf, normals } from "./curve.ts";
import { type Elementwise, valuesAt } from "./subject.ts";

const DEPTHS = [2, 10, 50];
const WIDTH = 64;
const BATCH = 8;
const SEEDS = [1, 2];

const deepest = Math.max(...DEPTHS);
const cells = BATCH * WIDTH;

/** The draws of one seed, the same for all activations. */
interface Draws {
  readonly weights: readonly FloatArray[];
  readonly input: FloatArray;
  readonly above: FloatArray;
}

function drawsOf(seed: number): Draws {
  const random = new Random(Math.imul(seed, 0x9e3779b1));
  const draw = (length: number) => Float32Array.from({ length }, () => random.normal());
  return {
    weights: Array.from({ length: deepest }, () => draw(WIDTH * WIDTH)),
    input: draw(cells),
    above: draw(cells),
  };
}

const allDraws = SEEDS.map(drawsOf);

/** out = scale x W. */
function product(x: FloatArray, w: FloatArray, scale: number, out: FloatArray): void {
  out.fill(0);
  for (let at = 0; at < cells; at += WIDTH) {
    for (let i = 0; i < WIDTH; i++) {
      const value = scale * (x[at + i] as number);
      for (let j = 0, k = i * WIDTH; j < WIDTH; j++, k++) {
        out[at + j] = (out[at + j] as number) + value * (w[k] as number);
      }
    }
  }
}

/** out = scale d W', W' transposed. */
function productBack(d: FloatArray, w: FloatArray, scale: number, out: FloatArray): void {
  for (let at = 0; at < cells; at += WIDTH) {
    for (let i = 0; i < WIDTH; i++) {
      let sum = 0;
      for (let j = 0, k = i * WIDTH; j < WIDTH; j++, k++) sum += (d[at + j] as number) * (w[k] as number);
      out[at + i] = scale * sum;
    }
  }
}

/** The root of the mean square. */
function size(x: FloatArray): number {
  let squares = 0;
  for (const value of x) squares += value * value;
  return Math.sqrt(squares / x.length);
}

type Factors = Readonly<Record<"signal" | "gradient", readonly number[]>>;

/** Of each depth: how many times larger the signal gets forward, and the gradient backward. */
function factorsOf({ forward, gradient }: Elementwise, deviation: number, { weights, input, above }: Draws): Factors {
  const zs = [input];
  const y = new Float32Array(cells);
  for (const w of weights) {
    const next = new Float32Array(cells);
    product(forward(zs.at(-1) as FloatArray, y), w, deviation, next);
    zs.push(next);
  }
  const back = (depth: number) => {
    const d = above.slice();
    for (let layer = depth - 1; layer >= 0; layer--) {
      productBack(d, weights[layer] as FloatArray, deviation, y);
      gradient(y, zs[layer] as FloatArray, d);
    }
    return size(d) / size(above);
  };
  return { signal: DEPTHS.map((depth) => size(zs[depth] as FloatArray) / size(input)), gradient: DEPTHS.map(back) };
}

/** Geometric means over the seeds. */
function gainsOf(subject: Elementwise, deviation: number): { signal: Gain[]; gradient: Gain[] } {
  const found = allDraws.map((draws) => factorsOf(subject, deviation, draws));
  const mean = (which: keyof Factors, i: number): Gain => {
    const logs = found.map((factors) => Math.log(factors[which][i] as number));
    const factor = Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
    return { layers: DEPTHS[i] as number, factor: Number.isFinite(factor) ? factor : null };
  };
  return { signal: DEPTHS.map((_, i) => mean("signal", i)), gradient: DEPTHS.map((_, i) => mean("gradient", i)) };
}

/**
 * The deviation of weights that preserve the variance, in units of 1 / sqrt(inputs); undefined
 * where there is none.
 */
export function preservingGain(subject: Elementwise): number | undefined {
  const { mean, variance } = momentsOf(valuesAt(subject, normals));
  const gain = 1 / Math.sqrt(mean * mean + variance);
  return Number.isFinite(gain) ? gain : undefined;
}

export function layersOf(
  subject: Elementwise,
): Pick<Behaviour, "gradientGains" | "signalGains" | "plainGradientGains"> {
  const gain = preservingGain(subject);
  const own = gain === undefined ? undefined : gainsOf(subject, gain / Math.sqrt(WIDTH));
  const plain = gainsOf(subject, 1 / Math.sqrt(WIDTH));
  const unknown = DEPTHS.map((layers) => ({ layers, factor: null }));
  return {
    gradientGains: own?.gradient ?? unknown,
    signalGains: own?.signal ?? unknown,
    plainGradientGains: plain.gradient,
  };
}
