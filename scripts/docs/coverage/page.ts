/** docs/coverage.md, and the README's sentence about it. */
import * as table from "../../../src/activations.generated.ts";
import { describe } from "../../../src/calls/describe.ts";
import { MADE, tableOf } from "../markdown.ts";
import { wrappedPage } from "../wrap.ts";
import { type Coverage, type Entry, type Example, type Project, servedOf } from "./data.ts";

const code = (text: string) => `\`${text}\``;

const rows = new Map(
  Object.values(table)
    .flatMap((op) => describe(op) ?? [])
    .map(({ name, row }) => [name, row]),
);

/** The row of an op of that name. */
export const rowOf = (op: string) => rows.get(op);

/**
 * The defaults of the options that a call can say: those of the row, and the axis of the halves.
 */
export function defaultsOf(op: string): Readonly<Record<string, number>> {
  const row = rowOf(op);
  const params = row && "params" in row ? Object.entries(row.params ?? {}) : [];
  return { axis: -1, ...Object.fromEntries(params.map(([name, { default: standard }]) => [name, standard])) };
}

const isServed = ({ is, cases = [] }: Entry) => is !== undefined || cases.length > 0;

function linesOf(coverage: Coverage, entry: Entry): string[][] {
  const served = servedOf(coverage, entry, defaultsOf);
  const differs = coverage.differences.filter(({ examples }) =>
    examples.some(({ names }) => names.includes(entry.name)),
  );
  const links = differs.map(({ title }) => link(title));
  const notes = [entry.none && coverage.reasons[entry.none], entry.note, ...links].filter(Boolean).join("; ");
  if (served.length === 0) return [[code(entry.name), "none", notes]];
  return served.map(({ when, call }, i) => {
    const name = i === 0 ? code(entry.name) : "";
    return [[name, when && code(when)].filter(Boolean).join(" with "), code(call), i === 0 ? notes : ""];
  });
}

const countText = ({ names }: Project) => {
  const served = names.filter(isServed).length;
  return served === names.length ? `all ${served}` : `${served} of ${names.length}`;
};

const anchor = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\w -]/g, "")
    .replaceAll(" ", "-");

const link = (title: string) => `[${title}](#${anchor(title)})`;

function projectPart(coverage: Coverage, project: Project): string {
  const { version, commit, date, read, names } = project;
  const from = [version, commit && `commit ${commit.slice(0, 8)}`, date].filter(Boolean).join(", ");
  const rows = names.flatMap((entry) => linesOf(coverage, entry));
  return `## ${project.project}\n\n${from}. Read: ${read.join(", ")}.\n\n${tableOf(["name", "call", "remarks"], rows)}`;
}

function counts({ projects }: Coverage): { readonly all: number; readonly served: number } {
  const names = projects.flatMap((project) => project.names);
  return { all: names.length, served: names.filter(isServed).length };
}

/** What the README says of it. */
export function coverageSentence(coverage: Coverage): string {
  const { all, served } = counts(coverage);
  return `- **Complete**: ${served} of the ${all} names that ${coverage.projects.length} projects have for activations are a call
  here, with their defaults. [docs/coverage.md](docs/coverage.md) gives each call, and why the
  others have none.`;
}

const pointText = (point: Example["x"]) =>
  typeof point === "string" && /[a-z]\(/.test(point) ? code(point) : [point].flat().join(", ");

function differencesPart({ differences, projects }: Coverage): string {
  /** Names with their project in front: some are called like ops here. */
  const whose = (names: readonly string[]) =>
    projects
      .map(({ project, names: all }) => [project, all.filter(({ name }) => names.includes(name))] as const)
      .filter(([, own]) => own.length > 0)
      .map(([project, own]) => `${project} ${own.map(({ name }) => code(name)).join(", ")}`)
      .join("; ");
  const parts = differences.map(({ title, why, examples }) => {
    const rows = examples.map(({ call, x, here, there, names }) => [
      code(call),
      pointText(x),
      pointText(here),
      there,
      whose(names),
    ]);
    return `### ${title}\n\n${why}\n\n${tableOf(["call", "x", "here", "there", "whose"], rows)}`;
  });
  return `## Differences

Where a call gives something else than the project, at single points or in the last digits, as the sources of the project have it: of
Keras those for JAX, of TensorFlow.js and ggml those for the CPU. A test runs each call. Slopes are for dy = 1.

${parts.join("\n\n")}`;
}

/** Every computation once, with its formula. */
function formulasPart({ computations }: Coverage): string {
  const rows = Object.values(computations).map(({ op, of, options = {}, formula }) => {
    const given = Object.entries(options).map(([name, text]) => (name === text ? name : `${name}: ${text}`));
    return [code(`${op}(${of}${given.length > 0 ? `, { ${given.join(", ")} }` : ""})`), code(formula)];
  });
  return `## Formulas

What the projects compute, in the variables of the calls. \`x[i]\`: an element of a row; \`sum\` and \`first\`, the place of the largest
one, go over the row; \`cut(x)\`: the number with which a row of sparsemax sums to 1.

${tableOf(["call", "formula"], rows)}`;
}

export function coveragePage(coverage: Coverage): string {
  const { all, served } = counts(coverage);
  const contents = coverage.projects.map((project) => [
    link(project.project),
    [project.version, project.date].filter(Boolean).join(", "),
    countText(project),
  ]);
  return wrappedPage(`${MADE}

# Coverage

Which call gives what another project calls by its own name: ${served} of ${all} names have one. It gives what the project's formula
gives, with the project's defaults, within the error of the op; a test runs every call of this page.

${tableOf(["project", "version", "names that have a call"], contents)}

- Where the project has no default, the call has its name for the parameter: \`{ alpha: negative_slope }\`.
- A row below a name, with parameters, is the call for these.
- \`shape\` are the dimensions of x. Where the axis is the last one, an array of one row needs neither.
- \`a\`, \`b\`: two arrays, of which one goes through a gate. \`slope\`: the numbers that \`prelu\` learned, \`slopeShape\` their dimensions.
  \`noise\`: numbers that the caller has drawn.
- The gradient of \`op(x, …)\` is \`opGrad(dy, x, …)\`, of softmax and its kin \`opGrad(dy, y, …)\`.

After the projects come [the differences](#differences) at single points, such as NaN, and [the formulas](#formulas).

${coverage.projects.map((project) => projectPart(coverage, project)).join("\n\n")}

${differencesPart(coverage)}

${formulasPart(coverage)}
`);
}
