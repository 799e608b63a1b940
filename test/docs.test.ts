/**
 * The published facts, accuracy and cost: of these kernels, complete, within the bounds, and the
 * same in every place where they stand.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as ops from "wasm-activations";
import { pictureOf } from "../bench/html/picture.tsx";
import { casesOf } from "../oracle/cases.ts";
import { directionOf, jumpsOf, SHOWN } from "../oracle/curves.ts";
import { consumersPage, readConsumers } from "../scripts/docs/consumers.ts";
import { nsOf, readCost } from "../scripts/docs/cost.ts";
import { costPage } from "../scripts/docs/cost-page.ts";
import { readCoverage } from "../scripts/docs/coverage/data.ts";
import { OPS } from "../scripts/docs/ops.ts";
import { accuracyPage, entryOf, factsOf, functionsPage, readmeWith } from "../scripts/docs/pages.ts";
import { curvesPanel } from "../scripts/docs/plot.ts";
import { fileOf, readJson } from "../scripts/files.ts";
import { NUMBERS } from "../scripts/fingerprint/numbers.ts";
import { functionsOf } from "../scripts/fingerprint/ops.ts";
import {
  ALL_INPUTS,
  complaintAboutHalf,
  complaintsAbout,
  EXACT,
  FINGERPRINTS_FILE,
  readAccuracy,
  WIDE,
} from "../scripts/verify/results.ts";
import { rowCases } from "../scripts/verify/rows.ts";
import * as table from "../src/activations.generated.ts";
import { describe as described } from "../src/calls/describe.ts";
import { CHECKS, titleOf } from "./consumers/checks.ts";
import { describeHalf } from "./half-arrays.ts";

const accuracy = readAccuracy();
const cost = readCost();
const consumers = readConsumers();
const fingerprints = readJson<Record<string, string>>(FINGERPRINTS_FILE, {});
const text = (name: string) => readFileSync(fileOf(name), "utf8");

test("the pages are made from docs/accuracy.json, docs/cost.json and the table (npm run docs)", () => {
  expect(text("docs/accuracy.md")).toBe(accuracyPage(accuracy));
  expect(text("docs/functions.md")).toBe(functionsPage(accuracy, cost));
  expect(text("docs/cost.md")).toBe(costPage(cost));
  expect(text("docs/report.svg")).toBe(pictureOf(cost.all));
  expect(text("README.md")).toBe(readmeWith(text("README.md"), accuracy, cost, readCoverage(), consumers));
  expect(text("docs/consumers.md")).toBe(consumersPage(consumers));
});

test("docs/consumers.json has every consumer (npm run test:consumers -- --write)", () => {
  expect(consumers.consumers.map(titleOf)).toEqual(CHECKS.map(titleOf));
});

test("every op of every kind has its section, once, and its plot", () => {
  const ops = Object.values(table).flatMap((op: unknown) => described(op) ?? []);
  // What comes before an activation has a page of its own.
  const names = new Set(ops.filter(({ kind }) => !kind.endsWith("Grad") && kind !== "affine").map(({ name }) => name));
  const sections = [...text("docs/functions.md").matchAll(/^## (.*)$/gm)].map(([, name]) => name);
  expect([...sections].sort()).toEqual([...names].sort());
  expect(sections).toEqual(OPS.map(({ name }) => name));
  expect(readdirSync(fileOf("docs/plots")).sort()).toEqual([...names].map((name) => `${name}.svg`).sort());
});

describe.each(OPS.map((op) => ({ name: op.name, op })))("$name", ({ name, op }) => {
  const { facts, curve, known } = op;

  test("states its facts", () => {
    const stated = new Map(factsOf(accuracy, cost, op).map(([what, said]) => [what, said]));
    for (const what of ["call", "gradient", "range", "monotone", "zero-centred", "smooth", "kinks", "cost", "source"]) {
      expect(stated.get(what), what).toBeTruthy();
    }
    expect(op.about.formula).not.toBe("");
    expect(facts.smooth || facts.kinks.length > 0).toBe(true);
  });

  test("states what its formulas show", () => {
    const near = (x: number) => expect.closeTo(x, 5) as number;
    // A step has a derivative without jumps.
    const jumps = [curve.derivative, curve.value].map(jumpsOf).find(({ length }) => length > 0) ?? [];
    expect(facts.smooth).toBe(jumps.length === 0);
    const kinks = facts.kinks.filter(({ x }) => Math.abs(x) < SHOWN);
    expect(jumps).toEqual(kinks.map(({ x }) => near(x)));
    for (const { x, derivative } of kinks) expect(curve.derivative(x)).toBeCloseTo(derivative, 6);
    if (known.kind !== "map") return;
    // NaN: where f is not defined, and where it has no limit.
    const defined = (...xs: readonly number[]) => xs.map(curve.value).filter((y) => !Number.isNaN(y));
    const values = defined(...Array.from({ length: 4001 }, (_, i) => (i - 2000) / 10));
    const ends = defined(-Infinity, Infinity);
    const [low, high] = facts.range;
    for (const y of [...values, ...ends]) expect(y >= low && y <= high).toBe(true);
    // The bounds are reached: to the steps of 0.1, or at the ends.
    const [least, most] = [Math.min(...values, ...ends), Math.max(...values, ...ends)];
    expect(least - low < 0.002 || least === low).toBe(true);
    expect(high - most < 0.002 || most === high).toBe(true);
    expect(facts.monotone).toBe(directionOf(curve.value) === "increasing" ? "yes" : "no");
    expect(facts.zeroCentred).toBe(low < 0 && high > 0 && curve.value(0) === 0);
  });

  test("has a plot of f and f', small and with a title", () => {
    const svg = text(`docs/plots/${name}.svg`);
    expect(svg).toContain(curvesPanel(op));
    expect(svg).toMatch(/<title>.+<\/title>/);
    expect(svg.length).toBeLessThan(10_000);
  });

  test("has its costs", () => {
    const directions = op.gradient ? (["forward", "gradient"] as const) : (["forward"] as const);
    for (const direction of directions) {
      for (const engine of ["wasm", "js"] as const) {
        for (const mode of ["alloc", "out"] as const) {
          expect(nsOf(cost, name, { direction, engine, mode })).toBeGreaterThan(0);
        }
      }
    }
  });
});

test("nothing was wrong when the costs were measured", () => {
  for (const { failures } of [cost.all, ...cost.later.values()]) expect(failures).toEqual([]);
});

/** Inputs of a verification that is no proof yet: see the README. */
const SAMPLE = 2 ** 20;

