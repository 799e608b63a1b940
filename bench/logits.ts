/**
 * What the options of ops on logits and of gates cost, and rows of a vocabulary:
 * `npm run bench:logits`, after a build.
 *
 * Arrays of alloc unless said otherwise. The calls of a group take turns; the fastest of many
 * batches of each, against the first of its group.
 */
import * as lib from "wasm-activations";
import { fastest } from "./fastest.ts";
import { print } from "./kernels.ts";
import { Random } from "./measure/inputs.ts";
import { digits } from "./show/figures.ts";

const ROUNDS = 60;
/** Elements of a batch. */
const BATCH = 400_000;
const VOCABULARY = 151_936;
const TEMPERATURE = 0.7;

type Group = Readonly<Record<string, () => unknown>>;

const random = new Random(0x9e3779b9);
const draw = (length: number) => Float32Array.from({ length }, () => 3 * random.normal());
function near(values: Float32Array): Float32Array {
  const view = lib.alloc(values.length);
  view.set(values);
  return view;
}
/** Three quarters of the elements stay. */
const drawMask = (length: number) => Uint8Array.from({ length }, () => Number(random.uniform() < 0.75));

/** Rows of 1,000. */
function rows(): Group {
  const shape = [64, 1000];
  const n = 64_000;
  const [x, out, bias, mask] = [near(draw(n)), lib.alloc(n), near(draw(n)), drawMask(n)];
  const [rowBias, rowMask] = [draw(1000), drawMask(1000)];
  const options = { shape, out };
  return {
    softmax: () => lib.softmax(x, options),
    "scale and a row's bias": () => lib.softmax(x, { ...options, scale: 0.125, bias: rowBias }),
    "scale and bias": () => lib.softmax(x, { ...options, scale: 0.125, bias }),
    "a row's mask": () => lib.softmax(x, { ...options, mask: rowMask }),
    mask: () => lib.softmax(x, { ...options, mask }),
    "scale, bias, mask and a sink": () => lib.softmax(x, { ...options, scale: 0.125, bias, mask, sink: 0 }),
    "first axis": () => lib.softmax(x, { shape: [1000, 64], axis: 0, out }),
    logSoftmax: () => lib.logSoftmax(x, options),
    logSumExp: () => lib.logSumExp(x, { shape }),
  };
}

/** Gates of 65,536 elements. */
function gates(): Group {
  const n = 65_536;
  const [x, out, first, second] = [near(draw(2 * n)), lib.alloc(n), near(draw(n)), near(draw(n))];
  const shape = [n / 64, 128];
  return {
    "swiglu of halves": () => lib.swiglu(x, { shape, out }),
    "of two arrays": () => lib.swiglu(first, { b: second, out }),
    "limit 10": () => lib.swiglu(x, { shape, limit: 10, out }),
    "alpha 1.702, offset 1, limit 7, interleaved": () =>
      lib.swiglu(x, { shape, alpha: 1.702, offset: 1, limit: 7, interleaved: true, out }),
  };
}

/** What a good programmer writes. */
function loop(x: Float32Array, mask: Uint8Array, scale: number, out: Float32Array): void {
  let max = -Infinity;
  for (let i = 0; i < x.length; i++) {
    const s = mask[i] ? scale * (x[i] as number) : -Infinity;
    out[i] = s;
    if (s > max) max = s;
  }
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    const e = Math.exp((out[i] as number) - max);
    out[i] = e;
    sum += e;
  }
  const factor = 1 / sum;
  for (let i = 0; i < x.length; i++) out[i] = (out[i] as number) * factor;
}

/** One row of a vocabulary, ordinary arrays: temperature and mask. */
function vocabulary(): Group {
  const [x, out, mask] = [draw(VOCABULARY), new Float32Array(VOCABULARY), drawMask(VOCABULARY)];
  const scale = 1 / TEMPERATURE;
  return {
    "softmax with scale and mask": () => lib.softmax(x, { scale, mask, out }),
    "linear, a loop that masks, softmax": () => {
      lib.linear(x, { alpha: scale, out });
      for (let i = 0; i < mask.length; i++) if (mask[i] === 0) out[i] = -Infinity;
      lib.softmax(out, out);
    },
    "plain loop": () => loop(x, mask, scale, out),
  };
}

const lines = [["call", "ns/element", "to the first of its group"]];
// Ordinary arrays first: a process that has arrays of alloc looks for them in every call.
const groups = [
  { make: vocabulary, elements: VOCABULARY, title: `one row of ${VOCABULARY}, ordinary arrays` },
  { make: rows, elements: 64_000, title: "64 rows of 1,000" },
  { make: gates, elements: 65_536, title: "gates of 65,536" },
];
for (const { make, elements, title } of groups) {
  const group = make();
  const times = fastest(Object.values(group), elements, Math.ceil(BATCH / elements), ROUNDS);
  lines.push([title, "", ""]);
  for (const [k, name] of Object.keys(group).entries()) {
    lines.push([`  ${name}`, digits(times[k]), digits((times[k] as number) / (times[0] as number))]);
  }
}
print(lines);
