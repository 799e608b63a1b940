/** What changed since an earlier report. */
import type { Change } from "../../results.ts";
import { digits, sizeText } from "../../show/figures.ts";
import type { Figures } from "../figures.ts";
import { Section } from "../parts/figure.tsx";
import { type Column, Table } from "../parts/table.tsx";
import { ENGINES, MODES } from "../words.ts";

const COLUMNS: readonly Column<Change>[] = [
  { head: "op", cell: ({ op }) => op, by: ({ op }) => op },
  { head: "direction", words: true, cell: ({ direction }) => direction, by: ({ direction }) => direction },
  { head: "engine", words: true, cell: ({ engine }) => ENGINES[engine], by: ({ engine }) => engine },
  { head: "arrays", words: true, cell: ({ mode }) => MODES[mode], by: ({ mode }) => mode },
  { head: "inputs", words: true, cell: ({ inputs }) => inputs, by: ({ inputs }) => inputs },
  { head: "elements", cell: ({ n }) => sizeText(n), by: ({ n }) => n },
  { head: "before", unit: "ns per element", cell: ({ before }) => digits(before), by: ({ before }) => before },
  { head: "now", unit: "ns per element", cell: ({ after }) => digits(after), by: ({ after }) => after },
  {
    head: "now : before",
    cell: ({ before, after }) => digits(after / before),
    by: ({ before, after }) => after / before,
  },
];

export function Changes({ figures }: { readonly figures: Figures }) {
  const { comparison } = figures.report;
  if (!comparison) return null;
  const { package: version, date, sameMachine, compared, noisy, changes } = comparison;
  return (
    <Section id="changes" title="What changed">
      <p>
        {changes.length} of {compared} costs differ beyond the noise from those of version {version}, measured on{" "}
        {date.slice(0, 10)}
        {sameMachine
          ? " on this machine"
          : " on another machine or runtime, so that they cannot be held against each other"}
        ; {noisy} are too noisy to tell.
      </p>
      {changes.length > 0 && (
        <Table
          title="Costs that changed"
          rows={changes}
          keyOf={({ op, direction, engine, mode, inputs, n }) => [op, direction, engine, mode, inputs, n].join()}
          columns={COLUMNS}
        />
      )}
    </Section>
  );
}
