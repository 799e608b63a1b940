/** The ops along an axis on WebAssembly. A slab too large to be staged goes in pieces, one pass after the other. */
import type { Rows } from "../engine/engine.ts";
import { kernelId } from "./instance.ts";
import { Operand } from "./operand.ts";
import type { Runtime } from "./runtime.ts";
import { PIECE, type Stage } from "./stage.ts";
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

export function rows(runtime: Runtime, name: string, _formula: unknown, reduces: boolean): Rows {
  const { main, arenas } = runtime;
  const id = kernelId(name);
  const partId = kernelId(`${name}Part`);
  const first = new Operand("all", 0);
  const second = new Operand("all", 1);
  const target = reduces ? new Operand("row", 1) : new Operand("all", 0);
  const passes: number[] = [];
  for (let bits = main.ask(`${name}Passes`); bits !== 0; bits >>>= BITS) passes.push(bits & 15);
  const pairs = passes.some((pass) => pass & READS_B);

  /** One pass over a part of some columns. */
  function part(k: number, piece: Box, all: Box): void {
    const pass = passes[k] as number;
    const source = pass & READS_OUT ? target : first;
    for (const operand of [first, second, target]) operand.open(piece, all);
    if (pass & (READS_A | READS_OUT)) source.load(piece, all);
    if (pass & READS_B) second.load(piece, all);
    const last = k + 1 < passes.length && piece.a + piece.axis === all.axis ? LAST : 0;
    const edge = (piece.a === 0 ? FIRST : 0) | last;
    const stride = all.inner === 1 ? 0 : piece.inner;
    const { address } = target;
    main.kernel(partId)(k, source.address, second.address, address, piece.axis, piece.inner, stride, edge);
    if (pass & WRITES) target.store(piece, all);
  }

  const run = staged(runtime, {
    inputs: pairs ? [first, second] : [first],
    outputs: [target],
    mostAxis: Infinity,
    cut(all) {
      second.settle(main);
      each(all, 1, all.axis, COLUMNS, (columns) => {
        const steps = Math.floor(PIECE / columns.inner);
        passes.forEach((pass, k) => {
          const reads = pass & (READS_A | READS_OUT);
          each(columns, 1, reads ? steps : all.axis, columns.inner, (piece) => {
            part(k, reads ? piece : new Box(1, 1, piece.inner, piece.o, 0, piece.i), all);
          });
        });
      });
    },
    compute(instance, { outer, axis, inner }) {
      const b = pairs ? second.address : first.address;
      instance.kernel(id)(first.address, b, target.address, outer, axis, inner);
    },
  });
  const [stage, other] = main.stages as [Stage, Stage];
  const result = reduces ? other : stage;
  return (a, b, out, { outer, axis, inner }) => {
    if (a.length <= PIECE && !arenas.inUse) {
      // What is short takes the shortest way.
      stage.put(a, 0, a.length);
      if (pairs) other.put(b, 0, b.length);
      main.kernel(id)(stage.address, pairs ? other.address : stage.address, result.address, outer, axis, inner);
      result.get(out, 0, out.length);
      return;
    }
    first.array = a;
    if (pairs) second.array = b;
    target.array = out;
    run(new Box(outer, axis, inner));
  };
}
