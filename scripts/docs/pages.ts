/**
 * The generated pages as text: from docs/accuracy.json, docs/cost.json and the rows of the table.
 */

import { BOUND, type Case, casesOf } from "../../oracle/cases.ts";
import { gradientText } from "../../oracle/curves.ts";
import type { About } from "../../src/model/row.ts";
import type { Entry } from "../verify/entry.ts";
import {
  type Accuracy,
  ALL_INPUTS,
  type Backend,
  complaintAboutHalf,
  complaintsAbout,
  WIDE,
} from "../verify/results.ts";
import { type Consumers, consumersTable } from "./consumers.ts";
import { type Cost, costSource, costText, sizesOf } from "./cost.ts";
import { costPart } from "./cost-page.ts";
import type { Coverage } from "./coverage/data.ts";
import { coverageSentence } from "./coverage/page.ts";
import { MADE, tableOf } from "./markdown.ts";
import { KINDS, OPS, type Op } from "./ops.ts";
import { wrappedPage } from "./wrap.ts";

export function entryOf(accuracy: Accuracy, backend: Backend, { of, direction, setting }: Case): Entry | undefined {
  return accuracy[backend][of]?.[direction]?.[setting];
}

/** Never less than it is. */
const short = (ulp: number) => (Math.ceil(100 * ulp) / 100).toFixed(2);

const inputsText = (inputs: number) => `2^${Number(Math.log2(inputs).toFixed(2))}`;
const percent = (share: number) => `${(Math.floor(1e4 * share) / 100).toFixed(2)} %`;
const number = (x: number) => (Object.is(x, -0) ? "-0" : String(x));

/** Marks a figure that is not of all inputs. */
const sampleText = ({ inputs }: Entry) => (inputs === ALL_INPUTS ? "" : ` (of ${inputsText(inputs)})`);

/** The error at the defaults; marked too where further settings are sampled. */
function ulpCell(accuracy: Accuracy, subject: Case | undefined): string {
  const entry = subject && entryOf(accuracy, "wasm", subject);
  if (!entry) return "";
  const others = Object.values(accuracy.wasm[subject.of]?.[subject.direction] ?? {});
  const least = Math.min(...others.map(({ inputs }) => inputs));
  const isFurther = entry.inputs === ALL_INPUTS && least < ALL_INPUTS;
  return short(entry.maxUlp) + (isFurther ? ` (settings of ${inputsText(least)})` : sampleText(entry));
}

function paramsText({ known, parameters }: Op): string {
  if (known.kind !== "map") return "";
  return parameters.map(({ name, standard }) => `\`${name}\` ${standard}`).join(", ");
}

/** The op and its gradient, as they are verified: elementwise ones only. */
function casesBy(): (op: Op) => { readonly forward: Case | undefined; readonly gradient: Case | undefined } {
  const cases = casesOf(false);
  return ({ name }) => {
    const find = (direction: Case["direction"]) => cases.find((c) => c.of === name && c.direction === direction);
    return { forward: find("forward"), gradient: find("gradient") };
  };
}

/** The README's table of the elementwise ops. */
export function functionsTable(accuracy: Accuracy): string {
  const find = casesBy();
  return tableOf(
    ["op", "f(x)", "parameters", "ULP", "ULP of f'"],
    OPS.filter(({ known }) => known.kind === "map").map((op) => {
      const { forward, gradient } = find(op);
      return [
        `\`${op.name}\``,
        op.about.formula,
        paramsText(op),
        ulpCell(accuracy, forward),
        ulpCell(accuracy, gradient),
      ];
    }),
  );
}

const MARKERS = {
  functions: ["<!-- functions: npm run docs -->", "<!-- /functions -->"],
  coverage: ["<!-- coverage: npm run docs -->", "<!-- /coverage -->"],
  consumers: ["<!-- consumers: npm run docs -->", "<!-- /consumers -->"],
  cost: ["<!-- cost: npm run bench -->", "<!-- /cost -->"],
} as const;

/** The README with what stands between the markers replaced. */
export function readmeWith(
  readme: string,
  accuracy: Accuracy,
  cost: Cost,
  coverage: Coverage,
  consumers: Consumers,
): string {
  const replaced = (text: string, [start, end]: readonly [string, string], content: string) => {
    const from = text.indexOf(start);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`README.md lacks ${start} … ${end}`);
    return `${text.slice(0, from + start.length)}\n${content}${text.slice(to)}`;
  };
  const functions = replaced(readme, MARKERS.functions, `${functionsTable(accuracy)}\n`);
  const complete = replaced(functions, MARKERS.coverage, `${coverageSentence(coverage)}\n  `);
  const working = replaced(complete, MARKERS.consumers, `${consumersTable(consumers)}\n`);
  return replaced(working, MARKERS.cost, costPart(cost));
}

