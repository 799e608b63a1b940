/** docs/adopting.md, ml-matrix: softmax of the rows of a matrix, and an op of each element. */
import { Matrix } from "ml-matrix";
import { softmax, tanh } from "wasm-activations";
import { beside, draw, softmaxOf, ULP } from "./beside.mjs";

const [rows, columns] = [500, 200];
const values = draw(rows * columns);
const scores = Matrix.from1DArray(rows, columns, values);

function before(matrix) {
  const largest = Matrix.columnVector(matrix.max("row"));
  matrix.subColumnVector(largest).exp();
  return matrix.divColumnVector(matrix.sum("row"));
}

/** In place, a row after the other. */
function eachRow(op, matrix) {
  const x = new Float32Array(matrix.columns);
  for (const row of matrix.data) {
    x.set(row);
    row.set(op(x, x));
  }
  return matrix;
}

// The matrix is copied beforehand, in both.
const common = { from: () => scores.clone(), read: (matrix) => matrix.to1DArray() };
beside(`softmax of ${rows} rows of ${columns}`, {
  ...common,
  before,
  after: (matrix) => eachRow(softmax, matrix),
  exact: softmaxOf(values, columns),
  within: 2 * ULP,
});
beside(`tanh of ${rows} rows of ${columns}`, {
  ...common,
  before: (matrix) => matrix.tanh(),
  after: (matrix) => eachRow(tanh, matrix),
  exact: Float64Array.from(values, Math.tanh),
  within: ULP,
});
