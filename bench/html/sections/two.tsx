/** Two ops side by side, live. */
import { useState } from "preact/hooks";
import { over } from "../../lookup.ts";
import type { OpFacts } from "../../results.ts";
import { digits, percent } from "../../show/figures.ts";
import type { Choice, Parameters } from "../choice.ts";
import { type Curve, curveOf, largestDifference, sliderOf, steps } from "../functions.ts";
import { Check, Controls, Select } from "../parts/controls.tsx";
import { Curves } from "../parts/curves.tsx";
import { Figure, Legend, Section } from "../parts/figure.tsx";
import { plain, three } from "../parts/format.ts";
import { type Column, Table } from "../parts/table.tsx";
import { nsText } from "../words.ts";
import { factorText } from "./behaviour.tsx";
import type { SectionProps } from "./cost.tsx";

const RANGE = [-6, 6] as const;
const X = steps(...RANGE, 601);

interface Drawn {
  readonly op: string;
  readonly facts: OpFacts;
  readonly parameters: Parameters;
  readonly curve: Curve | undefined;
  /** The package's own words on a setting outside the domain. */
  readonly complaint?: string;
}

function drawnOf(facts: OpFacts, parameters: Parameters): Drawn {
  const known = Object.fromEntries(
    Object.entries(parameters).filter(([name]) => facts.parameters.some((one) => one.name === name)),
  );
  try {
    return { op: facts.name, facts, parameters: known, curve: curveOf(facts, X, known) };
  } catch (error) {
    return { op: facts.name, facts, parameters: known, curve: undefined, complaint: (error as Error).message };
  }
}

interface SlidersProps {
  readonly drawn: Drawn;
  readonly side: string;
  readonly onMove: (parameters: Parameters) => void;
}

function Sliders({ drawn: { op, facts, parameters, complaint }, side, onMove }: SlidersProps) {
  return (
    <>
      {facts.parameters.map(({ name, default: standard }) => {
        const { low, high, step, start } = sliderOf(standard);
        const value = parameters[name] ?? start;
        return (
          <label key={`${op}${name}`} class="slider">
            <span>
              {name} of {op} <b>{parameters[name] === undefined && standard === null ? "none" : plain(value)}</b>
            </span>
            <input
              type="range"
              name={`${side}-${name}`}
              min={low}
              max={high}
              step={step}
              value={value}
              onInput={({ currentTarget }) => onMove({ ...parameters, [name]: currentTarget.valueAsNumber })}
            />
          </label>
        );
      })}
      {complaint && (
        <p class="complaint" role="status">
          {complaint}
        </p>
      )}
    </>
  );
}

const replaced = <T,>([a, b]: readonly [T, T], i: 0 | 1, value: T): [T, T] => (i === 0 ? [value, b] : [a, value]);

export function Two({ figures, choice, choose }: SectionProps) {
  const [slopes, setSlopes] = useState(true);
  const elementwise = figures.report.ops.filter(({ shape }) => shape === "map");
  const options = elementwise.map(({ name }) => ({ value: name, text: name }));
  // Elsewhere an op along an axis may be chosen; it has no curve.
  const drawn = choice.ops.map((op, i) => {
    const facts = elementwise.find(({ name }) => name === op) ?? elementwise[i];
    return facts && drawnOf(facts, choice.parameters[i] ?? {});
  });
  const [a, b] = drawn;
  if (!a || !b) return null;
  const difference = a.curve && b.curve && largestDifference(a.curve, b.curve);
  const [costA, costB] = [a, b].map(({ op }) => figures.cost(op, choice)?.ns.median);
  const ratio = over(costA, costB);
  const [dear, cheap] = ratio !== undefined && ratio < 1 ? [b.op, a.op] : [a.op, b.op];
  const cost =
    ratio === undefined ? "" : `${dear} costs ${digits(Math.max(ratio, 1 / ratio))} times as much as ${cheap}`;
  const apart =
    difference &&
    `${cost === "" ? "they" : "the two"} differ by ${three(difference.difference)} at most, at x = ${plain(difference.x)}`;
  const title = [cost, apart].filter((text) => text).join("; ");
  const change = (i: 0 | 1, changes: { op?: string; parameters: Parameters }) =>
    choose({
      ops: replaced(choice.ops, i, changes.op ?? drawn[i]?.op ?? choice.ops[i]),
      parameters: replaced(choice.parameters, i, changes.parameters),
    } satisfies Partial<Choice>);

  type Row = { readonly head: string; readonly of: (drawn: Drawn) => string };
  const rows: readonly Row[] = [
    { head: "formula", of: ({ facts }) => facts.formula },
    { head: "cost, ns per element", of: ({ op }) => nsText(figures.cost(op, choice)) },
    {
      head: "cost of the gradient, ns",
      of: ({ op }) => nsText(figures.cost(op, { ...choice, direction: "gradient" })),
    },
    { head: "mean output", of: ({ op }) => three(figures.behaviour(op)?.mean) },
    {
      head: "gradient through 10 layers",
      of: ({ op }) => factorText(figures.behaviour(op)?.gradientGains.find(({ layers }) => layers === 10)?.factor),
    },
    { head: "dead units after training", of: ({ op }) => percent(figures.behaviour(op)?.training?.deadAfter) },
    { head: "proposed by", of: ({ facts }) => facts.source },
  ];
  const columns: readonly Column<Row>[] = [
    { head: "at the defaults", cell: ({ head }) => head },
    { head: a.op, words: true, cell: ({ of }) => of(a) },
    { head: a.op === b.op ? `${b.op} again` : b.op, words: true, cell: ({ of }) => of(b) },
  ];
  return (
    <Section id="two" title="Two of them side by side">
      <Figure
        title={`Here ${title}`}
        caption={"Drawn from the package's own functions."}
        controls={
          <Controls title="The two activations and their parameters" two>
            {([0, 1] as const).map((i) => {
              const one = i === 0 ? a : b;
              return (
                <div key={i}>
                  <Select
                    label={i === 0 ? "First activation" : "Second activation"}
                    value={one.op}
                    options={options}
                    onPick={(op) => change(i, { op, parameters: {} })}
                  />
                  <Sliders
                    drawn={one}
                    side={i === 0 ? "first" : "second"}
                    onMove={(parameters) => change(i, { parameters })}
                  />
                </div>
              );
            })}
            <Check label="With derivatives" checked={slopes} onPick={setSlopes} />
          </Controls>
        }
      >
        <Legend
          keys={[
            { sign: "line", hue: 1, text: a.op },
            { sign: "line", hue: 2, text: a.op === b.op ? `${b.op} again` : b.op },
            ...(slopes ? [{ sign: "dashed", hue: "grey", text: "derivatives" } as const] : []),
          ]}
        />
        <div class="pair">
          <Curves
            drawn={([a, b] as const).flatMap(({ curve }, i) =>
              curve ? [{ curve, hue: i === 0 ? (1 as const) : (2 as const) }] : [],
            )}
            range={RANGE}
            slopes={slopes}
          />
          <Table title="Both in numbers" rows={rows} keyOf={({ head }) => head} columns={columns} />
        </div>
      </Figure>
    </Section>
  );
}