const FRAMEWORKS: Readonly<Record<keyof About["names"], string>> = {
  pytorch: "PyTorch",
  jax: "JAX",
  keras: "Keras",
  tfjs: "TensorFlow.js",
  onnx: "ONNX",
  webnn: "WebNN",
};

function namesFacts({ about }: Op): string[][] {
  const known: Readonly<Record<string, string>> = about.names;
  return Object.entries(FRAMEWORKS).flatMap(([key, framework]) => (known[key] ? [[framework, `${known[key]}`]] : []));
}

function kinksText({ facts: { kinks, smooth }, curve }: Op): string {
  const at = curve.of && kinks.length > 0 ? ` (${curve.of})` : "";
  const found = kinks.map(({ x, derivative }) => `f' = ${Number(derivative.toPrecision(6))} at x = ${number(x)}`);
  return found.length === 0 ? (smooth ? "none" : "") : found.join(", ") + at;
}

/** The worst errors, of the op and of its gradient. */
function errorTexts(accuracy: Accuracy, op: Op, cases: readonly (Case | undefined)[]): string {
  const texts = cases.flatMap((subject) => {
    const entry = subject && entryOf(accuracy, "wasm", subject);
    if (!entry) return [];
    const { bits, x } = entry.worst;
    return [`\`${subject.op}\` ${short(entry.maxUlp)} ULP at ${bits} (${x})${sampleText(entry)}`];
  });
  const row = accuracy.rows[op.name];
  if (row) {
    const { maxUlp, bound, elements, rows } = row;
    texts.push(`\`${op.name}\` ${short(maxUlp)} ULP (bound ${bound}), of ${elements} results in ${rows} random rows`);
  }
  return texts.join("; ");
}

/** The largest error of what is not exact. */
function worstHalf(half: Accuracy["half"]): string {
  const most = Math.max(...Object.values(half).map(({ every, maxUlp }) => (every ? 0 : maxUlp)));
  return (Math.ceil(1e4 * most) / 1e4).toFixed(4);
}

function costTexts(cost: Cost, { name, gradient }: Op): string {
  const forward = costText(cost, name, "forward");
  const backward = gradient && costText(cost, name, "gradient");
  return [forward && `\`${name}\` ${forward}`, backward && `\`${gradient.name}\` ${backward}`]
    .filter(Boolean)
    .join("; ");
}

/** What a section states, in its order: what it is called, and the text. */
export function factsOf(accuracy: Accuracy, cost: Cost, op: Op): string[][] {
  const { facts, curve, parameters, about, relation, aliases } = op;
  const { forward, gradient } = casesBy()(op);
  const far = op.known.kind === "map" ? gradientText(curve.derivative) : undefined;
  const [low, high] = facts.range;
  return [
    ["call", `\`${op.call}\``],
    ["gradient", op.gradient ? `\`${op.gradient.call}\`` : "no op of its own"],
    ["also exported as", aliases.map((alias) => `\`${alias}\``).join(", ")],
    [
      "parameters",
      parameters.map(({ name, standard, domain }) => `\`${name}\`: ${domain}; default ${standard}`).join("<br>"),
    ],
    ["range", `${number(low)} to ${number(high)}`],
    ["monotone", facts.monotone],
    ["zero-centred", facts.zeroCentred ? "yes" : "no"],
    ["smooth", facts.smooth ? "yes" : "no"],
    ["kinks", kinksText(op)],
    ["f'", far ?? ""],
    ["relation", relation ?? ""],
    ["error", errorTexts(accuracy, op, [forward, gradient])],
    ["cost", costTexts(cost, op)],
    ...namesFacts(op),
    ["source", about.source],
  ].filter(([, text]) => text !== "");
}

/** One section for each op. */
export function functionsPage(accuracy: Accuracy, cost: Cost): string {
  const contents = KINDS.map(({ kind, title }) => {
    const links = OPS.filter(({ known }) => known.kind === kind).map(({ name }) => `[${name}](#${name.toLowerCase()})`);
    return `- ${title}: ${links.join(", ")}`;
  });
  const sections = OPS.map((op) =>
    [
      `## ${op.name}`,
      `f(x) = \`${op.about.formula}\``,
      tableOf(["", ""], factsOf(accuracy, cost, op)),
      `![${op.name} and its derivative](plots/${op.name}.svg)`,
    ].join("\n\n"),
  );
  return wrappedPage(`${MADE}

# The functions

${contents.join("\n")}

What is stated holds for the default parameters. Smooth: continuously differentiable. Kinks: the points where f has no derivative or
jumps, and the value that the gradient takes there. [gates.md](gates.md) tells which setting of a gated op is whose. Error: the largest, over all 2^32 inputs unless another number is given
([accuracy.md](accuracy.md)). Of a \`Float16Array\` every elementwise
result is the float16 nearest to the exact value, all others are within ${worstHalf(accuracy.half)} ULP of float16. Cost: on arrays of \`alloc\`, n = ${sizesOf(cost).join()}. ${costSource(cost)}

${sections.join("\n\n")}
`);
}

