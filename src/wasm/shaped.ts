/**
 * The ops that are not elementwise on WebAssembly: without copies where all arrays lie in one arena, else through a stage: as many slabs
 * (a slab is what one index of the outer dimensions holds) at a time as stay in the first-level cache, a slab of up to a quarter of a
 * megabyte as a whole, a larger one in pieces, one pass after the other. The kernels see to it that the bits are the same.
 */
import type { Engine, FloatArray, RowName } from "../engine.ts";
import { apart, clear } from "../overlap.ts";
import type { Layout } from "../shape.ts";
import type { Arena, Arenas } from "./arenas.ts";
import type { Instance, Kernel } from "./instance.ts";
import { Stage } from "./stage.ts";

/** Elements of a piece. A multiple of the 16 that the kernels take at a time along a row. */
const PIECE = 4096;
/** Elements of a slab that is staged as a whole. */
const WHOLE = 65536;
/** Columns that the kernels keep the state of. */
const COLUMNS = 512;
/** Channels that they keep the sums of. */
const CHANNELS = 512;

/** Kernels read up to three elements beyond the end. */
const SLACK = 16;
const STAGE_BYTES = 4 * (WHOLE + SLACK);

/** What the stages take. */
export const SHAPED_BYTES = 3 * STAGE_BYTES;

/** The piece has the first, the last elements of its rows. */
const FIRST = 1;
const LAST = 2;

/** What the passes of an op read and write when it is fed in pieces. */
interface Pass {
  readonly a?: "a" | "out";
  readonly b?: true;
  readonly writes?: true;
}

const SOFT: readonly Pass[] = [{ a: "a" }, { a: "a", writes: true }, { a: "out", writes: true }];
const CENTRED: readonly Pass[] = [
  { a: "a", b: true },
  { a: "a", b: true, writes: true },
];
const PASSES: Readonly<Record<RowName, readonly Pass[]>> = {
  softmax: SOFT,
  softmin: SOFT,
  logSoftmax: [{ a: "a" }, { a: "a" }, { a: "a", writes: true }],
  logSumExp: [{ a: "a" }, { a: "a" }, { writes: true }],
  softmaxGrad: CENTRED,
  softminGrad: CENTRED,
  logSoftmaxGrad: [{ a: "a" }, { a: "a", b: true, writes: true }],
};

type Lazily = (name: string) => Kernel;
type InArena = (name: string) => (arena: Arena) => Kernel;
type ShapedOps = Pick<Engine, "rows" | "gated" | "gatedGrad" | "prelu" | "preluGrad">;

