/** What a call costs beside its elements: short calls, the first call, inputs that are hard. */
import { over } from "../../lookup.ts";
import type { InputSet } from "../../results.ts";
import { digits, sizeText } from "../../show/figures.ts";
import { median } from "../../statistics.ts";
import { Figure, Section } from "../parts/figure.tsx";
import { three } from "../parts/format.ts";
import { type Column, Table } from "../parts/table.tsx";
import type { SectionProps } from "./cost.tsx";

interface Row {
  readonly op: string;
  readonly call: { readonly n: number; readonly ns: number; readonly jsNs: number } | undefined;
  /** Undefined where it was not measured, null where plain JavaScript is never overtaken. */
  readonly winsFrom: number | null | undefined;
  readonly firstMs: number | undefined;
  /** Time with such inputs over that with normal ones. */
  readonly inputs: ReadonlyMap<InputSet, number | undefined>;
}

const SETS = {
  negative: "all negative",
  saturated: "far from 0",
  subnormal: "subnormal",
} as const satisfies Partial<Record<InputSet, string>>;

const sets = Object.keys(SETS) as (keyof typeof SETS)[];

function columnsOf(rows: readonly Row[]): Column<Row>[] {
  const n = rows.find(({ call }) => call)?.call?.n;
  const unit = n === 1 ? "ns, 1 element" : `ns, ${n} elements`;
  const columns: (Column<Row> & { readonly there: boolean })[] = [
    { head: "op", cell: ({ op }) => op, by: ({ op }) => op, there: true },
    { head: "a call", unit, cell: ({ call }) => three(call?.ns), by: ({ call }) => call?.ns, there: n !== undefined },
    {
      head: "plain JS",
      unit,
      cell: ({ call }) => three(call?.jsNs),
      by: ({ call }) => call?.jsNs,
      there: n !== undefined,
    },
    {
      head: "overtakes it at",
      unit: "elements",
      cell: ({ winsFrom }) => (winsFrom === null ? "never" : winsFrom === undefined ? "–" : sizeText(winsFrom)),
      by: ({ winsFrom }) => winsFrom ?? Infinity,
      there: n !== undefined,
    },
    {
      head: "first call",
      unit: "ms, 4,096 elements",
      cell: ({ firstMs }) => digits(firstMs),
      by: ({ firstMs }) => firstMs,
      there: rows.some(({ firstMs }) => firstMs !== undefined),
    },
    ...sets.map((set) => ({
      head: SETS[set],
      unit: "× normal inputs",
      cell: ({ inputs }: Row) => digits(inputs.get(set)),
      by: ({ inputs }: Row) => inputs.get(set),
      bad: ({ inputs }: Row) => (inputs.get(set) ?? 0) > 2,
      there: rows.some(({ inputs }) => inputs.get(set) !== undefined),
    })),
  ];
  return columns.filter(({ there }) => there);
}

export function Calls({ figures, choice }: SectionProps) {
  const { calls, start, ops } = figures.report;
  const { direction, mode } = choice;
  const opening = figures.opening;
  const rows = ops.map(({ name: op }): Row => {
    const call = calls.find((one) => one.op === op && one.direction === direction && one.mode === mode);
    const first = start?.firstCalls.find((one) => one.op === op && one.direction === direction);
    const normal = figures.cost(op, { ...opening, direction: "forward" });
    const inputs = sets.map(
      (set) => [set, over(figures.costWith(op, set, opening)?.ns.median, normal?.ns.median)] as const,
    );
    return { op, call, winsFrom: call?.winsFrom, firstMs: first?.firstMs, inputs: new Map(inputs) };
  });
  const columns = columnsOf(rows);
  if (calls.length + (start?.firstCalls.length ?? 0) === 0) return null;
  const firsts = rows.flatMap(({ firstMs }) => firstMs ?? []);
  const wins = rows.flatMap(({ winsFrom }) => winsFrom ?? []);
  const title = [
    wins.length > 0
      ? `half of the ops overtake plain JavaScript at ${sizeText(Math.round(median(wins)))} elements`
      : "",
    firsts.length > 0 ? `a first call takes ${digits(Math.max(...firsts))} ms at most` : "",
  ].filter((text) => text !== "");
  return (
    <Section id="calls" title="Short calls, first calls, hard inputs">
      <Figure
        title={title.length > 0 ? `Here ${title.join("; ")}` : "What a call costs beside its elements"}
        caption={
          <>
            {start &&
              `Importing the package takes ${digits(start.importMs.median)} ms, its plain JavaScript entry ${digits(start.jsImportMs.median)}. `}
            The first call of an op fills its table, if it has one. Inputs: far from 0, where functions saturate, or
            next to 0, where processors may slow down.
          </>
        }
      >
        <Table title="Calls and inputs" rows={rows} keyOf={({ op }) => op} columns={columns} />
      </Figure>
    </Section>
  );
}
