/** Claims about what activations cost, and what is gained by it. */
import { elementwise, valuesAt } from "../behaviour/subject.ts";
import { RATE, STEPS, train } from "../behaviour/training.ts";
import type { Library } from "../measure/measure.ts";
import { opNamed } from "../ops.ts";
import type { Cost, Training } from "../results.ts";
import { spreadOf } from "../show/figures.ts";
import { type Claim, type Evidence, missing, type Trial } from "./claim.ts";
import { digits, ns, percent } from "./text.ts";

/** Times relu: a little more, expensive. */
const LITTLE = 1.5;
const EXPENSIVE = 3;
/** With this spread of the samples a ratio says nothing. */
const TOO_NOISY = 0.3;

const NEAR = 0.25;

function ratioOf(evidence: Evidence, one: string, other: string): { ratio: number; one: Cost; other: Cost } {
  const [a, b] = [evidence.cost(one), evidence.cost(other)];
  if (spreadOf(a) + spreadOf(b) > TOO_NOISY) missing();
  return { ratio: a.ns.median / b.ns.median, one: a, other: b };
}

const costNumbers = ({ ratio, one, other }: ReturnType<typeof ratioOf>) => [
  { name: `${one.op} : ${other.op}`, value: ratio, unit: "times" },
  { name: one.op, value: one.ns.median, unit: "ns per element" },
  { name: other.op, value: other.ns.median, unit: "ns per element" },
];

const leakyCosts: Claim = {
  id: "leaky-relu-costs-little-more",
  claim: "Leaky ReLU costs a little more than ReLU",
  ops: ["leakyRelu", "relu"],
  method: `Medians of the kernels on arrays in the first-level cache; supported if more, but at most ${LITTLE} times as much.`,
  judge(evidence) {
    const found = ratioOf(evidence, "leakyRelu", "relu");
    return {
      outcome: found.ratio > 1 && found.ratio <= LITTLE ? "supported" : "refuted",
      finding: `leakyRelu takes ${ns(found.one.ns.median)} per element, ${digits(found.ratio)} times as long as relu (${ns(found.other.ns.median)}).`,
      numbers: costNumbers(found),
    };
  },
};

const swishCosts: Claim = {
  id: "swish-expensive",
  claim: "Swish is expensive",
  ops: ["silu", "relu"],
  method: `Medians of the kernels on arrays in the first-level cache; supported if more than ${EXPENSIVE} times relu.`,
  judge(evidence) {
    const found = ratioOf(evidence, "silu", "relu");
    return {
      outcome: found.ratio > EXPENSIVE ? "supported" : "refuted",
      finding: `silu takes ${ns(found.one.ns.median)} per element, ${digits(found.ratio)} times as long as relu (${ns(found.other.ns.median)}).`,
      numbers: costNumbers(found),
    };
  },
};

const hardSwishApproximates: Claim = {
  id: "hard-swish-approximates",
  claim: "Hard-Swish approximates Swish for less",
  ops: ["hardSwish", "silu"],
  method: `Largest difference of the two functions for inputs up to 100, and medians of the kernels; supported if below ${NEAR} and cheaper.`,
  trial(library) {
    const [one, other] = ["hardSwish", "silu"].map((name) => {
      const op = opNamed(name);
      return op && elementwise(library, op);
    });
    if (!one || !other) return {};
    const x = Float32Array.from({ length: 200_001 }, (_, i) => i / 1000 - 100);
    const [a, b] = [valuesAt(one, x), valuesAt(other, x)];
    let at = 0;
    const gap = (i: number) => Math.abs((a[i] as number) - (b[i] as number));
    x.forEach((_, i) => {
      if (gap(i) > gap(at)) at = i;
    });
    return { difference: gap(at), at: x[at] as number };
  },
  judge(evidence, { difference = null, at = null }) {
    const found = ratioOf(evidence, "silu", "hardSwish");
    if (difference === null || at === null) missing();
    const [near, cheaper] = [difference < NEAR, found.ratio > 1];
    return {
      outcome: near && cheaper ? "supported" : near || cheaper ? "depends" : "refuted",
      finding: `The two differ by ${digits(difference)} at most, at x = ${digits(at)}; swish costs ${digits(found.ratio)} times as much.`,
      numbers: [
        { name: "largest difference", value: difference, unit: "" },
        { name: "where", value: at, unit: "" },
        ...costNumbers(found),
      ],
    };
  },
};

