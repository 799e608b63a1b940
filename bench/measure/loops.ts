/**
 * The bare loops that the package is compared with: what a good programmer writes in plain JavaScript. The formula is that of the op's
 * row; no argument is checked, nothing but this op runs through the loop, the lengths are at hand.
 */
import { gateOf } from "../../src/calls/gated.ts";
import type { FloatArray } from "../../src/index.ts";
import type { Curve, Exported } from "../ops.ts";
import type { Call } from "./inputs.ts";

/** Computes into `out`, and into the second output if there is one. */
export type Loop = (out: FloatArray, second: FloatArray) => void;

type Rows = Extract<Exported["known"], { kind: "row" | "rowGrad" }>["row"]["value"];

function mapLoop({ value }: Curve, x: FloatArray): Loop {
  return (out) => {
    for (let i = 0; i < out.length; i++) out[i] = value(x[i] as number);
  };
}

function mapGradLoop({ derivative }: Curve, dy: FloatArray, x: FloatArray): Loop {
  return (out) => {
    for (let i = 0; i < out.length; i++) out[i] = (dy[i] as number) * derivative(x[i] as number);
  };
}

function rowsLoop(formula: Rows, a: FloatArray, b: FloatArray, [rows, length]: readonly [number, number]): Loop {
  return (out) => {
    for (let row = 0; row < rows; row++) formula(a, b, out, row * length, length, 1, row);
  };
}

function gatedLoop({ value }: Curve, gated: "a" | "b", x: FloatArray): Loop {
  const half = x.length / 2;
  const [gate, other] = gated === "a" ? [0, half] : [half, 0];
  return (out) => {
    for (let i = 0; i < out.length; i++) out[i] = value(x[gate + i] as number) * (x[other + i] as number);
  };
}

function gatedGradLoop({ value, derivative }: Curve, gated: "a" | "b", dy: FloatArray, x: FloatArray): Loop {
  const half = x.length / 2;
  const [gate, other] = gated === "a" ? [0, half] : [half, 0];
  return (out) => {
    for (let i = 0; i < dy.length; i++) {
      const d = dy[i] as number;
      const g = x[gate + i] as number;
      out[gate + i] = d * (x[other + i] as number) * derivative(g);
      out[other + i] = d * value(g);
    }
  };
}

function preluLoop(x: FloatArray, slope: FloatArray): Loop {
  const inner = x.length / slope.length;
  return (out) => {
    for (let c = 0, i = 0; c < slope.length; c++) {
      const s = slope[c] as number;
      for (let end = i + inner; i < end; i++) {
        const v = x[i] as number;
        out[i] = v > 0 ? v : s * v;
      }
    }
  };
}

function preluGradLoop(dy: FloatArray, x: FloatArray, slope: FloatArray): Loop {
  const inner = x.length / slope.length;
  return (dx, dslope) => {
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
}

/** The loop for a call of this function; undefined where there is none. */
export function loopFor({ known }: Exported, curve: Curve | undefined, { arrays, layout }: Call): Loop | undefined {
  const [a, b, c] = arrays;
  if (!a) return undefined;
  switch (known.kind) {
    case "map":
      return curve && mapLoop(curve, a);
    case "mapGrad":
      return curve && b && mapGradLoop(curve, a, b);
    case "row":
      return rowsLoop(known.row.value, a, a, layout);
    case "rowGrad":
      return known.row.derivative && b && rowsLoop(known.row.derivative, a, b, layout);
    case "gated":
      return gatedLoop(gateOf(known.row), known.row.gated, a);
    case "gatedGrad":
      return b && gatedGradLoop(gateOf(known.row), known.row.gated, a, b);
    case "prelu":
      return b && preluLoop(a, b);
    case "preluGrad":
      return b && c && preluGradLoop(a, b, c);
  }
}

/** Calls the loop a number of times, into outputs like these or, if `fresh`, into new ones each time; gives the last ones. */
export function repeatLoop(
  loop: Loop,
  example: readonly FloatArray[],
  fresh: boolean,
): (times: number) => FloatArray[] {
  const [length = 0, secondLength = 0] = example.map((array) => array.length);
  const single = example.length === 1;
  let out = new Float32Array(length);
  let second = new Float32Array(secondLength);
  if (!fresh) {
    return (times) => {
      for (let i = 0; i < times; i++) loop(out, second);
      return [out, second].slice(0, example.length);
    };
  }
  return (times) => {
    for (let i = 0; i < times; i++) {
      out = new Float32Array(length);
      if (!single) second = new Float32Array(secondLength);
      loop(out, second);
    }
    return [out, second].slice(0, example.length);
  };
}
