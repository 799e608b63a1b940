/** Writes what is generated: docs/accuracy.md, docs/functions.md, docs/plots/, and the README's table of functions. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as ops from "wasm-activations";
import { ulpError } from "../test/ulp.ts";
import { accuracyPage, functionsPage, functionsTable, readmeWith } from "./docs-pages.ts";
import { largestByBin, plot, plotInputs } from "./docs-plot.ts";
import { runOf } from "./fingerprint-ops.ts";
import { type Case, casesOf } from "./verify-cases.ts";
import { fileOf, readAccuracy } from "./verify-results.ts";

const accuracy = readAccuracy();
mkdirSync(fileOf("docs/plots"), { recursive: true });
writeFileSync(fileOf("docs/accuracy.md"), accuracyPage(accuracy));
writeFileSync(fileOf("docs/functions.md"), functionsPage(accuracy));
const readme = fileOf("README.md");
writeFileSync(readme, readmeWith(readFileSync(readme, "utf8"), functionsTable(accuracy)));

const xs = plotInputs();
const ones = new Float32Array(xs.length).fill(1);

function binsOf(subject: Case): number[] {
  const { row, direction, a, b } = subject;
  const ys = runOf(subject, ops)(xs, ones);
  const errors = Float64Array.from(xs, (x, i) =>
    ulpError(ys[i] as number, direction === "forward" ? row.value(x, a, b) : row.derivative(x, a, b)),
  );
  return largestByBin(errors);
}

const cases = casesOf(false);
for (const of of new Set(cases.map((subject) => subject.of))) {
  const panels = cases
    .filter((subject) => subject.of === of)
    .map((subject) => ({ title: `${subject.op}: error in ULP against x`, bins: binsOf(subject) }));
  writeFileSync(fileOf(`docs/plots/${of}.svg`), plot(panels));
}
