/**
 * The parameters of a row as its formulas take them: for gates, and for whoever walks over the
 * table.
 */
import type { Param, Parameters, Row } from "../model/row.ts";

/** Of these values, in the order of `params`; of the defaults where there is none. */
export function parametersOf(
  row: Pick<Row<string>, "params" | "exactParams">,
  values: readonly number[] = [],
): Parameters {
  const used = Object.values<Param>(row.params ?? {}).map((param, i) => {
    const value = values[i] ?? param.default;
    return row.exactParams ? value : Math.fround(value);
  });
  const [a = 0, b = 0, c = 0] = used;
  return { a, b, c };
}
