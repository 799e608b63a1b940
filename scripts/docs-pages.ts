/** The generated pages as text: from docs/accuracy.json and the rows of the table. */
import type { About, Row } from "../src/row.ts";
import { boundOf, type Case, casesOf } from "./verify-cases.ts";
import { type Accuracy, ALL_INPUTS, type Backend, complaintsAbout, type Entry } from "./verify-results.ts";

const MADE = "<!-- Made by `npm run docs`. -->";

/** Cells of one row of a Markdown table. */
const line = (...cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(...head), line(...head.map(() => "---")), ...rows.map((cells) => line(...cells))].join("\n");
}

export function entryOf(accuracy: Accuracy, backend: Backend, { of, direction, setting }: Case): Entry | undefined {
  return accuracy[backend][of]?.[direction]?.[setting];
}

/** Never less than it is. */
const short = (ulp: number) => (Math.ceil(100 * ulp) / 100).toFixed(2);

const inputsText = (inputs: number) => `2^${Number(Math.log2(inputs).toFixed(2))}`;
const percent = (share: number) => `${(Math.floor(1e4 * share) / 100).toFixed(2)} %`;
const number = (x: number) => (Object.is(x, -0) ? "-0" : String(x));

/** Marks a figure that is not of all inputs. */
function ulpCell(entry: Entry | undefined): string {
  if (!entry) return "";
  return entry.inputs === ALL_INPUTS ? short(entry.maxUlp) : `${short(entry.maxUlp)} (of ${inputsText(entry.inputs)})`;
}

function paramsText(row: Row<string>): string {
  return Object.entries(row.params ?? {})
    .map(([name, param]) => `\`${name}\` ${Number(param.default.toPrecision(6))}`)
    .join(", ");
}

interface Activation {
  readonly name: string;
  readonly row: Row<string>;
  readonly about: About;
  readonly forward: Case;
  readonly gradient: Case;
}

function activations(): Activation[] {
  const cases = casesOf(false);
  return cases
    .filter(({ direction }) => direction === "forward")
    .flatMap((forward) => {
      const gradient = cases.find(({ of, direction }) => of === forward.of && direction === "gradient");
      const { row, of: name } = forward;
      return row.about && gradient ? [{ name, row, about: row.about, forward, gradient }] : [];
    });
}

/** The README's table. */
export function functionsTable(accuracy: Accuracy): string {
  return tableOf(
    ["op", "f(x)", "parameters", "ULP", "ULP of f'"],
    activations().map(({ name, row, about, forward, gradient }) => [
      `\`${name}\``,
      about.formula,
      paramsText(row),
      ulpCell(entryOf(accuracy, "wasm", forward)),
      ulpCell(entryOf(accuracy, "wasm", gradient)),
    ]),
  );
}

/** The README with what stands between the markers replaced. */
export function readmeWith(readme: string, table: string): string {
  const [start, end] = ["<!-- functions: npm run docs -->", "<!-- /functions -->"];
  const from = readme.indexOf(start);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) throw new Error(`README.md lacks ${start} … ${end}`);
  return `${readme.slice(0, from + start.length)}\n${table}\n${readme.slice(to)}`;
}

function properties({ about }: Activation): string {
  const [low, high] = about.range;
  const kinks = about.kinks ? "" : ", no kinks";
  return [
    `Range ${number(low)} to ${number(high)}`,
    about.monotone ? "monotone" : "not monotone",
    about.zeroCentred ? "zero-centred" : "not zero-centred",
    `${about.smooth ? "continuously differentiable" : "with kinks"}${about.smooth ? kinks : ""}`,
  ].join("; ");
}

/** One section for each activation. */
export function functionsPage(accuracy: Accuracy): string {
  const sections = activations().map((activation) => {
    const { name, row, about, forward, gradient } = activation;
    const names = Object.entries(about.names).map(([framework, known]) => [framework, known]);
    const defaults = row.params ? [`Parameters: ${paramsText(row)}.`] : [];
    const errors = [forward, gradient].flatMap((subject) => {
      const entry = entryOf(accuracy, "wasm", subject);
      if (!entry) return [];
      const { bits, x } = entry.worst;
      return [`\`${subject.op}\`: ${short(entry.maxUlp)} ULP at most, at ${bits} (${x})`];
    });
    return [
      `## ${name}`,
      `f(x) = ${about.formula}`,
      ...defaults,
      `${properties(activation)}. Source: ${about.source}.`,
      ...(errors.length > 0 ? [`${errors.join("; ")}.`] : []),
      ...(names.length > 0 ? [tableOf(["framework", "name"], names as string[][])] : []),
      `![Error of ${name} and ${gradient.op} in ULP against x](plots/${name}.svg)`,
    ].join("\n\n");
  });
  return `${MADE}\n\n# The functions\n\n${sections.join("\n\n")}\n`;
}

function checks(subject: Case, entry: Entry): string {
  const found = [
    ...(entry.monotonicity === 0 ? ["monotone"] : []),
    ...(entry.range === 0 ? ["within range"] : []),
    ...(entry.symmetry?.breaks === 0
      ? [entry.symmetry.kind === "complement" ? "f(x) + f(-x) = 1" : entry.symmetry.kind]
      : []),
    ...complaintsAbout(subject, entry).map((complaint) => `**${complaint}**`),
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
    checks(subject, entry),
    inputsText(entry.inputs),
    js ? js.maxUlp.toFixed(4) : "",
  ];
}

/** The ops along an axis. */
function rowsPart({ rows }: Accuracy): string {
  const head = ["function", "max ULP", "bound", "in", "mean ULP", "correctly rounded", "elements"];
  const lines = Object.entries(rows).map(([op, { maxUlp, bound, worst, meanUlp, correctlyRounded, elements }]) => [
    `\`${op}\``,
    maxUlp > bound ? `**${maxUlp.toFixed(4)}**` : maxUlp.toFixed(4),
    String(bound),
    worst.row,
    meanUlp.toFixed(4),
    percent(correctlyRounded),
    String(elements),
  ]);
  return `## Along an axis\n\nRandom rows of 1 to 1,000,000 elements, spread by 0.1 to 1,000.\n\n${tableOf(head, lines)}`;
}

export function accuracyPage(accuracy: Accuracy): string {
  const cases = casesOf(true);
  const head = ["function", "max ULP", "at", "mean ULP", "correctly rounded", "checks", "inputs", "JS twin"];
  const part = (title: string, defaults: boolean) => {
    const chosen = cases.filter(({ setting }) => (setting === "default") === defaults);
    const bound = Math.max(...chosen.map(boundOf));
    const rows = chosen.map((subject) => accuracyRow(accuracy, subject));
    return `## ${title}\n\nThe bound is ${bound} ULP.\n\n${tableOf(head, rows)}`;
  };
  return `${MADE}

# Accuracy

Each function was run over float32 inputs, \`inputs\` of them; 2^32 is every one there is. A gradient is taken with dy = 1.
The error is |computed - exact| / ulp(exact), not rounded, where the ulp of a subnormal result is 2^-149. The exact value is a float64
computation which shares neither method nor coefficients with the kernels and is itself held against values of 50 digits to 0.01 ULP.
It is evaluated at every input where the error comes near a record or near 0.5, and on every kink, and else where a polynomial
through neighbouring values is not good to 0.0005 ULP. Every NaN gives NaN, the zeros have their signs, and ±Infinity give the limits: a break
of any of this is shown in bold. \`npm run verify\` repeats it.

The last column is the plain JavaScript twin, on a sample of 2^24 inputs.

${part("Default parameters", true)}

${part("Further parameters", false)}

${rowsPart(accuracy)}
`;
}
