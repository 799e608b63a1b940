/** docs/adopting.md, transformers.js: its softmax, log_softmax and Tensor.sigmoid. */
import { log_softmax, Tensor, softmax as theirSoftmax } from "@huggingface/transformers";
import { logSoftmax, sigmoid, softmax } from "wasm-activations";
import { beside, draw, softmaxOf, ULP } from "./beside.mjs";

const [batch, classes] = [64, 1000];
const logits = new Tensor("float32", draw(batch * classes), [batch, classes]);

/** A row after the other, as pipelines do. */
function before() {
  const probabilities = [...logits].map((row) => theirSoftmax(row.data));
  return probabilities;
}

function after() {
  const probabilities = softmax(logits.data, { shape: logits.dims });
  return probabilities;
}

beside(`softmax of ${batch} rows of ${classes}`, {
  before,
  after,
  read: (result) => Float32Array.from(Array.isArray(result) ? result.flatMap((row) => [...row]) : result),
  exact: softmaxOf(logits.data, classes),
  within: 2 * ULP,
});

const scores = draw(151_936);
const exact = softmaxOf(scores, scores.length);
beside("softmax of a vocabulary", {
  before: () => theirSoftmax(scores),
  after: () => softmax(scores),
  exact,
  within: 2 * ULP,
});
beside("log_softmax of a vocabulary", {
  before: () => log_softmax(scores),
  after: () => logSoftmax(scores),
  exact: exact.map(Math.log),
  within: 2 * ULP,
});

const plain = Tensor.prototype.sigmoid_;
Tensor.prototype.sigmoid_ = function () {
  if (this.type !== "float32") return plain.call(this);
  sigmoid(this.data, this.data);
  return this;
};

const mask = new Tensor("float32", draw(256 * 256), [1, 256, 256]);
beside("sigmoid of a mask of 256 by 256", {
  from: () => mask.clone(),
  before: (tensor) => plain.call(tensor),
  after: (tensor) => tensor.sigmoid_(),
  read: (tensor) => tensor.data,
  exact: Float64Array.from(mask.data, (x) => 1 / (1 + Math.exp(-x))),
  within: ULP,
});
// Pipelines call `sigmoid`, which goes through it; other types go the old way.
const whole = sigmoid(mask.data);
if (mask.sigmoid().data.some((value, i) => value !== whole[i])) throw new Error("sigmoid is not replaced");
const wide = new Tensor("float64", Float64Array.of(0), [1]).sigmoid();
if (wide.data[0] !== 0.5) throw new Error("float64 does not go the old way");
