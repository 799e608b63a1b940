/** What the host asks of the module besides the kernels. */
export { built } from "./built";
export { flatCurve, sampledGate } from "./curves";
export { rowOptions } from "./options";
export { permute } from "./permute";
export { piecesCurve, piecesSlope } from "./segments";
export { channelSums, channelSumsRoom } from "./sums";

/** Where the static data (constants, tables) end: the memory from here on belongs to the host. */
export function heapBase(): usize {
  return __heap_base;
}
