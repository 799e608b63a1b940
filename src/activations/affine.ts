import { affineGradient, affineOp } from "../calls/affine.ts";

/**
 * What a network does to x before an activation: z = scale x, + shift, + residual, each step
 * rounded to float32. Every elementwise op takes the same options, and gives the bits of op(z)
 * without a second pass over memory.
 *
 * `scale`, 1, and `shift`, nothing: a finite number, or a Float32Array with one value per index of
 * `axis` or per element; `residual`: a Float32Array of x's length, nothing; `shape`: the dimensions
 * of x; `axis`: 1, with one dimension 0. Ioffe, Szegedy 2015.
 *
 * @example
 * affine(new Float32Array([1, 2]), { scale: 2, shift: 0.5 }); // [2.5, 4.5]
 * affine(new Float32Array([1, 1, 2, 2]), { shift: new Float32Array([0, 10]), shape: [2, 2] });
 * // [1, 11, 2, 12]
 */
export const affine = /* @__PURE__ */ affineOp({
  about: ABOUT && {
    formula: "scale x + shift + residual",
    names: { pytorch: "BatchNorm2d in eval mode", keras: "BatchNormalization", onnx: "BatchNormalization" },
    source:
      "Ioffe, Szegedy 2015, Batch normalization: accelerating deep network training by reducing internal covariate shift",
  },
});
/**
 * The gradients of affine: dx = scale dz; dscale, the sums of dz x; dshift, the sums of dz, over
 * the elements that a value of scale or shift serves, of their lengths, 1 for a number. The options
 * `dx`, `dscale`, `dshift` give the arrays to write. That of the residual is dz itself.
 *
 * @example
 * affineGrad(new Float32Array([1, 2]), new Float32Array([3, 4]), { scale: 2 });
 * // { dx: [2, 4], dscale: [11], dshift: [3] }
 */
export const affineGrad = /* @__PURE__ */ affineGradient(affine);