/** Fewer steps by so much is faster. */
const FASTER = 0.9;
/** Of which accuracy is no use: two classes are guessed with 0.5. */
const USELESS = 0.75;
/** A median of few seeds is luck. */
const MANY_SEEDS = 9;

function trained(library: Library, name: string, alpha?: number, seeds?: number): Training | undefined {
  const op = opNamed(name);
  const subject = op && elementwise(library, op, alpha === undefined ? {} : { alpha });
  return subject && train(library, subject, RATE, seeds);
}

const SLOPES = [0.02, 0.01];
const slopeName = (alpha: number) => `leakyRelu, alpha ${alpha}`;

const slopeLearnsFaster: Claim = {
  id: "slope-0.02-learns-faster",
  claim: "A slope of 0.02 speeds up learning",
  ops: ["leakyRelu", "relu"],
  method: `Median steps of ${MANY_SEEDS} seeds until a small network tells two spirals apart with an accuracy of 0.95 (Adam, rate ${RATE}); supported if at most ${percent(FASTER)} of the steps that ReLU takes.`,
  trial: (library): Trial =>
    Object.fromEntries([
      ["relu", trained(library, "relu", undefined, MANY_SEEDS)?.stepsTo95 ?? null],
      ...SLOPES.map((alpha) => [slopeName(alpha), trained(library, "leakyRelu", alpha, MANY_SEEDS)?.stepsTo95 ?? null]),
    ]),
  judge(_, trial) {
    if (!("relu" in trial)) missing();
    const steps = (name: string) => trial[name] ?? Infinity;
    const text = (name: string) =>
      Number.isFinite(steps(name)) ? `${steps(name).toFixed(0)} steps` : `more than ${STEPS} steps`;
    const [wanted = 0.02, usual = 0.01] = SLOPES;
    return {
      outcome: steps(slopeName(wanted)) <= FASTER * steps("relu") ? "supported" : "refuted",
      finding: `With a slope of ${wanted} it takes ${text(slopeName(wanted))}, with ${usual} ${text(slopeName(usual))}, with ReLU ${text("relu")}.`,
      numbers: Object.entries(trial).map(([name, value]) => ({ name, value, unit: "steps" })),
    };
  },
};

const NEAR_ONE = [0.9, 0.99, 1];

const alphaNearOne: Claim = {
  id: "alpha-near-1-useless",
  claim: "An alpha near 1 is of no use",
  ops: ["leakyRelu"],
  method: `Accuracy of a small network on two spirals after ${STEPS} steps, alpha = ${NEAR_ONE.join(", ")}; useless is below ${USELESS}. Supported if useless at all three, refuted if at none.`,
  trial: (library): Trial =>
    Object.fromEntries(
      NEAR_ONE.map((alpha) => [String(alpha), trained(library, "leakyRelu", alpha)?.accuracy ?? null]),
    ),
  judge(_, trial) {
    const found = NEAR_ONE.map((alpha) => ({ alpha, accuracy: trial[String(alpha)] ?? missing() }));
    const useless = found.filter(({ accuracy }) => accuracy < USELESS).length;
    return {
      outcome: useless === found.length ? "supported" : useless === 0 ? "refuted" : "depends",
      finding: `Accuracy after training: ${found.map(({ alpha, accuracy }) => `${digits(accuracy)} with alpha ${alpha}`).join(", ")}; guessing gives 0.50.`,
      numbers: found.map(({ alpha, accuracy }) => ({
        name: `accuracy, alpha ${alpha}`,
        value: accuracy,
        unit: "share",
      })),
    };
  },
};

export const costClaims: readonly Claim[] = [
  leakyCosts,
  swishCosts,
  hardSwishApproximates,
  slopeLearnsFaster,
  alphaNearOne,
];
