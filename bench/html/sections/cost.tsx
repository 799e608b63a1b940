/** The cost of each op: ours, plain JavaScript, a copy. */

import { over, YARDSTICK } from "../../lookup.ts";
import { digits, sizeText } from "../../show/figures.ts";
import { median } from "../../statistics.ts";
import { costCard } from "../card.ts";
import { type Choice, linkTo } from "../choice.ts";
import type { Figures, Pair } from "../figures.ts";
import { Check, Controls, Copy, Select } from "../parts/controls.tsx";
import { Figure, Legend, Section } from "../parts/figure.tsx";
import { plain } from "../parts/format.ts";
import { Dumbbell, Rows } from "../parts/rows.tsx";
import { logScale, type Scale } from "../parts/scale.ts";
import { type Column, Table } from "../parts/table.tsx";
import { DIRECTIONS, ENGINES, FAMILIES, MODES, nsText, spreadText } from "../words.ts";

export interface SectionProps {
  readonly figures: Figures;
  readonly choice: Choice;
  readonly choose: (changes: Partial<Choice>) => void;
}

/**
 * While a run fills the chart its axis must not move: nanoseconds that every op on every machine
 * falls into.
 */
const WHILE_RUNNING = logScale([0.02, 100]);

function tipOf({ ours, js, gain, relus }: Pair): string {
  const parts = [
    `${nsText(ours)} ns per element (${spreadText(ours)})`,
    js ? `plain JavaScript ${nsText(js)} ns (${spreadText(js)}): ${digits(gain)} times as long` : "",
    relus === undefined ? "" : `${digits(relus)} × ${YARDSTICK}`,
    `${digits(ours.gbPerSecond)} GB/s`,
  ];
  return parts.filter((part) => part !== "").join("; ");
}

function titleOf(pairs: readonly Pair[]): string {
  const [cheapest, dearest] = [pairs[0], pairs.at(-1)];
  if (!cheapest || !dearest || pairs.length < 2) return "What it costs";
  return `${dearest.op} costs ${digits(dearest.ours.ns.median / cheapest.ours.ns.median)} times as much as ${cheapest.op}`;
}

const COLUMNS = (copyNs: number | undefined): Column<Pair>[] => [
  { head: "op", cell: ({ op }) => op, by: ({ op }) => op },
  {
    head: "ours",
    unit: "ns per element",
    cell: ({ ours }) => nsText(ours),
    by: ({ ours }) => ours.ns.median,
  },
  { head: "spread", cell: ({ ours }) => spreadText(ours), by: ({ ours }) => ours.ns.mad / ours.ns.median },
  {
    head: "slowest 1 %",
    unit: "ns per element",
    cell: ({ ours }) => digits(ours.ns.p99),
    by: ({ ours }) => ours.ns.p99,
  },
  {
    head: "plain JS",
    unit: "ns per element",
    cell: ({ js }) => nsText(js),
    by: ({ js }) => js?.ns.median,
  },
  { head: "JS : ours", unit: "times", cell: ({ gain }) => digits(gain), by: ({ gain }) => gain },
  { head: "cost", unit: `× ${YARDSTICK}`, cell: ({ relus }) => digits(relus), by: ({ relus }) => relus },
  {
    head: "cost",
    unit: "× copy",
    cell: ({ ours }) => digits(over(ours.ns.median, copyNs)),
    by: ({ ours }) => over(ours.ns.median, copyNs),
  },
  { head: "traffic", unit: "GB/s", cell: ({ ours }) => digits(ours.gbPerSecond), by: ({ ours }) => ours.gbPerSecond },
];

