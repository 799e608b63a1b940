/** Cost and memory traffic against the size of the arrays. */
import { COPY } from "../../lookup.ts";
import type { Cost, Engine } from "../../results.ts";
import { digits, sizeText } from "../../show/figures.ts";
import { Controls, Select } from "../parts/controls.tsx";
import { Figure, Legend, Section } from "../parts/figure.tsx";
import { plain } from "../parts/format.ts";
import { Lines, type Series } from "../parts/lines.tsx";
import { logScale } from "../parts/scale.ts";
import { type Column, Table } from "../parts/table.tsx";
import { ENGINES } from "../words.ts";
import type { SectionProps } from "./cost.tsx";

const HUES = [1, 2] as const;

/** Elements: from here on most processors wait for memory. */
const BEYOND_CACHES = 2 ** 20;

interface Sized {
  readonly op: string;
  readonly costs: ReadonlyMap<number, Cost>;
}

function columnsOf(sizes: readonly number[], figureOf: (cost: Cost) => number): Column<Sized>[] {
  return [
    { head: "op", cell: ({ op }) => op, by: ({ op }) => op },
    ...sizes.map((n): Column<Sized> => {
      const at = ({ costs }: Sized) => {
        const cost = costs.get(n);
        return cost && figureOf(cost);
      };
      return { head: sizeText(n), unit: "elements", cell: (row) => digits(at(row)), by: at };
    }),
  ];
}

