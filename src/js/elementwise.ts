/** The elementwise ops in plain JavaScript. */
import type { Backward, Forward } from "../engine/engine.ts";
import { apart } from "../engine/overlap.ts";
import type { Formula } from "../model/row.ts";

export function map(_name: string, { value }: Formula): Forward {
  return (x, out, { a, b, c }) => {
    const from = apart(x, out);
    for (let i = 0; i < from.length; i++) out[i] = value(from[i] as number, a, b, c);
  };
}

export function mapGrad(_name: string, { derivative }: Formula): Backward {
  return (dy, x, out, { a, b, c }) => {
    const above = apart(dy, out);
    const from = apart(x, out);
    for (let i = 0; i < from.length; i++) out[i] = (above[i] as number) * derivative(from[i] as number, a, b, c);
  };
}
