/**
 * Rows put together from the elements whose results are furthest off: what random rows do not meet.
 *
 * In a long row of one element the errors of all terms of the sum are alike; one more element, off
 * to the other side, has the error of the sum and its own.
 */
const CANDIDATES = 2 ** 15;
/** How many elements are kept of each side. */
const KEPT = 8;
const LENGTHS = [40, 90, 200, 450, 1000, 2200, 5000];
/** Elements lie so far below the maximum, which is 0. */
const DEPTH = 8;

const ratioOf = (y: ArrayLike<number>) => (y[1] as number) / (y[0] as number);

type OnRow = (x: Float32Array) => ArrayLike<number>;

/** The rows for an op of x's shape: the op on one row, and its exact values. */
export function* adverseRows(call: OnRow, exact: OnRow): Generator<Float32Array> {
  // The larger of two elements has the larger result, or, of softmin, the smaller.
  const sign = (call(Float32Array.of(0, 1))[1] as number) >= (call(Float32Array.of(0, 1))[0] as number) ? 1 : -1;
  const off = Array.from({ length: CANDIDATES }, (_, k) => {
    const x = Float32Array.of(0, (-sign * DEPTH * (k + 1)) / CANDIDATES);
    // Of their ratio, for the error of the sum is in both.
    const [got, want] = [call, exact].map((of) => ratioOf(of(x))) as [number, number];
    return { x: x[1] as number, error: got / want - 1 };
  });
  off.sort((one, other) => one.error - other.error);
  const [low, high] = [off.slice(0, KEPT), off.slice(-KEPT)];
  for (const [few, many] of [
    [low, high],
    [high, low],
  ] as const) {
    for (const { x: one } of few) {
      for (const { x: other } of many) {
        for (const length of LENGTHS) {
          const row = new Float32Array(length).fill(other);
          row[0] = 0;
          row[1] = one;
          yield row;
        }
      }
    }
  }
}
