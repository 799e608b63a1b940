/**
 * An op with the steps before it in one call: `npm run bench:layers`, after a build.
 *
 * Against the op alone, `affine` and the op one after the other, and a plain loop that does both;
 * ordinary arrays into a given one, and arrays of alloc. The calls of a group take turns; the
 * fastest batch of each.
 */
import * as lib from "wasm-activations";
import { fastest } from "./fastest.ts";
import { print } from "./kernels.ts";
import { digits } from "./show/figures.ts";

const ROUNDS = 41;
/** Elements of a batch. */
const BATCH = 2e6;
const CASES = [
  { shape: [8, 64, 56, 56], axis: 1 },
  { shape: [32, 1024], axis: 1 },
];

const random = (length: number) => Float32Array.from({ length }, () => 6 * Math.random() - 3);
function near(x: Float32Array): Float32Array {
  const view = lib.alloc(x.length);
  view.set(x);
  return view;
}

/**
 * What a good programmer writes: the channel's values out of the inner loop, or, where channels are
 * last, the indices side by side.
 */
function loop(x: Float32Array, out: Float32Array, scale: Float32Array, shift: Float32Array, inner: number): void {
  const channels = scale.length;
  for (let i = 0; i < x.length; ) {
    if (inner === 1) {
      for (let c = 0; c < channels; c++, i++) {
        const z = (scale[c] as number) * (x[i] as number) + (shift[c] as number);
        out[i] = z > 0 ? z : 0;
      }
      continue;
    }
    for (let c = 0; c < channels; c++) {
      const s = scale[c] as number;
      const t = shift[c] as number;
      for (const end = i + inner; i < end; i++) {
        const z = s * (x[i] as number) + t;
        out[i] = z > 0 ? z : 0;
      }
    }
  }
}

const lines = [["shape", "call", "ns/element", "to the first of its group"]];
for (const { shape, axis } of CASES) {
  const n = shape.reduce((a, b) => a * b, 1);
  const channels = shape[axis] as number;
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const [x, out, scale, shift] = [random(n), new Float32Array(n), random(channels), random(channels)];
  const [xNear, outNear] = [near(x), near(out)];
  const groups: Record<string, () => void>[] = [
    {
      "relu with scale and shift": () => lib.relu(x, { scale, shift, shape, axis, out }),
      relu: () => lib.relu(x, out),
      "affine, then relu": () => lib.relu(lib.affine(x, { scale, shift, shape, axis, out }), out),
      "plain loop": () => loop(x, out, scale, shift, inner),
    },
    {
      "relu with scale and shift, alloc": () => lib.relu(xNear, { scale, shift, shape, axis, out: outNear }),
      "relu, alloc": () => lib.relu(xNear, outNear),
    },
    {
      "gelu with a bias": () => lib.gelu(x, { shift, shape, axis, out }),
      gelu: () => lib.gelu(x, out),
    },
  ];
  for (const group of groups) {
    const times = fastest(Object.values(group), n, Math.ceil(BATCH / n), ROUNDS);
    for (const [i, name] of Object.keys(group).entries()) {
      lines.push([
        `[${shape.join(", ")}]`,
        name,
        digits(times[i]),
        digits((times[i] as number) / (times[0] as number)),
      ]);
    }
  }
}
print(lines);
