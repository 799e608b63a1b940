/**
 * Steps before an activation and parameters per channel, on WebAssembly. A piece is small enough to
 * stay in the first-level cache from one step to the next.
 */
import {
  type ChannelParameters,
  EACH,
  type Layer,
  type LayerGrad,
  NO_PARAMETERS,
  NO_STEPS,
  parametersFor,
  type Spread,
  type Sums,
  type Term,
} from "../engine/channels.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Curve } from "../model/curve.ts";
import { type Instance, kernelId } from "./instance.ts";
import { Operand } from "./operand.ts";
import type { Runtime } from "./runtime.ts";
import { PIECE } from "./stage.ts";
import { staged } from "./staged.ts";
import { Box, each, type Span } from "./walk.ts";

/** Runs shorter than this are brought together by channel, rather than computed one by one. */
const SHORT = 64;

/** How an argument of the kernel of steps goes with x: two bits each. */
const KINDS: Readonly<Record<Span, number>> = { one: 0, axis: 1, all: 2, row: 0 };

/** Pieces of at most PIECE elements, side by side in memory. */
function cut(all: Box, run: (piece: Box) => void): void {
  const { axis, inner } = all;
  if (axis * inner <= PIECE) each(all, Math.floor(PIECE / (axis * inner)), axis, inner, run);
  else if (inner <= PIECE) each(all, 1, Math.floor(PIECE / inner), inner, run);
  else each(all, 1, 1, evenPart(inner), run);
}

/** The length of parts that are about equal: of 16 elements each but for the last. */
function evenPart(length: number): number {
  const parts = Math.ceil(length / PIECE);
  return Math.ceil(length / parts / 16) * 16;
}

/** Sets an operand to a number or an array. `single` is where a number goes. */
function spread(operand: Operand, value: Spread, axis: number, single: FloatArray): void {
  if (typeof value === "number") {
    single[0] = value;
    operand.array = single;
    operand.span = "one";
  } else {
    operand.array = value;
    operand.span = value.length === axis ? "axis" : "all";
  }
}

/** The kernel of an op over one piece, of which each channel may have parameters of its own. */
class ByChannel {
  readonly #id: number | Curve;
  readonly #permute = kernelId("permute");
  /** Those of the call. */
  parameters: ChannelParameters = NO_PARAMETERS;

  constructor(name: string, curve: Curve | undefined) {
    this.#id = curve ?? kernelId(name);
  }

