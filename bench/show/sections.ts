/** The report in sections of text. */
import { Figures } from "../html/figures.ts";
import { sentence, source } from "../html/sentence.ts";
import type { Report } from "../results.ts";
import { behaviourSections } from "./behaviour-sections.ts";
import { costSections } from "./cost-sections.ts";
import type { Item, Section } from "./section.ts";

function head(report: Report, figures: Figures): Section {
  return {
    title: `wasm-activations ${report.machine.package}: ${sentence(figures)}`,
    notes: [source(figures)],
  };
}

const NOISE =
  "~ means that the samples or the rounds of a figure differ much, so it has fewer digits; – that the noise does not allow one.";

function notes({ settings, costs, failures }: Report): Section[] {
  const noisy = costs.filter(({ flags }) => flags.includes("noisy")).length;
  const items: Item[] = [
    ...failures.map((text) => ({ mark: "wrong", text })),
    ...(settings.complete ? [] : [{ mark: "interrupted", text: "What is here was measured until then." }]),
    ...(noisy > 0
      ? [
          {
            mark: "noise",
            text: `${noisy} of ${costs.length} measurements are noisy: close other programs, or take more time (--full, --time, --rounds). ${NOISE}`,
          },
        ]
      : []),
  ];
  return items.length > 0 ? [{ title: "Notes", notes: [], items }] : [];
}

export function sectionsOf(report: Report): Section[] {
  const figures = new Figures(report);
  return [head(report, figures), ...costSections(report, figures), ...behaviourSections(report), ...notes(report)];
}
