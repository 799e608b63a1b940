/**
 * The number beside y, on the side of what was lost: that is never the middle between two numbers
 * of a smaller type.
 */
export function beside(y: number, lost: number): number {
  return y + Math.sign(lost) * Math.abs(y) * 2 ** -52;
}

/**
 * a x + b for x of float32, right to a few 1e-16 even where the sum cancels, and b where a is 0 and
 * x infinite.
 *
 * a = high + low, 24 and 29 bits, so that their products with x are exact in float64, and what
 * product and sum lost is known. What is lost at the end is told by the last place: a result beside
 * the middle between two numbers of a smaller type is never that middle.
 */
export function affine(a: number, x: number, b: number): number {
  if (a === 0) return Number.isNaN(x) ? x : a * Math.sign(x) + b;
  if (a === 1 && b === 0) return x; // -0 too
  const plain = a * x + b;
  if (!Number.isFinite(plain)) return plain;
  const down = Math.abs(a) > 2 ** 900 ? 2 ** -600 : 1; // so that nothing overflows below
  const scaled = a * down;
  const spread = scaled * 0x20000001; // 2^29 + 1
  const high = spread - (spread - scaled);
  const product = scaled * x;
  const offset = b * down;
  const sum = product + offset;
  const added = sum - product;
  const lostBySum = product - (sum - added) + (offset - added);
  const lost = high * x - product + (scaled - high) * x + lostBySum;
  if (lost === 0) return sum / down;
  const y = sum + lost;
  const left = lost - (y - sum);
  return (left === 0 ? y : beside(y, left)) / down;
}

/**
 * affine() for hardSigmoid, whose default stands for (x + 3) / 6: as doubles, 1/6 times -3 plus 0.5
 * is 3e-17.
 */
export function hardLine(a: number, x: number, b: number): number {
  return a === 1 / 6 && b === 0.5 ? (x + 3) / 6 : affine(a, x, b);
}
