/** Tables: the first column stays in sight, any column sorts. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

export interface Column<T> {
  readonly head: string;
  /** Under the head. */
  readonly unit?: string | undefined;
  readonly cell: (row: T) => ComponentChildren;
  /** What it sorts by; a column without does not sort. Undefined goes last, whichever way. */
  readonly by?: (row: T) => number | string | undefined;
  /** Of words, to the left. */
  readonly words?: boolean;
  /** Something is bad here. */
  readonly bad?: (row: T) => boolean;
}

interface TableProps<T> {
  /** For screen readers. */
  readonly title: string;
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly columns: readonly Column<T>[];
}

interface Order {
  readonly column: number;
  readonly down: boolean;
}

function sorted<T>(rows: readonly T[], { by }: Column<T>, down: boolean): T[] {
  const sign = down ? -1 : 1;
  return [...rows].sort((one, other) => {
    const [a, b] = [by?.(one), by?.(other)];
    if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
    return sign * (typeof a === "string" || typeof b === "string" ? String(a).localeCompare(String(b)) : a - b);
  });
}

export function Table<T>({ title, rows, keyOf, columns }: TableProps<T>) {
  const [order, setOrder] = useState<Order>();
  const by = order && columns[order.column];
  const shown = order && by ? sorted(rows, by, order.down) : rows;
  const sortBy = (column: number) =>
    setOrder((before) => ({ column, down: before?.column === column ? !before.down : false }));
  const directionOf = (column: number) =>
    order?.column !== column ? undefined : order.down ? ("descending" as const) : ("ascending" as const);
  return (
    // A box that scrolls must be reachable by keyboard.
    <section class="scroll" aria-label={title} tabindex={0}>
      <table>
        <caption class="unseen">{title}</caption>
        <thead>
          <tr>
            {columns.map(({ head, unit, by: sorts, words }, column) => (
              <th key={head + unit} scope="col" class={words ? "words" : ""} aria-sort={directionOf(column)}>
                {sorts ? (
                  <button type="button" onClick={() => sortBy(column)}>
                    {head}
                    <span aria-hidden="true" class="arrow">
                      {"\u00a0"}
                      {order?.column === column ? (order.down ? "▼" : "▲") : "↕"}
                    </span>
                  </button>
                ) : (
                  head
                )}
                {unit && <small>{unit}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ head, unit, cell, words, bad }, column) => {
                const kind = `${words ? "words" : ""}${bad?.(row) ? " bad" : ""}`;
                return column === 0 ? (
                  <th key={head} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={head + unit} class={kind.trim() || undefined}>
                    {cell(row)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
