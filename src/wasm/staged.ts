/**
 * How an op gets at its arrays: without copies where they lie in the memory of one instance, else
 * through stages, as many slabs at a time as stay in the first-level cache. A slab is what one
 * index of the outer dimension holds; one of up to a quarter of a megabyte is staged as a whole, a
 * larger one as its op says.
 */
import { apart, clear } from "../engine/overlap.ts";
import type { Instance } from "./instance.ts";
import { meet } from "./marks.ts";
import type { Operand } from "./operand.ts";
import type { Runtime } from "./runtime.ts";
import { PIECE, WHOLE } from "./stage.ts";
import { type Box, each } from "./walk.ts";

/** What an op says of itself. */
export interface Plan {
  readonly inputs: readonly Operand[];
  readonly outputs: readonly Operand[];
  /** Calls the kernel for one piece of the space, at the addresses of the operands. */
  compute(instance: Instance, piece: Box, all: Box): void;
  /** Cuts what is too large to be staged slab by slab, and runs the pieces. */
  cut(all: Box, run: (piece: Box) => void): void;
  /** Elements of a slab that is staged as a whole, unless WHOLE. */
  readonly mostSlab?: number;
  /** Indices of the axis that the kernel takes at a time. */
  readonly mostAxis: number;
  /**
   * There are several steps for a piece: it is cut wherever the arrays lie, to stay in the cache in
   * between.
   */
  readonly inBlocks?: boolean;
}

/** True where each element of both is in one piece only, the same: then one array can be both. */
function areAlike(input: Operand, output: Operand): boolean {
  return input.isFull && output.isFull;
}

/** A call of the op, on the arrays that the operands hold. */
export function staged(runtime: Runtime, plan: Plan): (all: Box) => void {
  const { main, arenas } = runtime;
  const { inputs, outputs, mostAxis, mostSlab = WHOLE } = plan;
  const operands = [...inputs, ...outputs];

  /** One piece: copied in, computed, copied out. */
  function runPiece(instance: Instance, piece: Box, all: Box): void {
    for (const operand of operands) operand.open(piece, all);
    for (const input of inputs) input.load(piece, all);
    plan.compute(instance, piece, all);
    for (const output of outputs) output.store(piece, all);
  }

  /** In the memory of `home`; what lies elsewhere overlaps nothing there. */
  function overlaps(home: Instance): boolean {
    for (const input of inputs) {
      const from = input.place;
      if (from?.home !== home) continue;
      for (const output of outputs) {
        const to = output.place;
        if (to?.home === home && meet(from, to, areAlike(input, output))) return true;
      }
    }
    return false;
  }

  /**
   * The instance in whose memory all arrays of full size lie, without harmful overlaps; undefined
   * if there is none. Smaller arrays that lie elsewhere go through its stages.
   */
  function homeOf(all: Box): Instance | undefined {
    let home: Instance | undefined;
    for (const operand of operands) {
      const place = arenas.placeOf(operand.array);
      operand.place = place;
      if (!operand.isFull) continue;
      if (!place?.home || (home && place.home !== home)) return undefined;
      home = place.home;
    }
    if (!home || overlaps(home)) return undefined;
    for (const operand of operands) {
      const { place } = operand;
      if (place?.home !== home && !operand.fits(home, all)) return undefined;
      operand.settle(home, place?.home === home ? place.address : undefined);
    }
    return home;
  }

  /**
   * Copies inputs where writing an output could change what is still to be read. What lies in the
   * memory of the instance that works on it has been looked at, and meets nothing elsewhere.
   */
  function separate(): void {
    for (const input of inputs) {
      for (const output of outputs) {
        if (input.isResident || output.isResident) continue;
        input.array = (areAlike(input, output) ? apart : clear)(input.array, output.array);
      }
    }
  }

  /** In pieces, through the stages of the main instance. */
  function runStaged(all: Box): void {
    separate();
    const run = (piece: Box) => runPiece(main, piece, all);
    const slab = all.axis * all.inner;
    if (plan.inBlocks || slab > mostSlab || all.axis > mostAxis) plan.cut(all, run);
    else each(all, Math.max(1, Math.floor(PIECE / slab)), all.axis, all.inner, run);
  }

  /** Where the arrays lie. */
  function runResident(home: Instance, all: Box): void {
    separate();
    const run = (piece: Box) => runPiece(home, piece, all);
    if (plan.inBlocks) plan.cut(all, run);
    else each(all, all.outer, mostAxis, all.inner, run);
  }

  return (all) => {
    const home = arenas.inUse ? homeOf(all) : undefined;
    if (!home) for (const operand of operands) operand.settle(main);
    // What is read as a whole before anything is written may overlap in any way.
    const isShort = (home && !plan.inBlocks) || all.outer * all.axis * all.inner <= PIECE;
    if (isShort && all.axis <= mostAxis) runPiece(home ?? main, all, all);
    else if (home) runResident(home, all);
    else runStaged(all);
    for (const operand of operands) operand.release();
  };
}
