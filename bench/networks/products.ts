/**
 * Times what stands around an activation in a layer: a matrix product (bench/assembly/products.ts,
 * checked before it is timed), a bias and a batch norm by `affine`, and both with the activation in
 * one call.
 */
import { time, warmUp } from "../measure/clock.ts";
import { type Op, Random } from "../measure/inputs.ts";
import { type Library, opOf } from "../measure/measure.ts";
import type { Products } from "../results.ts";
import { median } from "../statistics.ts";

const SIZE = [64, 256, 256] as const;
/** More than the caches of most processors hold: 64 MiB of weights. */
const VECTOR_INPUTS = 4096;
const VECTOR_OUTPUTS = 4096;
const PANEL = 8;
const PAGE = 2 ** 16;
/** For all but the large matrix. */
const OTHER_PAGES = 16;
/** Sums of float32 in another order. */
const TOLERANCE = 1e-4;

interface Kernels {
  product(x: number, w: number, out: number, m: number, k: number, n: number): void;
}

/** Arrays one after the other in the kernels' memory. */
class Place {
  readonly #memory: WebAssembly.Memory;
  #end = PAGE;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  take(length: number, draw: () => number): { at: number; values: Float32Array } {
    const at = this.#end;
    this.#end += 4 * length;
    const values = new Float32Array(this.#memory.buffer, at, length);
    for (let i = 0; i < length; i++) values[i] = draw();
    return { at, values };
  }
}

/** Row i, column j of panels with k rows. */
const inPanels = (k: number, i: number, j: number) => (j - (j % PANEL)) * k + i * PANEL + (j % PANEL);

/** Nanoseconds of a call, after a warm-up. */
function nsOf(call: () => void, milliseconds: number): number {
  const run = (times: number) => {
    for (let i = 0; i < times; i++) call();
  };
  warmUp(run, milliseconds);
  return median(time(run, milliseconds).samples);
}

/** Of each activation there is one call: a share of the time is enough. */
const FUSED_SHARE = 0.1;

/** Nanoseconds per output of the steps after the product, in rows of m by n. */
function stepsOf(
  library: Library,
  ops: readonly string[],
  milliseconds: number,
): Omit<Products, "size" | "gflops" | "vectorGflops"> {
  const [m, , n] = SIZE;
  const random = new Random(8);
  const near = (length: number) => {
    const array = library.alloc(length);
    for (let i = 0; i < length; i++) array[i] = random.normal();
    return array;
  };
  const [x, out, scale, shift] = [near(m * n), near(m * n), near(n), near(n)];
  const perOutput = (op: Op, options: object, ms: number) => {
    const all = { ...options, shape: [m, n], axis: 1, out };
    return nsOf(() => op(x, all), ms) / (m * n);
  };
  const affine = opOf(library, "affine");
  return {
    biasNs: perOutput(affine, { shift }, milliseconds),
    batchNormNs: perOutput(affine, { scale, shift }, milliseconds),
    fused: ops.map((op) => ({ op, ns: perOutput(opOf(library, op), { scale, shift }, FUSED_SHARE * milliseconds) })),
  };
}

/**
 * @param binary of build/products.wasm
 * @param ops activations: names of elementwise ops
 */
export function productsOf(
  binary: Uint8Array<ArrayBuffer>,
  library: Library,
  ops: readonly string[],
  milliseconds: number,
): Products {
  const pages = Math.ceil((4 * VECTOR_INPUTS * VECTOR_OUTPUTS) / PAGE) + OTHER_PAGES;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(binary), { env: { memory } });
  const { product } = instance.exports as unknown as Kernels;
  const [m, k, n] = SIZE;
  const random = new Random(7);
  const place = new Place(memory);
  const x = place.take(m * k, () => random.normal());
  const w = place.take(k * n, () => random.normal() / 16);
  const out = place.take(m * n, () => 0);
  const vector = place.take(VECTOR_INPUTS, () => random.normal());
  const matrix = place.take(VECTOR_INPUTS * VECTOR_OUTPUTS, () => 1);
  const result = place.take(VECTOR_OUTPUTS, () => 0);

  product(x.at, w.at, out.at, m, k, n);
  const wrong = out.values.findIndex((got, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let l = 0; l < k; l++) sum += (x.values[i * k + l] as number) * (w.values[inPanels(k, l, j)] as number);
    return !(Math.abs(got - sum) < TOLERANCE * Math.max(1, Math.abs(sum)));
  });
  if (wrong >= 0) throw new Error(`the matrix product is wrong at element ${wrong}`);

  const productNs = nsOf(() => product(x.at, w.at, out.at, m, k, n), milliseconds);
  const vectorNs = nsOf(() => product(vector.at, matrix.at, result.at, 1, VECTOR_INPUTS, VECTOR_OUTPUTS), milliseconds);
  return {
    size: SIZE,
    gflops: (2 * m * k * n) / productNs,
    vectorGflops: (2 * VECTOR_INPUTS * VECTOR_OUTPUTS) / vectorNs,
    ...stepsOf(library, ops, milliseconds),
  };
}
