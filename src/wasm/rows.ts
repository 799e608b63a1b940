/**
 * The ops along an axis on WebAssembly. A slab too large to be staged goes in pieces, one pass
 * after the other.
 */
import type { Logits, RowForm, Rows } from "../engine/engine.ts";
import { isHalf } from "../engine/kinds.ts";
import type { FloatArray } from "../model/arrays.ts";
import { type Instance, kernelId } from "./instance.ts";
import { indexOf, LogitOperands, spansOf } from "./logits.ts";
import { type ArenaPlace, meet } from "./marks.ts";
import { Operand } from "./operand.ts";
import type { Runtime } from "./runtime.ts";
import { PIECE, type Stage, WHOLE } from "./stage.ts";
import { staged } from "./staged.ts";
import { Box, each } from "./walk.ts";

/** Columns that the kernels keep the state of. */
const COLUMNS = 512;

/** The piece holds the first, the last elements of its rows. */
const FIRST = 1;
const LAST = 2;

/** What a pass reads and writes: bits of `<op>Passes`, four a pass. */
const READS_A = 1;
const READS_B = 2;
const READS_OUT = 4;
const WRITES = 8;
const BITS = 4;

/** Which span and stage the second input has. */
function secondOf(form: RowForm): Operand | undefined {
  return form === "pair" ? new Operand("all", 1) : form === "spread" ? new Operand("row", 1) : undefined;
}

type Call = (a: FloatArray, b: FloatArray, out: FloatArray, all: Box, logits: Logits | undefined) => void;

/** A call with these options, or none. */
function callOf(runtime: Runtime, kernel: Kernels, form: RowForm, logits: LogitOperands | undefined): Call {
  const { main } = runtime;
  const first = new Operand("all", 0);
  const second = secondOf(form);
  const target = form === "reduce" ? new Operand("row", 1) : new Operand("all", 0);
  const further = logits?.all ?? [];
  const inputs = second ? [first, second, ...further] : [first, ...further];
  const has = Number(logits !== undefined);
  const passes: number[] = [];
  for (let bits = main.ask(`${kernel.name}Passes`, has); bits !== 0; bits >>>= BITS) passes.push(bits & 15);

  /** One pass over a part of some columns; true where it is to be done again. */
  function part(k: number, piece: Box, all: Box): boolean {
    const pass = passes[k] as number;
    for (const operand of inputs) operand.open(piece, all);
    target.open(piece, all);
    if (pass & READS_A) first.load(piece, all);
    if (pass & READS_OUT) target.load(piece, all);
    if (pass & READS_B || form === "spread") second?.load(piece, all);
    for (const operand of further) operand.load(piece, all);
    logits?.tell(main);
    const last = k + 1 < passes.length && piece.a + piece.axis === all.axis ? LAST : 0;
    const edge = (piece.a === 0 ? FIRST : 0) | last;
    const stride = all.inner === 1 ? 0 : piece.inner;
    const a = pass & READS_OUT ? target.address : first.address;
    const b = second?.address ?? a;
    const again = main.kernel(kernel.part)(k, a, b, target.address, piece.axis, piece.inner, stride, edge, has);
    if (pass & WRITES) target.store(piece, all);
    return Boolean(again);
  }

  // The arrays of the options have half a stage each.
  const mostSlab = logits ? WHOLE / 2 : WHOLE;

  const run = staged(runtime, {
    inputs,
    outputs: [target],
    mostAxis: Infinity,
    mostSlab,
    cut(all) {
      each(all, 1, all.axis, COLUMNS, (columns) => {
        const steps = Math.floor(PIECE / columns.inner);
        passes.forEach((pass, k) => {
          const reads = pass & (READS_A | READS_OUT);
          let again = true;
          while (again) {
            each(columns, 1, reads ? steps : all.axis, columns.inner, (piece) => {
              again = part(k, reads ? piece : new Box(1, 1, piece.inner, piece.o, 0, piece.i), all);
            });
          }
        });
      });
    },
    compute(instance, { outer, axis, inner }) {
      logits?.tell(instance);
      const b = second?.address ?? first.address;
      instance.kernel(kernel.whole)(first.address, b, target.address, outer, axis, inner, has);
    },
  });
  /**
   * Between the passes over what is cut, `out` holds what needs the range and the digits of
   * float32.
   */
  const keeps = passes.some((pass) => pass & READS_OUT);

  /** Through an array of float32, which is then narrowed. */
  function runWide(out: FloatArray, all: Box): void {
    const wide = new Float32Array(out.length);
    target.array = wide;
    run(all);
    const [stage] = main.stages as [Stage];
    each(new Box(1, 1, out.length), 1, 1, PIECE, ({ i, inner }) => {
      stage.put(wide, i, inner);
      stage.get(out, i, inner);
    });
  }

  return (a, b, out, all, given) => {
    first.array = a;
    if (second) second.array = b;
    if (given) logits?.set(given);
    if (keeps && all.axis * all.inner > mostSlab && isHalf(out)) {
      runWide(out, all);
      return;
    }
    target.array = out;
    run(all);
  };
}

/** The kernels of an op by their numbers, over whole arrays and over pieces. */
interface Kernels {
  readonly name: string;
  readonly whole: number;
  readonly part: number;
}

export function rows(runtime: Runtime, name: string, form: RowForm): Rows {
  const { main, arenas } = runtime;
  const kernels = { name, whole: kernelId(name), part: kernelId(`${name}Part`) };
  const plain = callOf(runtime, kernels, form, undefined);
  const [stage, other] = main.stages as [Stage, Stage];
  const hasSecond = form === "pair" || form === "spread";
  const result = form === "reduce" ? other : stage;
  /** One for each combination of options that was met. */
  const calls: Call[] = [];

  function callWith(logits: Logits, length: number): Call {
    const spans = spansOf(logits, length);
    const index = indexOf(spans);
    calls[index] ??= callOf(runtime, kernels, form, new LogitOperands(spans));
    return calls[index];
  }

  /** Where a short call can run without copies; of one input `beside` is that one again. */
  function homeOf(from: ArenaPlace, beside: ArenaPlace, to: ArenaPlace): Instance | undefined {
    const { home } = from;
    if (to.home !== home || beside.home !== home) return undefined;
    return meet(from, to, form !== "reduce") || (hasSecond && meet(beside, to, form === "pair")) ? undefined : home;
  }

  return (a, b, out, { outer, axis, inner }, logits) => {
    // What is short takes the shortest way.
    if (!logits && a.length <= PIECE) {
      const from = arenas.residentPlaceOf(a);
      const to = from && arenas.residentPlaceOf(out);
      const beside = hasSecond ? to && arenas.residentPlaceOf(b) : from;
      const home = from && to && beside && homeOf(from, beside, to);
      if (from && to && beside && home) {
        home.kernel(kernels.whole)(from.address, beside.address, to.address, outer, axis, inner, 0);
        return;
      }
      stage.put(a, 0, a.length);
      if (hasSecond) other.put(b, 0, b.length);
      const second = hasSecond ? other.address : stage.address;
      main.kernel(kernels.whole)(stage.address, second, result.address, outer, axis, inner, 0);
      result.get(out, 0, out.length);
      return;
    }
    const call = logits ? callWith(logits, a.length) : plain;
    call(a, b, out, new Box(outer, axis, inner), logits);
  };
}
