/**
 * Factors too small or too large for float64, where a product with them must be what it is with the
 * real number.
 */

/**
 * What is too small, with the sign of `sign`: 0 where x is infinite, else the least number there
 * is, whose product with Infinity is Infinity.
 */
export function vanished(x: number, sign: number): number {
  return Math.sign(sign) * (Math.abs(x) === Infinity ? 0 : Number.MIN_VALUE);
}

/**
 * e^x: for every finite x finite, though beyond float32 times any float32, so that the product with
 * 0 is 0.
 */
export function factorExp(x: number): number {
  return x === Infinity ? x : Math.exp(Math.min(x, 700));
}