function checks(entry: Entry): string {
  const found = [
    ...(entry.monotonicity === 0 ? ["monotone"] : []),
    ...(entry.range === 0 ? ["within range"] : []),
    ...(entry.symmetry?.breaks === 0
      ? [entry.symmetry.kind === "complement" ? "f(x) + f(-x) = 1" : entry.symmetry.kind]
      : []),
    ...complaintsAbout(entry).map((complaint) => `**${complaint}**`),
  ];
  return found.join(", ");
}

function accuracyRow(accuracy: Accuracy, subject: Case): string[] {
  const entry = entryOf(accuracy, "wasm", subject);
  const js = entryOf(accuracy, "js", subject);
  const name = subject.setting === "default" ? `\`${subject.op}\`` : `\`${subject.op}\`, ${subject.setting}`;
  if (!entry) return [name, ...Array.from({ length: 7 }, () => "")];
  return [
    name,
    entry.maxUlp.toFixed(4),
    `${entry.worst.bits} (${entry.worst.x})`,
    entry.meanUlp.toFixed(4),
    percent(entry.correctlyRounded),
    checks(entry),
    inputsText(entry.inputs),
    js ? js.maxUlp.toFixed(4) : "",
  ];
}

/** The ops along an axis. */
function rowsPart({ rows }: Accuracy): string {
  const head = ["function", "max ULP", "bound", "in", "adverse rows", "mean ULP", "correctly rounded", "elements"];
  const lines = Object.entries(rows).map(
    ([op, { maxUlp, adverse, bound, worst, meanUlp, correctlyRounded, elements }]) => [
      `\`${op}\``,
      maxUlp > bound ? `**${maxUlp.toFixed(4)}**` : maxUlp.toFixed(4),
      String(bound),
      worst.row,
      adverse?.toFixed(4) ?? "",
      meanUlp.toFixed(4),
      percent(correctlyRounded),
      String(elements),
    ],
  );
  return `## Along an axis

Random rows of 1 to 1,000,000 elements, spread by 0.1 to 1,000: these keep the bound. Adverse rows are put together from the elements whose
exponentials are furthest off, many to one side and one to the other (\`scripts/verify/adverse.ts\`): so far off is no row that was met.

${tableOf(head, lines)}`;
}

/** On Float16Array: how many are exact, and the worst of the others. */
function halfPart({ half }: Accuracy): string {
  const entries = Object.entries(half);
  const exact = entries.filter(([, { every }]) => every).length;
  const wrong = entries.filter(([, entry]) => complaintAboutHalf(entry));
  return `## Float16

On \`Float16Array\`, at all settings, in ULP of float16. The ${exact} elementwise ops: of all 65,536 inputs the result is the float16
nearest to the exact value, ties to even; where the float64 formula is too near to a tie to tell, 240 digits do. Their gradients at all inputs
and random dy, the other functions on random rows: ${worstHalf(half)} at most, where ${WIDE} is allowed.
${wrong.map(([name, entry]) => `**${name}: ${complaintAboutHalf(entry)}** `).join("")}\`npm run verify -- --half\` repeats it.`;
}

export function accuracyPage(accuracy: Accuracy): string {
  const cases = casesOf(true);
  const head = ["function", "max ULP", "at", "mean ULP", "correctly rounded", "checks", "inputs", "JS twin"];
  const part = (title: string, defaults: boolean) => {
    const chosen = cases.filter(({ setting }) => (setting === "default") === defaults);
    const rows = chosen.map((subject) => accuracyRow(accuracy, subject));
    return `## ${title}\n\n${tableOf(head, rows)}`;
  };
  return wrappedPage(`${MADE}

# Accuracy

Each function was run over float32 inputs, \`inputs\` of them; 2^32 is every one there is. A gradient is taken with dy = 1.
The error is |computed - exact| / ulp(exact), not rounded, where the ulp of a subnormal result is 2^-149. The exact value is a float64
computation which shares neither method nor coefficients with the kernels and is itself held against values of 50 digits to 0.01 ULP.
It is evaluated at every input where the error comes near a record or near 0.5, and on every kink, and else where a polynomial
through neighbouring values is not good to 0.0005 ULP. Every NaN gives NaN, the zeros have their signs, and ±Infinity give the limits: a break
of any of this is shown in bold. The bound is ${BOUND} ULP. \`npm run verify -- --settings\` repeats it.

The last column is the plain JavaScript twin, on a sample of 2^24 inputs.

${part("Default parameters", true)}

${part("Further parameters", false)}

${rowsPart(accuracy)}

${halfPart(accuracy)}
`);
}
