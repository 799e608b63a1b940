/**
 * The gradient of logSumExp, dx = dy softmax(x), dy one value per row. The host does not call it yet: no row of the
 * table has it.
 */
import { LogSumExpGrad } from "./kernels/logSumExp";
import { part, passes, rows } from "./rows";

export function logSumExpGrad(
  x: usize,
  dy: usize,
  dx: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  options: i32,
): void {
  rows<LogSumExpGrad>(x, dy, dx, outer, axis, inner, options);
}

export function logSumExpGradPart(
  k: i32,
  x: usize,
  dy: usize,
  dx: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  options: i32,
): void {
  part<LogSumExpGrad>(k, x, dy, dx, n, columns, stride, edge, options);
}

export function logSumExpGradPasses(options: i32): i32 {
  return passes<LogSumExpGrad>(options);
}
