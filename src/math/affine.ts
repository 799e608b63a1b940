/**
 * a x + b for x of float32, right to a few 1e-16 even where the sum cancels, and b where a is 0 and x infinite.
 *
 * Where it cancels: a = high + low, 24 and 29 bits, so both products with x are exact in float64, and so is
 * high x + b once it has lost 20 bits or more; a single rounding is left.
 */
export function affine(a: number, x: number, b: number): number {
  // As doubles, 1/6 times -3 plus 0.5 is 3e-17; meant is (x + 3) / 6.
  if (a === 1 / 6 && b === 0.5) return (x + 3) / 6;
  const sum = a * x + b;
  if (Math.abs(sum) * 0x100000 >= Math.abs(b)) return sum; // 2^20
  if (a === 0) return Number.isNaN(x) ? x : b;
  const high = Math.abs(a) < 1e38 ? Math.fround(a) : a;
  return high * x + b + (a - high) * x;
}
