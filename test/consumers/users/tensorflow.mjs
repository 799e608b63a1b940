/** docs/tensorflow.md, with the whole of TensorFlow.js. */
import * as tf from "@tensorflow/tfjs";
import { erf, softmax } from "wasm-activations";
import { install, uninstall } from "wasm-activations/tfjs";
import { beside, draw, softmaxOf, ULP } from "./beside.mjs";

tf.env().set("PROD", true);
await tf.setBackend("cpu");

const values = draw(2 ** 17);
const x = tf.tensor(values, [2 ** 10, 2 ** 7]);
beside("softmax of 1,024 rows of 128", {
  before: () => {
    uninstall(tf);
    return tf.softmax(x).dataSync();
  },
  after: () => {
    install(tf);
    return tf.softmax(x).dataSync();
  },
  exact: softmaxOf(values, 2 ** 7),
  within: 2 * ULP,
});

install(tf);
const same = (ours, theirs) => ours.every((value, i) => value === theirs[i]);
if (!same(tf.erf(x).dataSync(), erf(values))) throw new Error("erf is not ours");
if (!same(tf.softmax(tf.reshape(x, [-1])).dataSync(), softmax(values))) throw new Error("softmax is not ours");
const dense = tf.layers.dense({ units: 3, activation: "sigmoid", inputShape: [2 ** 7] });
const [ours] = [dense.apply(x).dataSync()];
uninstall(tf);
if (
  dense
    .apply(x)
    .dataSync()
    .some((value, i) => Math.abs(value - ours[i]) > 1e-6)
)
  throw new Error("layers differ");
