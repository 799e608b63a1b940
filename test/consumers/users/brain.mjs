/** docs/adopting.md, brain.js: the activations of its recurrent networks, and of a plain one. */
import { createRequire } from "node:module";
import { sigmoid, sigmoidGrad, tanh, tanhGrad } from "wasm-activations";
import { beside, draw, ULP } from "./beside.mjs";

const require = createRequire(import.meta.url);
const brain = require("brain.js");
const op = (name) => require(`brain.js/dist/recurrent/matrix/${name}`);
const original = Object.fromEntries(["sigmoid", "sigmoid-b", "tanh", "tanh-b"].map((name) => [name, op(name).default]));

/** The same network, trained the same way: weights are drawn from Math.random. */
function trained(hidden) {
  let state = 1;
  const { random } = Math;
  Math.random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  try {
    const network = new brain.recurrent.LSTM({ hiddenLayers: [hidden] });
    const start = performance.now();
    const { error } = network.train(["ab", "cd"], { iterations: 20 });
    return { error, ms: performance.now() - start };
  } finally {
    Math.random = random;
  }
}

const before = [20, 400].map(trained);

op("sigmoid").default = (product, left) => {
  sigmoid(left.weights, product.weights);
  product.deltas.fill(0);
};
op("sigmoid-b").default = (product, left) => {
  sigmoidGrad(product.deltas, left.weights, left.deltas);
};
op("tanh").default = (product, left) => {
  tanh(left.weights, product.weights);
  product.deltas.fill(0);
};
op("tanh-b").default = (product, left) => {
  tanhGrad(product.deltas, left.weights, left.deltas);
};

const ours = op("tanh-b").default;
let calls = 0;
op("tanh-b").default = (...matrices) => {
  calls++;
  ours(...matrices);
};
for (const [k, hidden] of [20, 400].entries()) {
  const [{ error, ms }, now] = [before[k], trained(hidden)];
  console.log(
    `LSTM of ${hidden}, error ${error} before, ${now.error} after; ${ms.toFixed(0)} ms before, ${now.ms.toFixed(0)} ms after`,
  );
  if (!(Math.abs(now.error / error - 1) < 1e-3)) throw new Error(`the error is ${now.error}, expected about ${error}`);
}
if (calls === 0) throw new Error("the network does not call what is in the place of its functions");

const FORMULAS = {
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  "sigmoid-b": (x, dy) => (dy * Math.exp(-Math.abs(x))) / (1 + Math.exp(-Math.abs(x))) ** 2,
  tanh: Math.tanh,
  "tanh-b": (x, dy) => dy / Math.cosh(x) ** 2,
};

const N = 65_536;
for (const [name, formula] of Object.entries(FORMULAS)) {
  const left = { weights: draw(N), deltas: new Float32Array(N) };
  const product = { weights: new Float32Array(N), deltas: new Float32Array(N) };
  const isGradient = name.endsWith("-b");
  original[name.replace("-b", "")](product, left);
  if (isGradient) product.deltas.fill(0.7);
  const run = (f) => () => {
    f(product, left);
    return isGradient ? left.deltas : product.weights;
  };
  beside(`${name} of a matrix of ${N}`, {
    before: run(original[name]),
    after: run(op(name).default),
    exact: Float64Array.from(left.weights, (x) => formula(x, Math.fround(0.7))),
    within: isGradient ? 1.5 * ULP : ULP,
  });
}
