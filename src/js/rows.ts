/** The ops along an axis in plain JavaScript: row by row. */
import type { Logits, RowForm, Rows } from "../engine/engine.ts";
import { apart, clear } from "../engine/overlap.ts";
import type { FloatArray } from "../model/arrays.ts";
import type { RowFormula } from "../model/row.ts";

export function rows(_name: string, formula: RowFormula, form: RowForm, leftOut: number): Rows {
  return (a, b, out, { outer, axis, inner }, logits) => {
    const first = form === "reduce" ? clear(a, out) : apart(a, out);
    const second = a === b ? first : form === "spread" ? clear(b, out) : apart(b, out);
    const row = logits && form !== "pair" ? new Adjusted(logits, a.length, axis, leftOut, out) : undefined;
    const sinks = logits && sinksOf(logits, out);
    for (let o = 0, at = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++, at++) {
        const start = o * axis * inner + i;
        const terms = logits && { scale: logits.scale, sink: sinks?.(at), zero: logits.zero };
        if (!row) {
          formula(first, second, out, start, axis, inner, at, terms);
        } else if (form === "reduce") {
          formula(row.of(first, start, inner), second, out, 0, axis, 1, at, terms);
        } else {
          const y = row.of(first, start, inner);
          formula(y, second, y, 0, axis, 1, at, terms);
          for (let k = 0; k < axis; k++) out[start + k * inner] = y[k] as number;
        }
      }
    }
  };
}

/** The sink of each row. */
function sinksOf({ sink }: Logits, out: FloatArray): (at: number) => number | undefined {
  if (typeof sink !== "object") return () => sink;
  const sinks = clear(sink, out);
  return (at) => sinks[at];
}

/** One row at a time with scale, bias and mask, each step rounded to float32. */
class Adjusted {
  readonly #logits: Logits;
  readonly #row: Float32Array;
  readonly #length: number;
  readonly #leftOut: number;

  /** Of arrays of this length; `out` may overlap those of the options. */
  constructor(logits: Logits, length: number, axis: number, leftOut: number, out: FloatArray) {
    const { bias, mask } = logits;
    this.#logits = { ...logits, bias: bias && clear(bias, out), mask: mask && clear(mask, out) };
    this.#row = new Float32Array(axis);
    this.#length = length;
    this.#leftOut = leftOut;
  }

  of(x: FloatArray, start: number, stride: number): Float32Array {
    const { scale, bias, mask } = this.#logits;
    const row = this.#row;
    const isRowBias = bias?.length !== this.#length;
    const isRowMask = mask?.length !== this.#length;
    for (let k = 0, i = start; k < row.length; k++, i += stride) {
      row[k] = scale * (x[i] as number);
      if (bias) (row[k] as number) += bias[isRowBias ? k : i] as number;
      if (mask?.[isRowMask ? k : i] === 0) row[k] = this.#leftOut;
    }
    return row;
  }
}