describe.each(casesOf(true).map((subject) => ({ title: `${subject.op}, ${subject.setting}`, subject })))(
  "$title",
  ({ subject }) => {
    const entry = entryOf(accuracy, "wasm", subject);

    test("is verified with these kernels: over every input, or a sample that the README names", () => {
      if (entry?.inputs !== ALL_INPUTS) {
        expect(entry?.inputs).toBe(SAMPLE);
        expect(text("README.md")).toMatch(new RegExp(`^\\| \`${subject.of}\` .* \\((settings )?of 2\\^20\\)`, "m"));
      }
      expect(entry?.fingerprint).toBe(fingerprints[subject.op]);
    });

    test("keeps its bounds", () => {
      expect(entry && complaintsAbout(entry)).toEqual([]);
    });

    test("keeps them in plain JavaScript, on 2^24 inputs or that sample", () => {
      const js = entryOf(accuracy, "js", subject);
      expect(js?.inputs).toBeGreaterThanOrEqual(entry?.inputs === ALL_INPUTS ? 2 ** 24 : SAMPLE);
      expect(js && complaintsAbout(js)).toEqual([]);
    });

    test("has its plot", () => {
      expect(existsSync(fileOf(`docs/plots/${subject.of}.svg`))).toBe(true);
    });
  },
);

describe.each(rowCases())("$op along an axis", ({ op, bound }) => {
  const entry = accuracy.rows[op];

  test("is verified with these kernels", () => {
    expect(entry?.fingerprint).toBe(fingerprints[op]);
    expect(entry?.elements).toBeGreaterThan(2 ** 20);
  });

  test(`keeps its bound of ${bound} ULP`, () => {
    expect(entry?.bound).toBe(bound);
    expect(entry?.maxUlp).toBeLessThanOrEqual(bound);
    // As the README says of softmax.
    expect(entry?.adverse ?? 0).toBeLessThanOrEqual(Math.max(bound, 2.5));
  });
});

describeHalf("on Float16Array", () => {
  test.each(functionsOf(ops).map(({ name }) => name))("%s is verified with these kernels, within its bound", (name) => {
    const entry = accuracy.half[name];
    expect(entry?.fingerprint).toBe(fingerprints[name + NUMBERS.float16.suffix]);
    expect(entry && complaintAboutHalf(entry)).toBe("");
    expect(entry?.bound).toBe(entry?.every ? EXACT : WIDE);
    expect(entry?.results).toBeGreaterThanOrEqual(2 ** 16);
  });

  test.each(casesOf(false).filter(({ direction }) => direction === "forward"))("$op: all inputs", ({ op }) => {
    expect(accuracy.half[op]?.every).toBe(true);
  });
});
