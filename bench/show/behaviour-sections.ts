/** What you get for the cost: behaviour, accuracy, verdicts. */
import type { Accuracy, Behaviour, Bound, Gain, Report } from "../results.ts";
import { factor } from "../verdicts/text.ts";
import { digits, NOTHING, percent } from "./figures.ts";
import type { Section } from "./section.ts";

const LAYERS = 10;

const gainText = (gains: readonly Gain[]) => {
  const gain = gains.find(({ layers }) => layers === LAYERS);
  return gain ? (gain.factor === null ? "∞" : factor(gain.factor)) : NOTHING;
};

const boundText = (bound: Bound, unbounded: string) => (bound === null ? unbounded : String(Number(bound.toFixed(2))));

function rowOf({
  op,
  steepest,
  flatShare,
  mean,
  gradientGains,
  signalGains,
  range,
  kinks,
  training,
}: Behaviour): string[] {
  return [
    op,
    `${boundText(range[0], "-∞")} to ${boundText(range[1], "∞")}`,
    kinks.length === 0 ? "none" : kinks.map(({ x }) => String(Number(x.toFixed(2)))).join(", "),
    steepest.slope === null ? "∞" : digits(steepest.slope),
    percent(flatShare),
    digits(mean),
    gainText(gradientGains),
    gainText(signalGains),
    percent(training?.deadAfter),
    training?.stepsTo95 == null ? "never" : training.stepsTo95.toFixed(0),
  ];
}

function behaviourSection({ behaviour }: Report): Section[] {
  if (behaviour.length === 0) return [];
  const steps = behaviour[0]?.training?.steps ?? 0;
  return [
    {
      title: "Behaviour, computed with these kernels",
      notes: [
        `kinks: where f' or f jumps; max f': largest |f'|; flat: share of N(0, 1) with |f'| < 0.01; mean: of f(N(0, 1)); gradient, signal: how many times larger through ${LAYERS} random layers whose weights preserve the variance; dead: hidden units that no longer learn after a small network learnt two spirals in ${steps} steps; learns: steps to an accuracy of 0.95.`,
      ],
      table: {
        head: ["op", "range", "kinks", "max f'", "flat", "mean", "gradient", "signal", "dead", "learns"],
        rows: behaviour.map(rowOf),
      },
    },
  ];
}

const ulp = (value: number | null | undefined) => (value == null ? NOTHING : value.toFixed(2));

function accuracySection({ ops, accuracy }: Report): Section[] {
  if (accuracy.length === 0) return [];
  const at = (op: string, direction: Accuracy["direction"]) =>
    accuracy.find((entry) => entry.op === op && entry.direction === direction);
  const looked = accuracy.filter(({ sameBits }) => sameBits !== null);
  const differ = looked.filter(({ sameBits }) => !sameBits);
  const bits =
    looked.length === 0
      ? "The fingerprints were not looked at (--quick)."
      : differ.length === 0
        ? `All ${looked.length} fingerprints are the published ones: the same bits as everywhere.`
        : `Other bits than published: ${differ.map(({ op, direction }) => `${op} ${direction}`).join(", ")}.`;
  return [
    {
      title: "Accuracy: largest error in units in the last place (ULP)",
      notes: [
        `proven: over all float32 inputs, for rows over random ones (npm run verify); here: over a sample in this run. ${bits}`,
      ],
      table: {
        head: ["op", "f, proven", "f, here", "f', proven", "f', here"],
        rows: ops.map(({ name }) => {
          const [f, slope] = [at(name, "forward"), at(name, "gradient")];
          return [name, ulp(f?.provenUlp), ulp(f?.sampledUlp), ulp(slope?.provenUlp), ulp(slope?.sampledUlp)];
        }),
      },
    },
  ];
}

function verdictSection({ verdicts }: Report): Section[] {
  const told = verdicts.filter(({ outcome }) => outcome !== "unknown");
  if (told.length === 0) return [];
  return [
    {
      title: "Claims, and what the figures of this run say",
      notes: [],
      items: told.map(({ outcome, claim, finding }) => ({ mark: outcome, text: `${claim}. ${finding}` })),
    },
  ];
}

export function behaviourSections(report: Report): Section[] {
  return [...behaviourSection(report), ...accuracySection(report), ...verdictSection(report)];
}
