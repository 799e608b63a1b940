/**
 * The gated linear units on WebAssembly: an axis of two halves, of which the result has one, or two
 * arrays.
 */
import type { Gated, GatedGrad, Halves } from "../engine/engine.ts";
import { kernelId } from "./instance.ts";
import { Operand } from "./operand.ts";
import type { Runtime } from "./runtime.ts";
import { PIECE } from "./stage.ts";
import { staged } from "./staged.ts";
import { Box, each } from "./walk.ts";

/** What a call says, while it runs. */
class Settings {
  halves: Halves = { outer: 0, run: 0, second: false, params: [] };

  /** The addresses of the factor that goes through the gate, and of the other. */
  sort(first: number, second: number): readonly [number, number] {
    return this.halves.second ? [second, first] : [first, second];
  }
}

/** The space of the halves of one array. */
function halved({ outer, run }: Halves): Box {
  return new Box(outer, 2, run);
}

/**
 * The space of two arrays: each element is a slab, to be staged with as many others as there is
 * room for.
 */
function paired({ outer, run }: Halves): Box {
  return new Box(outer * run, 1, 1);
}

function cut(all: Box, run: (piece: Box) => void): void {
  each(all, 1, 2, PIECE, run);
}

/** How both are cut. */
const HALVED = { mostAxis: 2, cut } as const;
const PAIRED = { mostAxis: 1, cut } as const;

export function gated(runtime: Runtime, name: string): Gated {
  const id = kernelId(name);
  const call = new Settings();
  const whole = new Operand("all", 0);
  const half = new Operand("row", 1);
  const ofHalves = staged(runtime, {
    ...HALVED,
    inputs: [whole],
    outputs: [half],
    compute(instance, { outer, inner }) {
      const x = whole.address;
      const [gate, other] = call.sort(x, x + 4 * inner);
      instance.kernel(id)(gate, other, half.address, inner, outer, ...call.halves.params);
    },
  });
  const first = new Operand("all", 0);
  const second = new Operand("all", 1);
  const target = new Operand("all", 0);
  const ofPair = staged(runtime, {
    ...PAIRED,
    inputs: [first, second],
    outputs: [target],
    compute(instance, { outer }) {
      const [gate, other] = call.sort(first.address, second.address);
      instance.kernel(id)(gate, other, target.address, outer, 1, ...call.halves.params);
    },
  });
  return (x, b, out, halves) => {
    call.halves = halves;
    if (b) {
      first.array = x;
      second.array = b;
      target.array = out;
      ofPair(paired(halves));
    } else {
      whole.array = x;
      half.array = out;
      ofHalves(halved(halves));
    }
  };
}

export function gatedGrad(runtime: Runtime, name: string): GatedGrad {
  const id = kernelId(`${name}Grad`);
  const call = new Settings();
  const row = new Operand("row", 1);
  const whole = new Operand("all", 0);
  const dWhole = new Operand("all", 0);
  const ofHalves = staged(runtime, {
    ...HALVED,
    inputs: [row, whole],
    outputs: [dWhole],
    compute(instance, { outer, inner }) {
      const x = whole.address;
      const dx = dWhole.address;
      const [gate, other] = call.sort(x, x + 4 * inner);
      const [dGate, dOther] = call.sort(dx, dx + 4 * inner);
      instance.kernel(id)(row.address, gate, other, dGate, dOther, inner, outer, ...call.halves.params);
    },
  });
  const above = new Operand("all", 2);
  const first = new Operand("all", 0);
  const second = new Operand("all", 1);
  const dFirst = new Operand("all", 0);
  const dSecond = new Operand("all", 1);
  const ofPair = staged(runtime, {
    ...PAIRED,
    inputs: [above, first, second],
    outputs: [dFirst, dSecond],
    compute(instance, { outer }) {
      const [gate, other] = call.sort(first.address, second.address);
      const [dGate, dOther] = call.sort(dFirst.address, dSecond.address);
      instance.kernel(id)(above.address, gate, other, dGate, dOther, outer, 1, ...call.halves.params);
    },
  });
  return (dy, x, b, dx, db, halves) => {
    call.halves = halves;
    if (b && db) {
      above.array = dy;
      first.array = x;
      second.array = b;
      dFirst.array = dx;
      dSecond.array = db;
      ofPair(paired(halves));
    } else {
      row.array = dy;
      whole.array = x;
      dWhole.array = dx;
      ofHalves(halved(halves));
    }
  };
}