export function shapedOps(
  main: Instance,
  arenas: Arenas,
  address: number,
  lazily: Lazily,
  inArena: InArena,
): ShapedOps {
  const first = new Stage(main.buffer, address, WHOLE);
  const second = new Stage(main.buffer, address + STAGE_BYTES, WHOLE);
  const third = new Stage(main.buffer, address + 2 * STAGE_BYTES, WHOLE);
  const A = first.address;
  const B = second.address;
  const C = third.address;

  /** The arena that three arrays lie in. Throws where one of them was freed, so it is asked before any of them is copied. */
  function homeOf(
    op: string,
    whatA: string,
    a: FloatArray,
    whatB: string,
    b: FloatArray,
    whatC: string,
    c: FloatArray,
  ): Arena | undefined {
    const home = arenas.of(op, whatA, a);
    const second = b === a ? home : arenas.of(op, whatB, b);
    const third = arenas.of(op, whatC, c);
    return second === home && third === home ? home : undefined;
  }

  /** Row after row, or some hundred columns after the other, in pieces: pass after pass. */
  function inPieces(name: RowName, a: FloatArray, b: FloatArray, out: FloatArray, layout: Layout): void {
    const { outer, axis, inner } = layout;
    const kernel = main.kernel(`${name}Part`);
    const passes = PASSES[name];
    for (let o = 0; o < outer; o++) {
      for (let column = 0; column < inner; column += COLUMNS) {
        const columns = Math.min(COLUMNS, inner - column);
        const steps = Math.floor(PIECE / columns);
        passes.forEach((pass, k) => {
          const rows = pass.a === undefined ? 1 : axis;
          const from = pass.a === "out" ? out : a;
          // Where a step holds all columns the steps lie side by side.
          const strips = columns === inner ? 1 : steps;
          for (let step = 0; step < rows; step += steps) {
            const n = Math.min(steps, rows - step);
            const start = (o * rows + step) * inner + column;
            const width = strips === 1 ? n * columns : columns;
            const count = strips === 1 ? 1 : n;
            for (let i = 0; i < count; i++) {
              if (pass.a !== undefined) first.put(from, start + i * inner, width, i * width);
              if (pass.b) second.put(b, start + i * inner, width, i * width);
            }
            const last = k + 1 < passes.length && step + n === rows ? LAST : 0;
            const edge = (step === 0 ? FIRST : 0) | last;
            kernel(k, A, a === b ? A : B, A, n, columns, inner === 1 ? 0 : columns, edge);
            if (pass.writes) {
              for (let i = 0; i < count; i++) first.get(out, start + i * inner, width, i * width);
            }
          }
        });
      }
    }
  }

  /** The rows of n slabs from the o-th on. */
  function stageRows(
    kernel: Kernel,
    a: FloatArray,
    b: FloatArray,
    out: FloatArray,
    o: number,
    n: number,
    { axis, inner }: Layout,
    reduces: boolean,
  ): void {
    const slab = axis * inner;
    first.put(a, o * slab, n * slab);
    if (a !== b) second.put(b, o * slab, n * slab);
    const result = reduces ? second : first;
    const size = reduces ? inner : slab;
    kernel(A, a === b ? A : B, result.address, n, axis, inner);
    result.get(out, o * size, n * size);
  }

  function rows(name: RowName, _formula: unknown, reduces: boolean): ReturnType<Engine["rows"]> {
    const kernel = lazily(name);
    const kernelIn = inArena(name);
    const isGradient = name.endsWith("Grad");
    const whatA = isGradient ? "dy" : "x";
    const whatB = isGradient ? "y" : "x";
    return (givenA, givenB, out, layout) => {
      const { outer, axis, inner } = layout;
      if (axis === 0) {
        // Rows without elements: the sum is 0.
        if (reduces) out.fill(-Infinity);
        return;
      }
      const home = arenas.inUse ? homeOf(name, whatA, givenA, whatB, givenB, "out", out) : undefined;
      const slab = axis * inner;
      if (!home && outer * slab <= PIECE) {
        // Read as a whole before anything is written: however the arrays overlap.
        stageRows(kernel, givenA, givenB, out, 0, outer, layout, reduces);
        return;
      }
      const a = reduces ? clear(givenA, out) : apart(givenA, out);
      const b = givenB === givenA ? a : apart(givenB, out);
      if (home && a === givenA && b === givenB) {
        kernelIn(home)(a.byteOffset, b.byteOffset, out.byteOffset, outer, axis, inner);
        return;
      }
      if (slab > WHOLE) {
        inPieces(name, a, b, out, layout);
        return;
      }
      const most = Math.max(1, Math.floor(PIECE / slab));
      for (let o = 0; o < outer; o += most) {
        stageRows(kernel, a, b, out, o, Math.min(most, outer - o), layout, reduces);
      }
    };
  }

  function gated(name: string): ReturnType<Engine["gated"]> {
    const kernel = lazily(name);
    const kernelIn = inArena(name);
    return (given, out, outer, run) => {
      const home = arenas.inUse ? homeOf(name, "x", given, "x", given, "out", out) : undefined;
      const x = !home && 2 * outer * run <= PIECE ? given : clear(given, out);
      if (home && x === given) {
        kernelIn(home)(x.byteOffset, x.byteOffset + 4 * run, out.byteOffset, run, outer);
        return;
      }
      if (2 * run > WHOLE) {
        for (let o = 0; o < outer; o++) {
          for (let at = 0; at < run; at += PIECE) {
            const n = Math.min(PIECE, run - at);
            first.put(x, 2 * o * run + at, n);
            first.put(x, (2 * o + 1) * run + at, n, PIECE);
            kernel(A, A + 4 * PIECE, B, n, 1);
            second.get(out, o * run + at, n);
          }
        }
        return;
      }
      const most = Math.max(1, Math.floor(PIECE / (2 * run)));
      for (let o = 0; o < outer; o += most) {
        const n = Math.min(most, outer - o);
        first.put(x, 2 * o * run, 2 * n * run);
        kernel(A, A + 4 * run, B, run, n);
        second.get(out, o * run, n * run);
      }
    };
  }

  function gatedGrad(of: string): ReturnType<Engine["gatedGrad"]> {
    const name = `${of}Grad`;
    lazily(name);
    const kernelIn = inArena(name);
    return (givenDy, givenX, out, outer, run) => {
      const home = arenas.inUse ? homeOf(name, "dy", givenDy, "x", givenX, "out", out) : undefined;
      const atOnce = !home && 2 * outer * run <= PIECE;
      const dy = atOnce ? givenDy : clear(givenDy, out);
      const x = atOnce ? givenX : apart(givenX, out);
      if (home && dy === givenDy && x === givenX) {
        const half = 4 * run;
        const { byteOffset: from } = x;
        const { byteOffset: to } = out;
        kernelIn(home)(dy.byteOffset, from, from + half, to, to + half, run, outer);
        return;
      }
      const kernel = main.kernel(name);
      if (2 * run > WHOLE) {
        const half = A + 4 * PIECE;
        for (let o = 0; o < outer; o++) {
          for (let at = 0; at < run; at += PIECE) {
            const n = Math.min(PIECE, run - at);
            second.put(dy, o * run + at, n);
            first.put(x, 2 * o * run + at, n);
            first.put(x, (2 * o + 1) * run + at, n, PIECE);
            kernel(B, A, half, A, half, n, 1);
            first.get(out, 2 * o * run + at, n);
            first.get(out, (2 * o + 1) * run + at, n, PIECE);
          }
        }
        return;
      }
      const most = Math.max(1, Math.floor(PIECE / (2 * run)));
      const half = A + 4 * run;
      for (let o = 0; o < outer; o += most) {
        const n = Math.min(most, outer - o);
        second.put(dy, o * run, n * run);
        first.put(x, 2 * o * run, 2 * n * run);
        kernel(B, A, half, A, half, run, n);
        first.get(out, 2 * o * run, 2 * n * run);
      }
    };
  }

  /** The slopes, or room for as many results, in the static memory of an arena; few enough of them. */
  function room(home: Instance, index: 0 | 1, length: number): FloatArray {
    const start = (home.kernel("preluRoom") as unknown as () => number)();
    return new Float32Array(home.buffer, start + index * 4 * CHANNELS, length);
  }

  function prelu(): ReturnType<Engine["prelu"]> {
    const name = "prelu";
    const kernel = lazily(name);
    const kernelIn = inArena(name);
    return (givenX, givenSlope, out, { outer, axis: channels, inner }) => {
      const home = arenas.inUse ? homeOf(name, "x", givenX, "x", givenX, "out", out) : undefined;
      const slopeHome = arenas.inUse ? arenas.of(name, "slope", givenSlope) : undefined;
      const x = apart(givenX, out);
      const atOnce = !home && outer * channels * inner <= PIECE;
      const slope = atOnce ? givenSlope : clear(givenSlope, out);
      if (home && x === givenX && slope === givenSlope && (slopeHome === home || channels <= CHANNELS)) {
        let near = slope;
        if (slopeHome !== home) {
          near = room(home, 0, channels);
          near.set(slope);
        }
        kernelIn(home)(x.byteOffset, near.byteOffset, out.byteOffset, outer, channels, inner);
        return;
      }
      const slab = channels * inner;
      if (slab <= WHOLE && channels <= WHOLE) {
        third.put(slope, 0, channels);
        const most = Math.max(1, Math.floor(PIECE / slab));
        for (let o = 0; o < outer; o += most) {
          const n = Math.min(most, outer - o);
          first.put(x, o * slab, n * slab);
          kernel(A, C, A, n, channels, inner);
          first.get(out, o * slab, n * slab);
        }
        return;
      }
      // Some channels, or a part of one.
      const group = Math.max(1, Math.floor(PIECE / inner));
      const length = Math.min(PIECE, inner);
      for (let o = 0; o < outer; o++) {
        for (let c = 0; c < channels; c += group) {
          const n = Math.min(group, channels - c);
          third.put(slope, c, n);
          for (let i = 0; i < inner; i += length) {
            const part = Math.min(length, inner - i);
            const at = o * slab + c * inner + i;
            first.put(x, at, n * part);
            kernel(A, C, A, 1, n, part);
            first.get(out, at, n * part);
          }
        }
      }
    };
  }

  function preluGrad(): ReturnType<Engine["preluGrad"]> {
    const name = "preluGrad";
    lazily(name);
    const kernelIn = inArena(name);
    return (givenDy, givenX, givenSlope, dx, dslope, { outer, axis: channels, inner }) => {
      const home = arenas.inUse ? homeOf(name, "dy", givenDy, "x", givenX, "dx", dx) : undefined;
      const slopeHome = arenas.inUse ? arenas.of(name, "slope", givenSlope) : undefined;
      const resultHome = arenas.inUse ? arenas.of(name, "dslope", dslope) : undefined;
      const dy = clear(apart(givenDy, dx), dslope);
      const x = clear(apart(givenX, dx), dslope);
      const slope = clear(clear(givenSlope, dx), dslope);
      const asGiven = dy === givenDy && x === givenX && slope === givenSlope;
      const slab = channels * inner;
      if (outer * slab === 0) {
        dslope.fill(0);
        return;
      }
      const runs = inner === 1 ? 0 : 1;
      if (home && asGiven) {
        const kernel = kernelIn(home);
        for (let c = 0; c < channels; c += CHANNELS) {
          const n = Math.min(CHANNELS, channels - c);
          const near = slopeHome === home ? slope.subarray(c, c + n) : room(home, 0, n);
          const result = resultHome === home ? dslope.subarray(c, c + n) : room(home, 1, n);
          if (slopeHome !== home) near.set(slope.subarray(c, c + n));
          const at = 4 * c * inner;
          const edge = FIRST | LAST;
          const to = dx.byteOffset + at;
          kernel(
            dy.byteOffset + at,
            x.byteOffset + at,
            near.byteOffset,
            to,
            result.byteOffset,
            outer,
            n,
            inner,
            slab,
            runs,
            edge,
          );
          if (resultHome !== home) dslope.set(result, c);
        }
        return;
      }
      const kernel = main.kernel(name);
      const result = C + 4 * CHANNELS;
      /** Elements `at` and on, of `slabs` slabs of n channels: where these have runs, `length` of each. */
      const piece = (at: number, slabs: number, n: number, length: number, edge: number) => {
        const count = slabs * n * length;
        second.put(dy, at, count);
        first.put(x, at, count);
        kernel(B, A, C, A, result, slabs, n, length, n * length, runs, edge);
        first.get(dx, at, count);
      };
      if (channels <= CHANNELS && slab <= WHOLE) {
        third.put(slope, 0, channels);
        const most = Math.max(1, Math.floor(PIECE / slab));
        for (let o = 0; o < outer; o += most) {
          const n = Math.min(most, outer - o);
          piece(o * slab, n, channels, inner, (o === 0 ? FIRST : 0) | (o + n === outer ? LAST : 0));
        }
        third.get(dslope, 0, channels, CHANNELS);
        return;
      }
      const group = Math.min(CHANNELS, Math.max(1, Math.floor(PIECE / inner)));
      const length = Math.min(PIECE, inner);
      for (let c = 0; c < channels; c += group) {
        const n = Math.min(group, channels - c);
        third.put(slope, c, n);
        for (let o = 0; o < outer; o++) {
          for (let i = 0; i < inner; i += length) {
            const part = Math.min(length, inner - i);
            const edge = (o === 0 && i === 0 ? FIRST : 0) | (o + 1 === outer && i + part === inner ? LAST : 0);
            piece(o * slab + c * inner + i, 1, n, part, edge);
          }
        }
        third.get(dslope, c, n, CHANNELS);
      }
    };
  }

  return { rows, gated, gatedGrad, prelu, preluGrad };
}
