/**
 * Writes what is generated: docs/accuracy.md, docs/functions.md, docs/cost.md, docs/coverage.md,
 * docs/consumers.md, docs/report.svg, docs/plots/, and the README's tables:
 * `npm run docs [-- ops]`. Where ops are named, only their plots are drawn or, if there is no such
 * op any more, removed.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as ops from "wasm-activations";
import { pictureOf } from "../../bench/html/picture.tsx";
import { type Case, casesOf } from "../../oracle/cases.ts";
import { ulpError } from "../../oracle/ulp.ts";
import { fileOf } from "../files.ts";
import { runOf } from "../fingerprint/ops.ts";
import { readAccuracy } from "../verify/results.ts";
import { consumersPage, readConsumers } from "./consumers.ts";
import { readCost } from "./cost.ts";
import { costPage } from "./cost-page.ts";
import { readCoverage } from "./coverage/data.ts";
import { coveragePage } from "./coverage/page.ts";
import { OPS } from "./ops.ts";
import { accuracyPage, functionsPage, readmeWith } from "./pages.ts";
import { largestByBin, plot, plotInputs } from "./plot.ts";

const accuracy = readAccuracy();
const cost = readCost();
const coverage = readCoverage();
const consumers = readConsumers();
mkdirSync(fileOf("docs/plots"), { recursive: true });
writeFileSync(fileOf("docs/accuracy.md"), accuracyPage(accuracy));
writeFileSync(fileOf("docs/functions.md"), functionsPage(accuracy, cost));
writeFileSync(fileOf("docs/cost.md"), costPage(cost));
writeFileSync(fileOf("docs/coverage.md"), coveragePage(coverage));
writeFileSync(fileOf("docs/consumers.md"), consumersPage(consumers));
writeFileSync(fileOf("docs/report.svg"), pictureOf(cost.all));
const readme = fileOf("README.md");
writeFileSync(readme, readmeWith(readFileSync(readme, "utf8"), accuracy, cost, coverage, consumers));

const drawn = process.argv.slice(2);
const isDrawn = ({ name }: { readonly name: string }) => drawn.length === 0 || drawn.includes(name);

const xs = plotInputs();
const ones = new Float32Array(xs.length).fill(1);

function binsOf(subject: Case): number[] {
  const { row, direction, a, b, c } = subject;
  const ys = runOf(subject, ops)(xs, ones);
  const errors = Float64Array.from(xs, (x, i) =>
    ulpError(ys[i] as number, direction === "forward" ? row.value(x, a, b, c) : row.derivative(x, a, b, c)),
  );
  return largestByBin(errors);
}

const cases = casesOf(false);
for (const op of OPS.filter(isDrawn)) {
  const errors = cases.filter(({ of }) => of === op.name).map((subject) => ({ of: subject.op, bins: binsOf(subject) }));
  writeFileSync(fileOf(`docs/plots/${op.name}.svg`), plot(op, errors));
}
const known = new Set(OPS.map(({ name }) => `${name}.svg`));
for (const file of readdirSync(fileOf("docs/plots"))) if (!known.has(file)) rmSync(fileOf(`docs/plots/${file}`));