  /** From the addresses of one or two inputs to `out`. */
  run(instance: Instance, inputs: readonly number[], out: number, { outer, axis, inner, a: first }: Box): void {
    const [from, other] = inputs as [number, number | undefined];
    if (this.parameters.length === EACH) {
      this.#run(instance, from, other, out, outer * axis * inner, first);
    } else if (inner >= SHORT || outer === 1) {
      for (let run = 0; run < outer * axis; run++) {
        const at = 4 * run * inner;
        this.#run(instance, from + at, other && other + at, out + at, inner, first + (run % axis));
      }
    } else {
      const permute = instance.kernel(this.#permute);
      // Behind the pieces themselves.
      const [near, far] = instance.stages.map((stage) => stage.address + 4 * PIECE) as [number, number];
      permute(from, near, outer, axis, inner);
      if (other) permute(other, far, outer, axis, inner);
      for (let c = 0; c < axis; c++) {
        const at = 4 * c * outer * inner;
        this.#run(instance, near + at, other && far + at, near + at, outer * inner, first + c);
      }
      permute(near, out, axis, outer, inner);
    }
  }

  #run(instance: Instance, from: number, other: number | undefined, out: number, n: number, channel: number): void {
    const [a, b, c] = parametersFor(this.parameters, channel);
    const kernel = instance.kernel(this.#id);
    if (other === undefined) kernel(from, out, n, a, b, c);
    else kernel(from, other, out, n, a, b, c);
  }
}

export function layer(runtime: Runtime, name: string | undefined, curve?: Curve): Layer {
  const id = kernelId("affine");
  const op = name === undefined ? undefined : new ByChannel(name, curve);
  const source = new Operand("all", 0);
  const residual = new Operand("all", 1);
  const scale = new Operand("all", 2);
  const shift = new Operand("all", 2, PIECE);
  const target = new Operand("all", 0);
  const singles = [scale, shift, residual].map(() => new Float32Array(1)) as [FloatArray, FloatArray, FloatArray];
  let hasSteps = true;
  const run = staged(runtime, {
    inputs: [source, scale, shift, residual],
    outputs: [target],
    mostAxis: Infinity,
    inBlocks: true,
    cut,
    compute(instance, piece) {
      const { outer, axis, inner } = piece;
      const { address: out } = target;
      if (hasSteps) {
        const kinds = KINDS[scale.span] | (KINDS[shift.span] << 2) | (KINDS[residual.span] << 4);
        const [x, s, t, r] = [source.address, scale.address, shift.address, residual.address];
        instance.kernel(id)(x, s, t, r, out, outer, axis, inner, kinds);
      }
      op?.run(instance, [hasSteps ? out : source.address], out, piece);
    },
  });
  return (x, out, steps, parameters, { outer, axis, inner }) => {
    source.array = x;
    target.array = out;
    spread(scale, steps.scale, axis, singles[0]);
    spread(shift, steps.shift, axis, singles[1]);
    spread(residual, steps.residual ?? -0, -1, singles[2]);
    hasSteps = !op || steps !== NO_STEPS;
    if (op) op.parameters = parameters;
    run(new Box(outer, axis, inner));
  };
}

export function layerGrad(runtime: Runtime, name: string, curve?: Curve): LayerGrad {
  const op = new ByChannel(`${name}Grad`, curve);
  const above = new Operand("all", 0);
  const source = new Operand("all", 1);
  const target = new Operand("all", 0);
  const run = staged(runtime, {
    inputs: [above, source],
    outputs: [target],
    mostAxis: Infinity,
    inBlocks: true,
    cut,
    compute(instance, piece) {
      op.run(instance, [above.address, source.address], target.address, piece);
    },
  });
  return (dy, x, out, parameters, { outer, axis, inner }) => {
    above.array = dy;
    source.array = x;
    target.array = out;
    op.parameters = parameters;
    run(new Box(outer, axis, inner));
  };
}

/** Channels that the kernel of sums takes at a time. */
const CHANNELS = 256;

/** The piece holds the first, the last elements of its channels. */
const FIRST = 1;
const LAST = 2;

const TERMS: Readonly<Record<Term, number>> = { dy: 0, product: 1, negative: 2 };

export function sums(runtime: Runtime, term: Term): Sums {
  const id = kernelId("channelSums");
  const above = new Operand("all", 0);
  const source = new Operand("all", 1);
  let results = new Float64Array(0);
  const run = staged(runtime, {
    inputs: term === "dy" ? [above] : [above, source],
    outputs: [],
    mostAxis: CHANNELS,
    cut(all, runPiece) {
      const channels = Math.min(CHANNELS, Math.max(1, Math.floor(PIECE / all.inner)));
      const rows = Math.max(1, Math.floor(PIECE / (channels * all.inner)));
      each(all, all.outer, channels, all.inner, (group) => each(group, rows, group.axis, PIECE, runPiece));
    },
    compute(instance, piece, all) {
      const { outer, axis, inner } = piece;
      const first = piece.o === 0 && piece.i === 0 ? FIRST : 0;
      const last = piece.o + outer === all.outer && piece.i + inner === all.inner ? LAST : 0;
      // From one index of the outer dimension to the next: in the arrays themselves, or in their
      // stages.
      const slab = above.isResident ? all.axis * all.inner : axis * inner;
      const runs = all.inner === 1 ? 0 : 1;
      const x = term === "dy" ? above.address : source.address;
      instance.kernel(id)(above.address, x, outer, axis, inner, slab, runs, TERMS[term], first | last);
      if (last) results.set(new Float64Array(instance.buffer, instance.ask("channelSumsRoom"), axis), piece.a);
    },
  });
  return (dy, x, { outer, axis, inner }) => {
    above.array = dy;
    source.array = x;
    results = new Float64Array(axis);
    run(new Box(outer, axis, inner));
    return results;
  };
}
