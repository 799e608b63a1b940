/** What the host asks of the module besides the kernels. */
export { built } from "./built";
export {
  evenSlope,
  evenTailSlope,
  flatCurve,
  flatSlope,
  gateCurve,
  gateSlope,
  leftCurve,
  leftOfLineCurve,
  leftSlope,
  mirrorRampCurve,
  mirrorSlope,
  oddCurve,
  rampCurve,
  shrinkCurve,
  shrinkSlope,
} from "./curves";

/**
 * Where the memory of the host begins: beyond the static data (constants, tables), at the next power of two, below which a look-up for a NaN may
 * read (see math/curve.ts).
 */
export function heapBase(): usize {
  return 1 << (32 - clz(__heap_base));
}
