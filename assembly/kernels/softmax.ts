/**
 * softmax(x)_i = e^(x_i - m) / sum e^(x_j - m), m the maximum of the row, and softmin(x) =
 * softmax(-x): the same code, which flips the sign of what it reads.
 *
 * Method   Three passes: m; 2^64 e^(x - c), written, and its sum in float64; the scaling, in
 *          float64. For m stands a c beside it from which the exponential loses nothing of x
 *          (exponentials.ts). The factor 2^64 keeps small numbers from becoming subnormal before
 *          the last rounding.
 * Special  -Infinity -> 0; a row that is -Infinity throughout, or holds NaN or Infinity, is NaN
 *          throughout.
 * Error    1.83 ULP on 52 million random elements; rows put together from the worst exponentials
 *          reach 2.44. dx: 0.5 ULP of what is computed in float64.
 * Source   Bridle 1990, Probabilistic interpretation of feedforward classification network outputs.
 */
import { Exponentials, invertSums, splitMaximum } from "../exponentials";
import { high, low, narrow } from "../math/wide";
import { factor } from "../options";
import { Pass, signed } from "../panel";
import { Maximum, None, part, passes, Rows, rows } from "../rows";

@final
export class Kept extends Exponentials {
  writes: bool = true;
}

@final
export class Scaling extends Pass {
  again: bool = true;
  writes: bool = true;
  unrolled: bool = true;

  @inline value(e: v128, _b: v128, _peak: v128, lower: v128, upper: v128, _count: v128): v128 {
    return narrow(f64x2.mul(low(e), lower), f64x2.mul(high(e), upper));
  }
}

class Softmax extends Rows<Maximum, Kept, Scaling, None> {
  @inline seal(k: i32, record: usize, n: usize): void {
    if (k === 0) splitMaximum(record);
    else invertSums(record, n);
  }
}

@final
class Softmin extends Softmax {
  flip: bool = true;
}

/** sum dy y */
@final
class Products extends Pass {
  pairs: bool = true;
  constant: bool = true;
  sums: bool = true;

  @inline value(dy: v128, _y: v128, _k0: v128, _k1: v128, _k2: v128, _k3: v128): v128 {
    return dy;
  }

  @inline lower(dy: v128, y: v128, _k0: v128): v128 {
    return f64x2.mul(low(dy), low(y));
  }

  @inline upper(dy: v128, y: v128, _k0: v128): v128 {
    return f64x2.mul(high(dy), high(y));
  }
}

/** scale y (dy - sum) */
@final
class Centred extends Pass {
  pairs: bool = true;
  writes: bool = true;

  @inline value(dy: v128, y: v128, _peak: v128, lower: v128, upper: v128, _count: v128): v128 {
    const first = f64x2.mul(low(y), f64x2.sub(low(dy), lower));
    const second = f64x2.mul(high(y), f64x2.sub(high(dy), upper));
    return signed(narrow(f64x2.mul(first, factor()), f64x2.mul(second, factor())));
  }
}

class SoftmaxGrad extends Rows<Products, Centred, None, None> {}

@final
class SoftminGrad extends SoftmaxGrad {
  flip: bool = true;
}

export function softmax(x: usize, b: usize, out: usize, outer: usize, axis: usize, inner: usize, options: i32): void {
  rows<Softmax>(x, b, out, outer, axis, inner, options);
}

export function softmaxPart(
  k: i32,
  x: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  options: i32,
): void {
  part<Softmax>(k, x, b, out, n, columns, stride, edge, options);
}

export function softmaxPasses(options: i32): i32 {
  return passes<Softmax>(options);
}

export function softmin(x: usize, b: usize, out: usize, outer: usize, axis: usize, inner: usize, options: i32): void {
  rows<Softmin>(x, b, out, outer, axis, inner, options);
}

export function softminPart(
  k: i32,
  x: usize,
  b: usize,
  out: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  options: i32,
): void {
  part<Softmin>(k, x, b, out, n, columns, stride, edge, options);
}

export function softminPasses(options: i32): i32 {
  return passes<Softmin>(options);
}

export function softmaxGrad(
  dy: usize,
  y: usize,
  dx: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  options: i32,
): void {
  rows<SoftmaxGrad>(dy, y, dx, outer, axis, inner, options);
}

export function softmaxGradPart(
  k: i32,
  dy: usize,
  y: usize,
  dx: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  options: i32,
): void {
  part<SoftmaxGrad>(k, dy, y, dx, n, columns, stride, edge, options);
}

export function softmaxGradPasses(options: i32): i32 {
  return passes<SoftmaxGrad>(options);
}

export function softminGrad(
  dy: usize,
  y: usize,
  dx: usize,
  outer: usize,
  axis: usize,
  inner: usize,
  options: i32,
): void {
  rows<SoftminGrad>(dy, y, dx, outer, axis, inner, options);
}

export function softminGradPart(
  k: i32,
  dy: usize,
  y: usize,
  dx: usize,
  n: usize,
  columns: usize,
  stride: usize,
  edge: i32,
  options: i32,
): void {
  part<SoftminGrad>(k, dy, y, dx, n, columns, stride, edge, options);
}

export function softminGradPasses(options: i32): i32 {
  return passes<SoftminGrad>(options);
}
