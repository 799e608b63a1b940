import { rowGradient, rowOp } from "../calls/rows.ts";
import { sparsemaxGradRow, sparsemaxRow } from "../math/sparse.ts";

/**
 * Sparsemax: max(x - tau, 0) along the axis, tau such that the sum is 1; unlike softmax it gives
 * zeros.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. An element of -Infinity is masked out, with result
 * 0; a row that is -Infinity throughout, or holds NaN or Infinity, is NaN throughout. Martins,
 * Astudillo 2016.
 *
 * @example
 * sparsemax(new Float32Array([1, 1.5, 0])); // [0.25, 0.75, 0]
 */
export const sparsemax = /* @__PURE__ */ rowOp("sparsemax", {
  value: sparsemaxRow,
  derivative: sparsemaxGradRow,
  about: ABOUT && {
    formula: "max(x - tau, 0), sum 1",
    names: { keras: "sparsemax" },
    source: "Martins, Astudillo 2016, From softmax to sparsemax",
  },
});
/**
 * dx = dy less its mean over the elements with y > 0, and 0 elsewhere, from the output y of
 * sparsemax.
 *
 * @example
 * sparsemaxGrad(new Float32Array([1, 0, 5]), new Float32Array([0.25, 0.75, 0])); // [0.5, -0.5, 0]
 */
export const sparsemaxGrad = /* @__PURE__ */ rowGradient(sparsemax);
