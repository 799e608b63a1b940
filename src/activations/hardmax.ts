import { rowOp } from "../calls/rows.ts";
import { hardmaxRow } from "../math/sparse.ts";

/**
 * Hardmax: 1 at the first maximum along the axis, 0 elsewhere. It has no gradient.
 *
 * `shape`: dimensions, [x.length]; `axis`: -1. A row that is -Infinity throughout, or holds NaN or
 * Infinity, is NaN throughout.
 *
 * @example
 * hardmax(new Float32Array([1, 3, 2, 3])); // [0, 1, 0, 0]
 */
export const hardmax = /* @__PURE__ */ rowOp("hardmax", {
  value: hardmaxRow,
  about: ABOUT && {
    formula: "1 at the first maximum, else 0",
    names: { onnx: "Hardmax" },
    source: "ONNX operator Hardmax",
  },
});
