/**
 * What `wasm-activations/tfjs` gains: each kernel that it replaces beside the one that was there,
 * on 2^20 elements. `npm run bench:tfjs`, after a build.
 *
 * The two take turns, with tensors of the backend cpu and a new result each time, as a program
 * calls them; the fastest of many calls. Most kernels of TensorFlow.js share one loop, which an
 * engine can fit to a function as long as it has met only that one: so each pair is measured in a
 * process of its own, and then in one where all of them run. The products under an activation cost
 * the same in both and are left out.
 */
import { execFileSync } from "node:child_process";
import "@tensorflow/tfjs-backend-cpu";
import * as tf from "@tensorflow/tfjs-core";
import { install } from "wasm-activations/tfjs";
import { fastest } from "./fastest.ts";
import { print } from "./kernels.ts";
import { Random } from "./measure/inputs.ts";
import { digits } from "./show/figures.ts";

const ELEMENTS = 2 ** 20;
const ROWS = 1024;
const ROUNDS = 10;
/** For each of the two, so that no tier of an engine is left that it would leave. */
const WARM_UP_MS = 400;

tf.env().set("PROD", true);
await tf.setBackend("cpu");

const random = new Random(0x9e3779b9);
const draw = (shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => 3 * random.normal()),
    shape,
  );

const x = draw([ROWS, ELEMENTS / ROWS]);
/** Values of elu. */
const y = tf.maximum(x, -1);
const slopes = draw([ELEMENTS / ROWS]);

interface Trial {
  readonly inputs?: tf.NamedTensorInfoMap;
  readonly attrs?: tf.NamedAttrMap;
}

/** Inputs other than x, and attributes. */
const TRIALS: Readonly<Record<string, Trial>> = {
  LeakyRelu: { attrs: { alpha: 0.2 } },
  Step: { attrs: { alpha: 0 } },
  ClipByValue: { attrs: { clipValueMin: -1, clipValueMax: 1 } },
  Prelu: { inputs: { x, alpha: slopes } },
  EluGrad: { inputs: { dy: x, y } },
  Softmax: { inputs: { logits: x }, attrs: { dim: -1 } },
};

const was = new Map(tf.getKernelsForBackend("cpu").map(({ kernelName, kernelFunc }) => [kernelName, kernelFunc]));
install(tf);
const replaced = tf
  .getKernelsForBackend("cpu")
  .filter(({ kernelName, kernelFunc }) => was.get(kernelName) !== kernelFunc && !/fused/i.test(kernelName));

const backend = tf.backend();

/** A call as the engine of TensorFlow.js makes it, its result given back at once. */
function call(kernelFunc: tf.KernelFunc, { inputs = { x }, attrs = {} }: Trial): () => void {
  return () => {
    const { dataId } = kernelFunc({ inputs, backend, attrs }) as tf.TensorInfo;
    backend.disposeData(dataId);
  };
}

function warmUp(run: () => void): void {
  const start = performance.now();
  while (performance.now() - start < WARM_UP_MS) run();
}

/** ns per element: theirs, ours. */
function measure({ kernelName, kernelFunc }: tf.KernelConfig): [number, number] {
  const trial = TRIALS[kernelName] ?? {};
  const calls = [was.get(kernelName) as tf.KernelFunc, kernelFunc].map((f) => call(f, trial));
  calls.forEach(warmUp);
  return fastest(calls, ELEMENTS, 1, ROUNDS) as [number, number];
}

/** The same, by a process that runs nothing else. */
function alone(kernelName: string): [number, number] {
  const script = process.argv[1] as string;
  return JSON.parse(execFileSync(process.execPath, [script, kernelName], { encoding: "utf8" }));
}

const asked = replaced.find(({ kernelName }) => kernelName === process.argv[2]);
if (asked) process.stdout.write(JSON.stringify(measure(asked)));
else {
  const lines = [["ns per element", "tfjs, alone", "ours", "tfjs : ours", "tfjs, among others", "ours", "tfjs : ours"]];
  for (const config of replaced) {
    const pairs = [alone(config.kernelName), measure(config)];
    const figures = pairs.flatMap(([theirs, ours]) => [theirs, ours, theirs / ours]);
    lines.push([config.kernelName, ...figures.map(digits)]);
  }
  print(lines);
}
