/**
 * Two spirals: which activation lets a small network tell them apart? `npm run example:spirals`, or
 * with Node 22.18 and later, after `npm install wasm-activations`, `node spirals.ts`.
 *
 * Two classes wind around each other, and no straight line separates them. A network of two hidden
 * layers learns to, unless its activation is linear: then all its layers together are one straight
 * line, whatever they learn.
 */
import * as ops from "wasm-activations";
import { type Activation, Network, spirals } from "./network.ts";

const POINTS_PER_CLASS = 100;
const TURNS = 1;
const STEPS = 400;
const RATE = 0.03;
const REPORT_AT = [0, 25, 50, 100, 200, STEPS];
const SEED = 1;

const activations: readonly Activation[] = [
  { name: "linear", forward: ops.linear, gradient: ops.linearGrad },
  { name: "relu", forward: ops.relu, gradient: ops.reluGrad },
  { name: "leakyRelu", forward: ops.leakyRelu, gradient: ops.leakyReluGrad },
  { name: "sigmoid", forward: ops.sigmoid, gradient: ops.sigmoidGrad },
  { name: "tanh", forward: ops.tanh, gradient: ops.tanhGrad },
  { name: "silu", forward: ops.silu, gradient: ops.siluGrad },
  { name: "hardSwish", forward: ops.hardSwish, gradient: ops.hardSwishGrad },
  { name: "gelu", forward: ops.gelu, gradient: ops.geluGrad },
];

const data = spirals(POINTS_PER_CLASS, TURNS);
console.log(`two spirals of ${POINTS_PER_CLASS} points; accuracy and loss after so many steps\n`);
console.log(`${"".padEnd(10)}${REPORT_AT.map((step) => String(step).padStart(12)).join("")}   dead units`);
for (const activation of activations) {
  // The weights' deviation is that of He, sqrt(2 / inputs).
  const network = new Network(ops, data, activation, SEED, Math.SQRT2);
  let line = activation.name.padEnd(10);
  for (let step = 0; step <= STEPS; step++) {
    if (REPORT_AT.includes(step)) {
      const { accuracy, loss } = network.score();
      line += `${accuracy.toFixed(2)} ${loss.toFixed(3)}`.padStart(12);
    }
    network.train(RATE);
  }
  console.log(`${line}   ${(100 * network.deadShare()).toFixed(0)} %`);
}
