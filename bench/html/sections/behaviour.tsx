/**
 * What one gets for the cost: the questions of the textbooks, each answered by a measured number.
 */

import { YARDSTICK } from "../../lookup.ts";
import type { Behaviour, OpFacts } from "../../results.ts";
import { digits, NOTHING, percent } from "../../show/figures.ts";
import { type Curve, curveOf, steps } from "../functions.ts";
import { SPARK_RANGE, Sparkline } from "../parts/curves.tsx";
import { Figure, Legend, Section } from "../parts/figure.tsx";
import { plain, three } from "../parts/format.ts";
import { type Column, Table } from "../parts/table.tsx";
import type { SectionProps } from "./cost.tsx";

/** Layers of the network that the columns speak of. */
const DEPTH = 10;
/** Over DEPTH layers: beyond these, learning needs help. */
const VANISHES = 0.1;
const EXPLODES = 10;
/** Means of f(N(0, 1)) up to here count as zero-centred; from there on they are marked. */
const CENTRED = 0.05;
const OFF_CENTRE = 0.3;
/** Shares of dead units from here on are marked. */
const DYING = 0.05;

interface Row {
  readonly op: string;
  readonly facts: OpFacts;
  readonly behaviour: Behaviour;
  readonly relus: number | undefined;
  readonly curve: Curve | undefined;
}

type Factor = number | null | undefined;

const gainOf = (gains: Behaviour["gradientGains"]): Factor => gains.find(({ layers }) => layers === DEPTH)?.factor;
const gradientOf = ({ behaviour }: Row) => gainOf(behaviour.gradientGains);
const signalOf = ({ behaviour }: Row) => gainOf(behaviour.signalGains);

function wordOf(factor: Factor): string {
  if (factor === undefined) return "";
  if (factor === null || factor > EXPLODES) return "explodes";
  if (factor < VANISHES) return "vanishes";
  return factor < 0.5 ? "shrinks" : factor > 2 ? "grows" : "stays";
}

export const factorText = (factor: Factor) => (factor === null ? "∞" : three(factor));
const isExtreme = (factor: Factor) => ["explodes", "vanishes"].includes(wordOf(factor));
const sortable = (factor: Factor) => (factor === null ? Infinity : factor);

/** A number, and the word for it below. */
const both = (number: string, word: string) => (
  <>
    {number}
    {word !== "" && <small>{word}</small>}
  </>
);

/** Bounds nearer to 0 than this are reached far outside only. */
const NEXT_TO_0 = 1e-6;

function rangeText([low, high]: Behaviour["range"]): string {
  const text = (bound: number) => plain(Math.abs(bound) < NEXT_TO_0 ? 0 : bound);
  return `${low === null ? "−∞" : text(low)} to ${high === null ? "∞" : text(high)}`;
}

function smoothText({ smooth, kinks }: Behaviour): string {
  if (smooth) return "yes";
  const at = kinks.map(({ x }) => plain(x)).join(", ");
  return at === "" ? "no" : `no, at ${at}`;
}

const largest = ({ behaviour: { range } }: Row) => range[1] ?? Infinity;
const deadAfter = ({ behaviour: { training } }: Row) => training?.deadAfter;

const COLUMNS: readonly Column<Row>[] = [
  { head: "op", cell: ({ op }) => op, by: ({ op }) => op },
  { head: "f, f′", words: true, cell: ({ curve }) => curve && <Sparkline curve={curve} /> },
  { head: "cost", unit: `× ${YARDSTICK}`, cell: ({ relus }) => digits(relus), by: ({ relus }) => relus },
  {
    head: "Does the gradient vanish?",
    unit: `factor through ${DEPTH} layers`,
    cell: (row) => both(factorText(gradientOf(row)), wordOf(gradientOf(row))),
    by: (row) => sortable(gradientOf(row)),
    bad: (row) => isExtreme(gradientOf(row)),
  },
  {
    head: "Zero-centred?",
    unit: "mean output",
    cell: ({ behaviour: { mean } }) => both(three(mean), Math.abs(mean) <= CENTRED ? "yes" : "no"),
    by: ({ behaviour }) => Math.abs(behaviour.mean),
    bad: ({ behaviour }) => Math.abs(behaviour.mean) > OFF_CENTRE,
  },
  {
    head: "Do units die?",
    unit: "dead units, untrained → trained",
    cell: ({ behaviour: { training } }) =>
      training
        ? both(
            `${percent(training.deadBefore)} → ${percent(training.deadAfter)}`,
            training.deadAfter > 0 ? "some" : "no",
          )
        : NOTHING,
    by: deadAfter,
    bad: (row) => (deadAfter(row) ?? 0) > DYING,
  },
  {
    head: "Does it blow up?",
    unit: `signal through ${DEPTH} layers`,
    cell: (row) => both(factorText(signalOf(row)), wordOf(signalOf(row))),
    by: (row) => sortable(signalOf(row)),
    bad: (row) => wordOf(signalOf(row)) === "explodes",
  },
  {
    head: "Bounded?",
    unit: "outputs",
    cell: (row) => both(rangeText(row.behaviour.range), row.behaviour.range.includes(null) ? "no" : "yes"),
    by: largest,
  },
  {
    head: "Smooth?",
    cell: ({ behaviour }) => smoothText(behaviour),
    by: ({ behaviour }) => (behaviour.smooth ? 0 : 1),
  },
  {
    head: "Learns two spirals?",
    unit: "examples right in the end",
    cell: ({ behaviour: { training } }) => (training ? percent(training.accuracy) : NOTHING),
    by: ({ behaviour: { training } }) => (training ? -training.accuracy : undefined),
  },
];

function titleOf(rows: readonly Row[]): string {
  const vanishing = rows.filter((row) => wordOf(gradientOf(row)) === "vanishes").length;
  const exploding = rows.filter((row) => wordOf(gradientOf(row)) === "explodes").length;
  return `Within ${DEPTH} layers the gradient of ${vanishing} of ${rows.length} activations all but vanishes, of ${exploding || "none"} it explodes`;
}

export function BehaviourTable({ figures, choice }: SectionProps) {
  const x = steps(...SPARK_RANGE, 81);
  const rows = figures.report.behaviour.flatMap((behaviour): Row[] => {
    const facts = figures.facts(behaviour.op);
    if (!facts) return [];
    const { relus } = figures.pair(behaviour.op, choice) ?? {};
    return [{ op: behaviour.op, facts, behaviour, relus, curve: curveOf(facts, x) }];
  });
  if (rows.length === 0) return null;
  const steps_ = rows.find(({ behaviour }) => behaviour.training)?.behaviour.training?.steps;
  return (
    <Section id="behaviour" title="What you get for it">
      <Figure
        title={titleOf(rows)}
        caption={
          <>
            Computed here with the package's own functions, the same random numbers for all. <em>Gradient</em> and{" "}
            <em>signal</em>: how many times larger they get through {DEPTH} random layers whose weights are scaled to
            keep the variance with this activation. <em>Mean output</em>: of inputs drawn from a normal distribution
            around 0. <em>Dead</em>: a unit of a small network that no example changes any more
            {steps_ ? `, before and after ${three(steps_)} steps of learning two spirals` : ""}. Marked: what makes
            learning hard. A click on a head sorts.
          </>
        }
      >
        <Legend
          keys={[
            { sign: "line", text: "f" },
            { sign: "dashed", hue: 2, text: "f′, its derivative; both for x from −4 to 4, f from −2 to 3" },
          ]}
        />
        <Table title="Behaviour of each op" rows={rows} keyOf={({ op }) => op} columns={COLUMNS} />
      </Figure>
    </Section>
  );
}
