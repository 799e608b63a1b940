/**
 * The bare loops that the package is compared with: what a good programmer writes in plain
 * JavaScript. The formula is that of the op's row; no argument is checked, nothing but this op runs
 * through the loop, the lengths are at hand.
 *
 * Arrays are parameters, not variables of the closure, which V8 reads again for each element.
 */
import { gateOf } from "../../src/calls/gated.ts";
import type { FloatArray } from "../../src/index.ts";
import { type Curve, type Exported, type Formulas, formulasOf } from "../ops.ts";
import type { Call } from "./inputs.ts";
import type { Maker } from "./types.ts";

/**
 * Computes into `out`, and into the second output if there is one, from as many inputs as it takes,
 * in rows of a length.
 */
export type Loop = (
  out: FloatArray,
  second: FloatArray,
  a: FloatArray,
  b: FloatArray,
  c: FloatArray,
  rows: number,
  length: number,
) => void;

type Rows = Extract<Exported["known"], { kind: "row" | "rowGrad" }>["row"]["value"];
type Half = Extract<Exported["known"], { kind: "gated" | "gatedGrad" }>["row"]["gated"];

function mapLoop({ value, parameters: [a, b, c] }: Formulas): Loop {
  return (out, _, x) => {
    for (let i = 0; i < out.length; i++) out[i] = value(x[i] as number, a, b, c);
  };
}

function mapGradLoop({ derivative, parameters: [a, b, c] }: Formulas): Loop {
  return (out, _, dy, x) => {
    for (let i = 0; i < out.length; i++) out[i] = (dy[i] as number) * derivative(x[i] as number, a, b, c);
  };
}

function rowsLoop(formula: Rows): Loop {
  return (out, _second, x, _b, _c, rows, length) => {
    for (let row = 0; row < rows; row++) formula(x, x, out, row * length, length, 1, row);
  };
}

function reductionGradLoop(formula: Rows): Loop {
  return (out, _, dy, x, __, rows, length) => {
    for (let row = 0; row < rows; row++) formula(x, dy, out, row * length, length, 1, row);
  };
}

function rowsGradLoop(formula: Rows): Loop {
  return (out, _second, dy, y, _c, rows, length) => {
    for (let row = 0; row < rows; row++) formula(dy, y, out, row * length, length, 1, row);
  };
}

function gatedLoop({ value }: Curve, gated: Half): Loop {
  return (out, _, x) => {
    const half = out.length;
    const [gate, other] = gated === "a" ? [0, half] : [half, 0];
    for (let i = 0; i < half; i++) out[i] = value(x[gate + i] as number) * (x[other + i] as number);
  };
}

function gatedGradLoop({ value, derivative }: Curve, gated: Half): Loop {
  return (out, _, dy, x) => {
    const half = dy.length;
    const [gate, other] = gated === "a" ? [0, half] : [half, 0];
    for (let i = 0; i < half; i++) {
      const d = dy[i] as number;
      const g = x[gate + i] as number;
      out[gate + i] = d * (x[other + i] as number) * derivative(g);
      out[other + i] = d * value(g);
    }
  };
}

const preluLoop: Loop = (out, _, x, slope) => {
  const inner = x.length / slope.length;
  for (let c = 0, i = 0; c < slope.length; c++) {
    const s = slope[c] as number;
    for (let end = i + inner; i < end; i++) {
      const v = x[i] as number;
      out[i] = v > 0 ? v : s * v;
    }
  }
};

const preluGradLoop: Loop = (dx, dslope, dy, x, slope) => {
  const inner = x.length / slope.length;
  for (let c = 0, i = 0; c < slope.length; c++) {
    const s = slope[c] as number;
    let sum = 0;
    for (let end = i + inner; i < end; i++) {
      const v = x[i] as number;
      const d = dy[i] as number;
      if (v <= 0) sum += d * v;
      dx[i] = v > 0 ? d : d * s;
    }
    dslope[c] = sum;
  }
};

/**
 * The loop for this function; undefined where there is none. To be made once: of several V8 knows
 * less.
 */
export function loopFor({ known }: Exported): Loop | undefined {
  switch (known.kind) {
    case "map":
      return mapLoop(formulasOf(known));
    case "mapGrad":
      return mapGradLoop(formulasOf(known));
    case "row":
      return rowsLoop(known.row.value);
    case "rowGrad":
      return known.row.derivative && rowsGradLoop(known.row.derivative);
    case "reductionGrad":
      return known.row.derivative && reductionGradLoop(known.row.derivative);
    case "gated":
      return gatedLoop(gateOf(known.row), known.row.gated);
    case "gatedGrad":
      return gatedGradLoop(gateOf(known.row), known.row.gated);
    case "prelu":
      return preluLoop;
    case "preluGrad":
      return preluGradLoop;
  }
}

const NONE = new Float32Array();

/**
 * Calls the loop a number of times, into outputs like these or, if `fresh`, into new ones each
 * time; gives the last ones.
 */
export function repeatLoop(
  loop: Loop,
  { arrays: [a = NONE, b = NONE, c = NONE], layout: [rows, rowLength] }: Pick<Call, "arrays" | "layout">,
  example: readonly FloatArray[],
  fresh: boolean,
  Floats: Maker = Float32Array as Maker,
): (times: number) => FloatArray[] {
  const [length = 0, secondLength = 0] = example.map((array) => array.length);
  const single = example.length === 1;
  let out = new Floats(length);
  let second = new Floats(secondLength);
  if (!fresh) {
    return (times) => {
      for (let i = 0; i < times; i++) loop(out, second, a, b, c, rows, rowLength);
      return [out, second].slice(0, example.length);
    };
  }
  return (times) => {
    for (let i = 0; i < times; i++) {
      out = new Floats(length);
      if (!single) second = new Floats(secondLength);
      loop(out, second, a, b, c, rows, rowLength);
    }
    return [out, second].slice(0, example.length);
  };
}
