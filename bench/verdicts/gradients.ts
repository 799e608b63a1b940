/** Claims about what becomes of gradients and outputs. */
import type { FloatArray } from "../../src/index.ts";
import { elementwise, valuesAt } from "../behaviour/subject.ts";
import { RATE, train } from "../behaviour/training.ts";
import type { Library } from "../measure/measure.ts";
import { opNamed } from "../ops.ts";
import type { Behaviour, Bound } from "../results.ts";
import { type Claim, missing, type Trial } from "./claim.ts";
import { digits, factor, percent } from "./text.ts";

/** Where "vanishes" is decided. */
const LAYERS = 10;
const VANISHED = 0.01;
/** And "does not": this far down, this much is left. */
const DEEP = 50;
const KEPT = 0.1;

/** Learning rates at which units are counted that died. */
const FAST = 0.3;
const DEAD = 0.01;

const OFF_CENTRE = 0.1;

function gainOf(gains: Behaviour["gradientGains"], layers: number): Bound {
  const gain = gains.find((found) => found.layers === layers) ?? missing();
  return gain.factor;
}

const small = (value: Bound, bound: number) => value !== null && value < bound;

function vanishing(op: string): Claim {
  return {
    id: `${op}-vanishes`,
    claim: `The gradient of ${op} vanishes in deep networks`,
    ops: [op],
    method: `Gradient through ${LAYERS} random layers; supported if less than ${percent(VANISHED)} is left both with weights that preserve the variance with this activation and with N(0, 1/n), refuted if with neither.`,
    judge(evidence) {
      const { gradientGains, plainGradientGains } = evidence.behaviour(op);
      const own = gainOf(gradientGains, LAYERS);
      const plain = gainOf(plainGradientGains, LAYERS);
      const votes = [own, plain].filter((gain) => small(gain, VANISHED)).length;
      return {
        outcome: votes === 2 ? "supported" : votes === 0 ? "refuted" : "depends",
        finding: `Through ${LAYERS} layers the gradient of ${op} is multiplied by ${factor(own)} with weights that preserve the variance, by ${factor(plain)} with N(0, 1/n).`,
        numbers: [
          { name: `gradient through ${LAYERS} layers, variance-preserving weights`, value: own, unit: "times" },
          { name: `gradient through ${LAYERS} layers, N(0, 1/n)`, value: plain, unit: "times" },
        ],
      };
    },
  };
}

const reluKeeps: Claim = {
  id: "relu-does-not-vanish",
  claim: "The gradient of ReLU does not vanish",
  ops: ["relu"],
  method: `Gradient through ${DEEP} random layers with weights that preserve the variance (He's); supported if more than ${percent(KEPT)} is left.`,
  judge(evidence) {
    const { gradientGains, plainGradientGains } = evidence.behaviour("relu");
    const own = gainOf(gradientGains, DEEP);
    const plain = gainOf(plainGradientGains, DEEP);
    const kept = !small(own, KEPT);
    return {
      outcome: kept ? "supported" : "refuted",
      finding: `Through ${DEEP} layers its gradient is multiplied by ${factor(own)}; it takes He's weights, for with N(0, 1/n) it is ${factor(plain)}.`,
      numbers: [
        { name: `gradient through ${DEEP} layers, variance-preserving weights`, value: own, unit: "times" },
        { name: `gradient through ${DEEP} layers, N(0, 1/n)`, value: plain, unit: "times" },
      ],
    };
  },
};

/** Dead units after training at a high rate. */
function deaths(library: Library, names: readonly string[]): Trial {
  return Object.fromEntries(
    names.map((name) => {
      const op = opNamed(name);
      const subject = op && elementwise(library, op);
      return [name, subject ? train(library, subject, FAST).deadAfter : null];
    }),
  );
}

const known = (trial: Trial, name: string) => trial[name] ?? missing();

const deadNumbers = (usual: number, fast: number, op: string) => [
  { name: `dead units of ${op}, rate ${RATE}`, value: usual, unit: "share" },
  { name: `dead units of ${op}, rate ${FAST}`, value: fast, unit: "share" },
];

const DEATH_METHOD = `Hidden units whose derivative is below 1e-6 for every example, after a small network learnt two spirals (Adam, three seeds, rates ${RATE} and ${FAST})`;

const trainingOf = ({ training }: Behaviour) => training ?? missing();

const reluDies: Claim = {
  id: "relu-dies",
  claim: "ReLU units die",
  ops: ["relu"],
  method: `${DEATH_METHOD}; supported if more than ${percent(DEAD)}.`,
  trial: (library) => deaths(library, ["relu"]),
  judge(evidence, trial) {
    const usual = trainingOf(evidence.behaviour("relu")).deadAfter;
    const fast = known(trial, "relu");
    const votes = [usual, fast].filter((share) => share > DEAD).length;
    return {
      outcome: votes === 2 ? "supported" : votes === 0 ? "refuted" : "depends",
      finding: `After training ${percent(usual)} of its units are dead, at ten times the learning rate ${percent(fast)}.`,
      numbers: deadNumbers(usual, fast, "relu"),
    };
  },
};

