import { preluGradient, preluOp } from "../calls/prelu.ts";
import { leakyRelu } from "./leakyRelu.ts";

/**
 * PReLU: x for x > 0, else slope x, with a learned slope per channel.
 *
 * `slope`: a finite number, or a Float32Array: of one element for all of x, of x's length for one
 * each, or of the size of an axis, which then needs `shape`, the dimensions of x; `axis`: 1. Or
 * `slopeShape` gives the dimensions of slope, which broadcast to `shape` as in NumPy. f' is the
 * slope at 0. He, Zhang, Ren, Sun 2015.
 *
 * @example
 * prelu(new Float32Array([-1, 2, -3, 4]), 0.25); // [-0.25, 2, -0.75, 4]
 * prelu(new Float32Array([-1, -1, -3, -3]), new Float32Array([1, 2]), { shape: [2, 2] });
 * // [-1, -2, -3, -6]
 */
export const prelu = /* @__PURE__ */ preluOp(leakyRelu, {
  about: ABOUT && {
    formula: "x > 0 ? x : slope x",
    names: { pytorch: "PReLU", keras: "PReLU", tfjs: "prelu", onnx: "PRelu", webnn: "prelu" },
    source: "He, Zhang, Ren, Sun 2015, Delving deep into rectifiers",
  },
});
/**
 * The gradients of prelu: dx = dy f'(x), and dslope, the sum of dy x over the elements of a channel
 * with x <= 0; of slope's length, 1 for a number. The options `dx` and `dslope` give the arrays to
 * write.
 *
 * @example
 * preluGrad(new Float32Array([1, 1]), new Float32Array([-2, 3]), 0.25);
 * // { dx: [0.25, 1], dslope: [-2] }
 */
export const preluGrad = /* @__PURE__ */ preluGradient(prelu);
