/** The gated linear units on WebAssembly: an axis of two halves, of which the result has one. */
import type { Gated, GatedGrad } from "../engine/engine.ts";
import { kernelId } from "./instance.ts";
import { Operand } from "./operand.ts";
import type { Runtime } from "./runtime.ts";
import { PIECE } from "./stage.ts";
import { staged } from "./staged.ts";
import { Box, each } from "./walk.ts";

function cut(all: Box, run: (piece: Box) => void): void {
  each(all, 1, 2, PIECE, run);
}

export function gated(runtime: Runtime, name: string): Gated {
  const id = kernelId(name);
  const source = new Operand("all", 0);
  const target = new Operand("row", 1);
  const run = staged(runtime, {
    inputs: [source],
    outputs: [target],
    mostAxis: 2,
    cut,
    compute(instance, { outer, inner }) {
      const x = source.address;
      instance.kernel(id)(x, x + 4 * inner, target.address, inner, outer);
    },
  });
  return (x, out, outer, length) => {
    source.array = x;
    target.array = out;
    run(new Box(outer, 2, length));
  };
}

export function gatedGrad(runtime: Runtime, name: string): GatedGrad {
  const id = kernelId(`${name}Grad`);
  const above = new Operand("row", 1);
  const source = new Operand("all", 0);
  const target = new Operand("all", 0);
  const run = staged(runtime, {
    inputs: [above, source],
    outputs: [target],
    mostAxis: 2,
    cut,
    compute(instance, { outer, inner }) {
      const x = source.address;
      const dx = target.address;
      instance.kernel(id)(above.address, x, x + 4 * inner, dx, dx + 4 * inner, inner, outer);
    },
  });
  return (dy, x, out, outer, length) => {
    above.array = dy;
    source.array = x;
    target.array = out;
    run(new Box(outer, 2, length));
  };
}