const leakyStopsDying: Claim = {
  id: "leaky-relu-does-not-die",
  claim: "Leaky ReLU stops the dying",
  ops: ["leakyRelu", "relu"],
  method: `${DEATH_METHOD}; supported if there are none where ReLU has some.`,
  trial: (library) => deaths(library, ["leakyRelu", "relu"]),
  judge(evidence, trial) {
    const usual = trainingOf(evidence.behaviour("leakyRelu")).deadAfter;
    const fast = known(trial, "leakyRelu");
    const relu = known(trial, "relu");
    const none = Math.max(usual, fast) === 0;
    return {
      outcome: none && relu > 0 ? "supported" : none ? "depends" : "refuted",
      finding: `At a rate of ${FAST}, where ${percent(relu)} of the units of ReLU die, ${percent(fast)} of those of Leaky ReLU do.`,
      numbers: [
        ...deadNumbers(usual, fast, "leakyRelu"),
        { name: `dead units of relu, rate ${FAST}`, value: relu, unit: "share" },
      ],
    };
  },
};

const reluOffCentre: Claim = {
  id: "relu-not-zero-centred",
  claim: "ReLU is not zero-centred",
  ops: ["relu"],
  method: `Mean of its results for 65,536 inputs from N(0, 1); supported if further from 0 than ${OFF_CENTRE}.`,
  judge(evidence) {
    const { mean } = evidence.behaviour("relu");
    return {
      outcome: Math.abs(mean) > OFF_CENTRE ? "supported" : "refuted",
      finding: `The mean of its results for N(0, 1) is ${digits(mean)}.`,
      numbers: [{ name: "mean of relu(N(0, 1))", value: mean, unit: "" }],
    };
  },
};

const end = (bound: Bound, side: "below" | "above") =>
  bound === null ? `no bound ${side}` : `${digits(bound)} ${side}`;
const rangeNumbers = ([low, high]: Behaviour["range"]) => [
  { name: "least result", value: low, unit: "" },
  { name: "greatest result", value: high, unit: "" },
];

const relu6Bounds: Claim = {
  id: "relu6-bounds",
  claim: "ReLU6 bounds the outputs",
  ops: ["relu6"],
  method: "Least and greatest result for inputs up to 1e30; supported if there are both.",
  judge(evidence) {
    const { range } = evidence.behaviour("relu6");
    return {
      outcome: range.includes(null) ? "refuted" : "supported",
      finding: `Its results have ${end(range[0], "below")} and ${end(range[1], "above")}.`,
      numbers: rangeNumbers(range),
    };
  },
};

const leakyRelu6Both: Claim = {
  id: "leaky-relu6-has-both",
  claim: "Leaky ReLU6 is bounded and does not die",
  ops: ["leakyRelu6"],
  method: `Least and greatest result for inputs up to 1e30. ${DEATH_METHOD}. Supported if bounded on both sides without dead units, refuted if neither.`,
  trial: (library) => deaths(library, ["leakyRelu6"]),
  judge(evidence, trial) {
    const { range, training } = evidence.behaviour("leakyRelu6");
    const usual = training?.deadAfter ?? missing();
    const fast = known(trial, "leakyRelu6");
    const bounded = !range.includes(null);
    const alive = Math.max(usual, fast) === 0;
    return {
      outcome: bounded && alive ? "supported" : !bounded && !alive ? "refuted" : "depends",
      finding: `Its results have ${end(range[0], "below")} and ${end(range[1], "above")}; ${percent(fast)} of its units die at a rate of ${FAST}.`,
      numbers: [...rangeNumbers(range), ...deadNumbers(usual, fast, "leakyRelu6")],
    };
  },
};

const ordinary = Float32Array.from({ length: 1001 }, (_, i) => i / 25 - 20);

/** From all exponents and both signs, beside ordinary ones. */
function wideInputs(): FloatArray {
  const sizes = Array.from({ length: 256 }, (_, i) => 2 ** ((i - 128) / 1.05));
  return Float32Array.from([...sizes, ...sizes.map((x) => -x), ...ordinary]);
}

const probabilities: Claim = {
  id: "softmax-sigmoid-0-to-1",
  claim: "Softmax and sigmoid give values from 0 to 1",
  ops: ["softmax", "sigmoid"],
  method:
    "Least and greatest result for 1,513 inputs of all magnitudes, and how far rows of softmax miss the sum 1; supported if from 0 to 1 and within 1e-6.",
  trial(library) {
    const x = wideInputs();
    const sigmoid = opNamed("sigmoid");
    const subject = sigmoid && elementwise(library, sigmoid);
    const values = subject ? valuesAt(subject, x) : new Float32Array();
    const rows = library.softmax(x);
    const sum = library.softmax(ordinary).reduce((total, y) => total + y, 0);
    const all = [...values, ...rows];
    return { least: Math.min(...all), greatest: Math.max(...all), miss: Math.abs(sum - 1) };
  },
  judge(_, trial) {
    const [least, greatest, miss] = [known(trial, "least"), known(trial, "greatest"), known(trial, "miss")];
    const holds = least >= 0 && greatest <= 1 && miss < 1e-6;
    return {
      outcome: holds ? "supported" : "refuted",
      finding: `Results go from ${digits(least)} to ${digits(greatest)}; a row of softmax sums up to 1 within ${factor(miss)}.`,
      numbers: [
        { name: "least result", value: least, unit: "" },
        { name: "greatest result", value: greatest, unit: "" },
        { name: "distance of a row's sum from 1", value: miss, unit: "" },
      ],
    };
  },
};

export const gradientClaims: readonly Claim[] = [
  vanishing("sigmoid"),
  vanishing("tanh"),
  reluKeeps,
  reluDies,
  reluOffCentre,
  leakyStopsDying,
  relu6Bounds,
  leakyRelu6Both,
  probabilities,
];