function Situations({ figures, choice, choose }: SectionProps) {
  const families = [...new Set(figures.report.ops.map(({ family }) => family))];
  return (
    <Controls title="What the chart shows">
      <Select
        label="Direction"
        value={choice.direction}
        options={figures.directions.map((value) => ({ value, text: DIRECTIONS[value] }))}
        onPick={(direction) => choose({ direction })}
      />
      <Select
        label="Arrays"
        value={choice.mode}
        options={figures.modes.map((value) => ({ value, text: MODES[value] }))}
        onPick={(mode) => choose({ mode })}
      />
      <Select
        label="Elements per call"
        value={choice.n}
        options={figures.sizes.map((value) => ({ value, text: sizeText(value) }))}
        onPick={(n) => choose({ n })}
      />
      <Select
        label="Family"
        value={choice.family}
        options={(["all", ...families] as const).map((value) => ({ value, text: FAMILIES[value] }))}
        onPick={(family) => choose({ family })}
      />
      <Check
        label={`As multiples of ${YARDSTICK}`}
        checked={choice.relative}
        onPick={(relative) => choose({ relative })}
      />
    </Controls>
  );
}

export function Cost(props: SectionProps & { readonly running?: boolean }) {
  const { figures, choice, choose, running = false } = props;
  const found = figures.pairs(choice).filter(({ facts }) => choice.family === "all" || facts.family === choice.family);
  const copy = figures.copy(choice);
  const yardstick = figures.cost(YARDSTICK, choice);
  const relative = choice.relative && yardstick !== undefined;
  const unit = relative ? yardstick.ns.median : 1;
  const valuesOf = ({ ours, js }: Pair) => [ours, js].flatMap((cost) => (cost ? cost.ns.median / unit : []));
  const copyAt = copy && copy.ns.median / unit;
  const scale: Scale =
    running && !relative ? WHILE_RUNNING : logScale([...found.flatMap(valuesOf), ...(copyAt ? [copyAt] : [1])]);
  const gains = found.flatMap(({ gain }) => gain ?? []);
  const lineOf = (pair: Pair) => {
    const [from = 0, to] = valuesOf(pair).map(scale.at);
    return {
      name: pair.op,
      marks: <Dumbbell from={from} to={to} />,
      figure: nsText(pair.ours, unit),
      tip: tipOf(pair),
      chosen: choice.ops.includes(pair.op),
    };
  };
  // While a run goes on, every op keeps its line.
  const waiting = (name: string) => ({ name, marks: null, figure: "…", tip: "not measured yet" });
  const byName = new Map(found.map((pair) => [pair.op, pair]));
  const lines = running
    ? figures.report.ops.map(({ name }) => {
        const pair = byName.get(name);
        return pair ? lineOf(pair) : waiting(name);
      })
    : found.map(lineOf);
  return (
    <Section id="cost" title="What each activation costs">
      <Figure
        title={titleOf(found)}
        caption={
          <>
            Time per element{relative ? `, as multiples of ${YARDSTICK}'s` : ""}, logarithmic: left is cheaper.
            {gains.length > 1 && ` Plain JavaScript takes ${digits(median(gains))} times as long (median).`}
          </>
        }
        controls={<Situations {...props} />}
        numbers={() => (
          <Table title="Cost of each op" rows={found} keyOf={({ op }) => op} columns={COLUMNS(copy?.ns.median)} />
        )}
      >
        <Legend
          keys={[
            { sign: "dot", text: ENGINES[figures.engine] },
            ...(figures.engine === "js" ? [] : [{ sign: "ring", hue: "grey", text: ENGINES.js } as const]),
            ...(copy ? [{ sign: "rule", hue: "grey", text: "a copy" } as const] : []),
          ]}
        />
        {lines.length > 0 ? (
          <Rows
            id="costs"
            lines={lines}
            scale={scale}
            tickText={plain}
            axis={relative ? `× ${YARDSTICK}` : "ns per element"}
            rules={copyAt ? [copyAt] : []}
            columns={lines.length > 16 ? 2 : 1}
            onPick={(name) => choose({ ops: [name, choice.ops[0]], parameters: [{}, choice.parameters[0]] })}
          />
        ) : (
          <p>No op of this family was measured in this situation.</p>
        )}
      </Figure>
      <div class="actions">
        <Copy label="Copy as Markdown" textOf={() => costCard(figures, choice)} />
        <Copy
          label="Copy as JSON"
          textOf={() =>
            JSON.stringify(
              found.map(({ ours, js }) => ({ ours, js })),
              undefined,
              1,
            )
          }
        />
        <Copy label="Copy a link to this view" textOf={() => linkTo(figures, choice)} />
      </div>
    </Section>
  );
}