export function Sizes({ figures, choice, choose }: SectionProps) {
  const { sizes } = figures;
  if (sizes.length < 2) return null;
  const costsOf = (op: string, engine: Engine) =>
    new Map(
      sizes.flatMap((n) => {
        const cost = op === COPY ? figures.copy({ ...choice, n }) : figures.cost(op, { ...choice, n }, engine);
        return cost ? [[n, cost] as const] : [];
      }),
    );
  const all = figures.report.ops
    .map(({ name }): Sized => ({ op: name, costs: costsOf(name, figures.engine) }))
    .filter(({ costs }) => costs.size > 0);
  const copy: Sized = { op: COPY, costs: costsOf(COPY, figures.engine) };
  const names = [...new Set(choice.ops)].filter((op) => all.some((one) => one.op === op));
  const points = (costs: ReadonlyMap<number, Cost>, figureOf: (cost: Cost) => number) =>
    [...costs].map(([n, cost]) => ({ x: n, y: figureOf(cost) }));
  const ns = (cost: Cost) => cost.ns.median;
  const traffic = (cost: Cost) => cost.gbPerSecond;

  const costSeries = names.flatMap((op, i): Series[] => [
    { name: op, hue: HUES[i] ?? 1, points: points(costsOf(op, figures.engine), ns) },
    ...(figures.engine === "wasm"
      ? [{ name: `${op}, plain JavaScript`, hue: HUES[i] ?? 1, dashed: true, points: points(costsOf(op, "js"), ns) }]
      : []),
  ]);
  const series: Series[] = [...costSeries, { name: COPY, hue: "grey", points: points(copy.costs, ns) }];
  const roof: Series[] = [
    ...all
      .filter(({ op }) => !names.includes(op))
      .map(({ op, costs }): Series => ({ name: op, hue: "grey", faint: true, points: points(costs, traffic) })),
    { name: COPY, hue: "grey", points: points(copy.costs, traffic) },
    ...names.map(
      (op, i): Series => ({ name: op, hue: HUES[i] ?? 1, points: points(costsOf(op, figures.engine), traffic) }),
    ),
  ];
  const x = logScale(sizes, 8);
  const ticks = { ...x, ticks: sizes.length <= 8 ? sizes : x.ticks };
  const ys = (lines: readonly Series[]) =>
    logScale(
      lines.flatMap(({ points: all }) => all.map(({ y }) => y)),
      7,
    );

  const call = (op: string) =>
    figures.report.calls.find((one) => one.op === op && one.direction === choice.direction && one.mode === choice.mode);
  const marks = names.flatMap((op) => {
    const wins = call(op)?.winsFrom;
    const [low, high] = [
      sizes.findLast((n) => wins != null && n <= wins),
      sizes.find((n) => wins != null && n >= wins),
    ];
    const [one, other] = [low, high].map((n) =>
      n === undefined ? undefined : figures.cost(op, { ...choice, n })?.ns.median,
    );
    if (wins == null || !one || !other || low === undefined || high === undefined) return [];
    const share = high === low ? 0 : Math.log(wins / low) / Math.log(high / low);
    return [{ x: wins, y: one * (other / one) ** share, name: op }];
  });
  const winning = names
    .map((op) => ({ op, wins: call(op)?.winsFrom }))
    .flatMap(({ op, wins }) =>
      wins === undefined ? [] : [wins === null ? `${op} never does` : `${op} at ${sizeText(Math.round(wins))}`],
    );
  const [small, large] = [sizes[0] as number, sizes.at(-1) as number];
  const farCopy = copy.costs.get(large)?.gbPerSecond;
  const far = names.map((op) => `${op} ${digits(costsOf(op, figures.engine).get(large)?.gbPerSecond)}`);
  const options = all.map(({ op }) => ({ value: op, text: op }));
  const pickers = (
    <Controls title="Which activations are drawn">
      {([0, 1] as const).map((i) => (
        <Select
          key={i}
          label={i === 0 ? "First line" : "Second line"}
          value={choice.ops[i]}
          options={options}
          onPick={(op) => choose({ ops: i === 0 ? [op, choice.ops[1]] : [choice.ops[0], op], parameters: [{}, {}] })}
        />
      ))}
    </Controls>
  );
  return (
    <Section id="sizes" title="What the size of the arrays changes">
      <Figure
        title={
          winning.length > 0
            ? `Elements per call at which they overtake plain JavaScript: ${winning.join(", ")}`
            : "Short calls cost more per element"
        }
        caption={`Nanoseconds per element from ${sizeText(small)} to ${sizeText(large)} elements per call, both axes logarithmic. Left, the call itself counts${large >= BEYOND_CACHES ? "; right, the caches are left and memory counts" : ""}.`}
        controls={pickers}
        numbers={() => (
          <Table
            title="Nanoseconds per element by size"
            rows={[copy, ...all]}
            keyOf={({ op }) => op}
            columns={columnsOf(sizes, ns)}
          />
        )}
      >
        <Legend
          keys={[
            { sign: "dot", text: ENGINES[figures.engine] },
            ...(figures.engine === "js"
              ? []
              : [
                  { sign: "ring", text: "plain JavaScript, dashed" } as const,
                  ...(marks.length > 0
                    ? [{ sign: "circle", text: "here it overtakes plain JavaScript" } as const]
                    : []),
                ]),
          ]}
        />
        <Lines
          series={series}
          x={ticks}
          y={ys(series)}
          xText={sizeText}
          yText={plain}
          xAxis="elements per call"
          yAxis="ns per element"
          marks={marks}
        />
      </Figure>
      <Figure
        title={
          farCopy
            ? `At ${sizeText(large)} elements a copy moves ${digits(farCopy)} GB/s, ${far.join(", ")}`
            : "How close each comes to a copy"
        }
        caption="Bytes read and written per second. The copy is the roof: an op at the roof waits for memory and costs nothing of its own, one far below it computes. Thin lines: all other ops."
        numbers={() => (
          <Table
            title="Memory traffic in GB/s by size"
            rows={[copy, ...all]}
            keyOf={({ op }) => op}
            columns={columnsOf(sizes, traffic)}
          />
        )}
      >
        <Lines
          series={roof}
          x={ticks}
          y={ys(roof)}
          xText={sizeText}
          yText={plain}
          xAxis="elements per call"
          yAxis="GB/s"
        />
      </Figure>
    </Section>
  );
}
