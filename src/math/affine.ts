/**
 * a x + b for x of float32, right to a few 1e-16 even where the sum cancels, and b where a is 0 and x infinite.
 *
 * Where it cancels: a = high + low, 24 and 29 bits, so both products with x are exact in float64, and so is
 * high x + b once it has lost 20 bits or more; a single rounding is left.
 */
export function affine(a: number, x: number, b: number): number {
  if (a === 0) return Number.isNaN(x) ? x : a * Math.sign(x) + b;
  if (a === 1 && b === 0) return x; // -0 too
  const sum = a * x + b;
  if (Math.abs(sum) * 0x100000 >= Math.abs(b)) return sum; // 2^20
  const down = Math.abs(a) > 2 ** 900 ? 2 ** -600 : 1; // so that nothing overflows below
  const scaled = a * down;
  const spread = scaled * 0x20000001; // 2^29 + 1
  const high = spread - (spread - scaled);
  return (high * x + b * down + (scaled - high) * x) / down;
}

/** affine() for hardSigmoid, whose default stands for (x + 3) / 6: as doubles, 1/6 times -3 plus 0.5 is 3e-17. */
export function hardLine(a: number, x: number, b: number): number {
  return a === 1 / 6 && b === 0.5 ? (x + 3) / 6 : affine(a, x, b);
}
