/**
 * What the ops cost, as text: docs/cost.md for all of them, and the README's part for the
 * best-known ones.
 */
import { YARDSTICK } from "../../bench/lookup.ts";
import type { Verdict } from "../../bench/results.ts";
import { ratioText } from "../../bench/show/figures.ts";
import { type Cost, costOf, costSource, nsOf, nsText, sizesOf, yardstickOf } from "./cost.ts";
import { MADE } from "./markdown.ts";
import { OPS, type Op } from "./ops.ts";
import { wrappedPage } from "./wrap.ts";

/** As many as fit a screen: those that most frameworks have. */
const BEST_KNOWN = 20;

const bestKnown = [...OPS]
  .sort((one, other) => Object.keys(other.about.names).length - Object.keys(one.about.names).length)
  .slice(0, BEST_KNOWN);

/** Markdown in columns: the first to the left, the others to the right. */
function alignedTable(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) => Math.max(3, ...[head, ...lines].map((cells) => (cells[column] ?? "").length)));
  const text = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(" | ")} |`;
  const rule = widths.map((width, i) => (i === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [text(head), text(rule), ...lines.map(text)].join("\n");
}

/** Cheapest first. */
function costTable(cost: Cost, ops: readonly Op[]): string {
  const back = { direction: "gradient" } as const;
  const lines = ops
    .map(({ name }) => ({ name, ns: nsOf(cost, name) }))
    .sort((one, other) => (one.ns ?? Infinity) - (other.ns ?? Infinity))
    .map(({ name }) => {
      return [
        `\`${name}\``,
        nsText(cost, name),
        ratioText(costOf(cost, name), yardstickOf(cost, name)),
        ratioText(costOf(cost, name, { engine: "js" }), costOf(cost, name)),
        nsText(cost, name, { mode: "out" }),
        nsText(cost, name, back),
        ratioText(costOf(cost, name, { ...back, engine: "js" }), costOf(cost, name, back)),
      ];
    });
  const head = ["op", "f", `: ${YARDSTICK}`, "JS : wasm", "f, copied", "f'", "JS : wasm"];
  return alignedTable(head, lines);
}

const explained = (
  cost: Cost,
) => `Nanoseconds per element, n = ${sizesOf(cost).join()}: f and its gradient f' on arrays of
\`alloc\`, and f from an ordinary array into a given one ("copied"); "JS : wasm" is the time of the same loop in plain
JavaScript over ours. ~: the samples differ, so the figure has fewer digits; –: they differ too much for one.
${costSource(cost)}`;

/** The README's part. */
export function costPart(cost: Cost): string {
  return wrappedPage(`![What each op costs here and in plain JavaScript, and what a copy costs](docs/report.svg)

The ${BEST_KNOWN} that most frameworks have; all of them, and what well-known claims come to here: [docs/cost.md](docs/cost.md).
Your own machine: \`npx wasm-activations bench --html report.html\` ([docs/report.md](docs/report.md)).

${explained(cost)}

${costTable(cost, bestKnown)}
`);
}

const OUTCOMES: Readonly<Record<Verdict["outcome"], string>> = {
  supported: "supported",
  refuted: "refuted",
  depends: "depends",
  unknown: "not measured",
};

const claimText = ({ claim, outcome, finding, method }: Verdict) =>
  `- **${claim}**: *${OUTCOMES[outcome]}*. ${finding}<br>\n  Measured: ${method}`;

/** docs/cost.md. */
export function costPage(cost: Cost): string {
  const { verdicts } = cost.all;
  const count = (outcome: Verdict["outcome"]) => verdicts.filter((verdict) => verdict.outcome === outcome).length;
  return wrappedPage(`${MADE}

# Cost

## Of each op

${explained(cost)}

${costTable(cost, OPS)}

## What is said of them, and what holds here

Of ${verdicts.length} well-known claims the numbers of this run support ${count("supported")} and refute
${count("refuted")}. A claim counts as supported only where its number is beyond the limit that is stated with it; where two
numbers disagree, it depends. Another machine may say otherwise of costs, hardly of the rest: that follows from the functions
and from seeded runs. [report.md](report.md) says how to read the whole report.

${verdicts.map(claimText).join("\n")}
`);
}
