/** prelu on WebAssembly: an axis of channels, a slope for each. */
import type { Leaky, LeakyGrad } from "../engine/engine.ts";
import { kernelId } from "./instance.ts";
import { Operand } from "./operand.ts";
import type { Runtime } from "./runtime.ts";
import { PIECE } from "./stage.ts";
import { staged } from "./staged.ts";
import { Box, each } from "./walk.ts";

/** Channels that the kernel of the gradient keeps the sums of. */
const CHANNELS = 512;

/** The piece holds the first, the last elements of its channels. */
const FIRST = 1;
const LAST = 2;

export function prelu(runtime: Runtime): Leaky {
  const id = kernelId("prelu");
  const source = new Operand("all", 0);
  const slopes = new Operand("axis", 2);
  const target = new Operand("all", 0);
  const run = staged(runtime, {
    inputs: [source, slopes],
    outputs: [target],
    mostAxis: Infinity,
    cut(all, runPiece) {
      // Some channels, or a part of one.
      each(all, 1, Math.max(1, Math.floor(PIECE / all.inner)), PIECE, runPiece);
    },
    compute(instance, { outer, axis, inner }) {
      instance.kernel(id)(source.address, slopes.address, target.address, outer, axis, inner);
    },
  });
  return (x, slope, out, { outer, axis, inner }) => {
    source.array = x;
    slopes.array = slope;
    target.array = out;
    run(new Box(outer, axis, inner));
  };
}

export function preluGrad(runtime: Runtime): LeakyGrad {
  const id = kernelId("preluGrad");
  const above = new Operand("all", 1);
  const source = new Operand("all", 0);
  const slopes = new Operand("axis", 2);
  const target = new Operand("all", 0);
  const sums = new Operand("axis", 2, CHANNELS);
  const run = staged(runtime, {
    inputs: [above, source, slopes],
    outputs: [target, sums],
    mostAxis: CHANNELS,
    cut(all, runPiece) {
      const channels = Math.min(CHANNELS, Math.max(1, Math.floor(PIECE / all.inner)));
      each(all, all.outer, channels, all.inner, (group) => each(group, 1, group.axis, PIECE, runPiece));
    },
    compute(instance, piece, all) {
      const { outer, axis, inner } = piece;
      const first = piece.o === 0 && piece.i === 0 ? FIRST : 0;
      const last = piece.o + outer === all.outer && piece.i + inner === all.inner ? LAST : 0;
      // From one index of the outer dimension to the next: in the arrays themselves, or in their
      // stages.
      const slab = target.isResident ? all.axis * all.inner : axis * inner;
      const runs = all.inner === 1 ? 0 : 1;
      const { address: dslope } = sums;
      const addresses = [above.address, source.address, slopes.address, target.address, dslope] as const;
      instance.kernel(id)(...addresses, outer, axis, inner, slab, runs, first | last);
    },
  });
  return (dy, x, slope, dx, dslope, { outer, axis, inner }) => {
    above.array = dy;
    source.array = x;
    slopes.array = slope;
    target.array = dx;
    sums.array = dslope;
    run(new Box(outer, axis, inner));
  };
}
