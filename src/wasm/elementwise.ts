/**
 * The elementwise ops on WebAssembly. What is short or lies in one memory takes the shortest way.
 */
import type { Backward, Forward } from "../engine/engine.ts";
import { runsAhead } from "../engine/overlap.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { Curve } from "../model/curve.ts";
import type { Parameters } from "../model/row.ts";
import { kernelId } from "./instance.ts";
import type { ArenaPlace } from "./marks.ts";
import { Operand } from "./operand.ts";
import type { Runtime } from "./runtime.ts";
import { copyFew, FEW, PIECE } from "./stage.ts";
import { Box, each } from "./walk.ts";

/** True where n elements at two addresses overlap, but not each with itself. */
function shifted(from: number, to: number, n: number): boolean {
  return from !== to && Math.abs(from - to) < 4 * n;
}

/**
 * Piece by piece; from the end where `out` runs ahead of an input, for then no copy is needed. From
 * the end an input must not lie ahead of `out`: such a one is copied.
 */
function inPieces({ main }: Runtime, inputs: readonly Operand[], out: Operand, call: (n: number) => void): void {
  const backwards = inputs.some((input) => runsAhead(out.array, input.array));
  for (const input of inputs) {
    const { array } = input;
    if (backwards && runsAhead(array, out.array)) input.array = new Float32Array(array);
  }
  const all = new Box(1, 1, out.array.length);
  const operands = [...inputs, out];
  for (const operand of operands) operand.settle(main);
  const visit = (piece: Box) => {
    for (const operand of operands) operand.open(piece, all);
    for (const input of inputs) input.load(piece, all);
    call(piece.inner);
    out.store(piece, all);
  };
  each(all, 1, 1, PIECE, visit, backwards);
  for (const operand of operands) operand.release();
}

export function map(runtime: Runtime, name: string, curve?: Curve): Forward {
  const { main } = runtime;
  const id = curve ?? kernelId(name);
  const stage = main.stages[0];
  const source = new Operand("all", 0);
  const target = new Operand("all", 0);

  // By itself: a function with a closure in it allocates at every call.
  function large(x: FloatArray, out: FloatArray, { a, b, c }: Parameters): void {
    const kernel = main.kernel(id);
    source.array = x;
    target.array = out;
    inPieces(runtime, [source], target, (count) => kernel(source.address, target.address, count, a, b, c));
  }

  return (x, out, parameters, xPlace, outPlace) => {
    const n = out.length;
    if (xPlace && outPlace) {
      const { home, address: from } = xPlace as ArenaPlace;
      const { home: other, address: to } = outPlace as ArenaPlace;
      if (home && other === home && !shifted(from, to, n)) {
        home.kernel(id)(from, to, n, parameters.a, parameters.b, parameters.c);
        return;
      }
    }
    if (n > PIECE || !stage) {
      large(x, out, parameters);
      return;
    }
    if (n <= FEW) copyFew(x, stage.all, n);
    else stage.put(x, 0, n);
    main.kernel(id)(stage.address, stage.address, n, parameters.a, parameters.b, parameters.c);
    if (n <= FEW) copyFew(stage.all, out, n);
    else stage.get(out, 0, n);
  };
}

export function mapGrad(runtime: Runtime, name: string, curve?: Curve): Backward {
  const { main } = runtime;
  const id = curve ?? kernelId(`${name}Grad`);
  const [stage, second] = main.stages;
  const first = new Operand("all", 0);
  const source = new Operand("all", 1);
  const target = new Operand("all", 0);

  function large(dy: FloatArray, x: FloatArray, out: FloatArray, { a, b, c }: Parameters): void {
    const kernel = main.kernel(id);
    first.array = dy;
    source.array = x;
    target.array = out;
    inPieces(runtime, [first, source], target, (count) =>
      kernel(first.address, source.address, target.address, count, a, b, c),
    );
  }

  return (dy, x, out, parameters, dyPlace, xPlace, outPlace) => {
    const n = out.length;
    if (dyPlace && xPlace && outPlace) {
      const { home, address: above } = dyPlace as ArenaPlace;
      const { home: second, address: from } = xPlace as ArenaPlace;
      const { home: third, address: to } = outPlace as ArenaPlace;
      if (home && second === home && third === home && !shifted(above, to, n) && !shifted(from, to, n)) {
        home.kernel(id)(above, from, to, n, parameters.a, parameters.b, parameters.c);
        return;
      }
    }
    if (n > PIECE || !stage || !second) {
      large(dy, x, out, parameters);
      return;
    }
    if (n <= FEW) {
      copyFew(dy, stage.all, n);
      copyFew(x, second.all, n);
    } else {
      stage.put(dy, 0, n);
      second.put(x, 0, n);
    }
    main.kernel(id)(stage.address, second.address, stage.address, n, parameters.a, parameters.b, parameters.c);
    if (n <= FEW) copyFew(stage.all, out, n);
    else stage.get(out, 0, n);
  };
}
