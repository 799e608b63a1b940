/** The ops along an axis in plain JavaScript: row by row. */
import type { Rows } from "../engine/engine.ts";
import { apart, clear } from "../engine/overlap.ts";
import type { RowFormula } from "../model/row.ts";

export function rows(_name: string, formula: RowFormula, reduces: boolean): Rows {
  return (a, b, out, { outer, axis, inner }) => {
    const first = reduces ? clear(a, out) : apart(a, out);
    const second = a === b ? first : apart(b, out);
    for (let o = 0; o < outer; o++) {
      for (let i = 0; i < inner; i++) formula(first, second, out, o * axis * inner + i, axis, inner, o * inner + i);
    }
  };
}
