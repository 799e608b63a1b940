/**
 * docs/coverage.json and its page: every name has its row, and every call of the page gives what
 * the project's formula gives.
 */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCoverage, servedOf } from "../scripts/docs/coverage/data.ts";
import { coveragePage, defaultsOf } from "../scripts/docs/coverage/page.ts";
import { fileOf } from "../scripts/files.ts";
import { complaintsAbout, numbers, resultsAt } from "./coverage.ts";

const coverage = readCoverage();

describe.each(coverage.projects)("$project", (project) => {
  const entries = project.names;

  test("has every name once, and a row for each", () => {
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
    const without = entries.filter((entry) => servedOf(coverage, entry, defaultsOf).length === 0);
    for (const { name, none = "" } of without) expect(coverage.reasons[none], name).toBeTruthy();
    expect(entries.filter((entry) => entry.none && entry.is)).toEqual([]);
  });

  test("the parameters that a call uses are the project's", () => {
    const unknown = entries.flatMap(({ name, parameters = {}, with: uses = {}, cases = [] }) =>
      [uses, ...cases.map((one) => one.with ?? {})]
        .flatMap((one) => Object.values(one))
        .filter((value) => typeof value === "string" && !(value in parameters))
        .map((value) => `${name}: ${value}`),
    );
    expect(unknown).toEqual([]);
  });

  test("every call gives what the formula gives", () => {
    const seen = new Set<string>();
    const found = entries.flatMap((entry) =>
      servedOf(coverage, entry, defaultsOf).flatMap((served) => {
        const key = served.call + served.computation.formula;
        if (seen.has(key)) return [];
        seen.add(key);
        return complaintsAbout(served)
          .slice(0, 1)
          .map((complaint) => `${entry.name}: ${complaint}`);
      }),
    );
    expect(found).toEqual([]);
  });
});

test("every computation is used, and right at other values of its variables too", () => {
  const uses = coverage.projects.flatMap(({ names }) =>
    names.flatMap(({ is, cases = [] }) => [is, ...cases.map((one) => one.is)]),
  );
  expect(Object.keys(coverage.computations).filter((name) => !uses.includes(name))).toEqual([]);
  const found = Object.keys(coverage.computations).flatMap((is) =>
    servedOf(coverage, { name: is, is }, defaultsOf).flatMap((served) => complaintsAbout(served).slice(0, 1)),
  );
  expect(found).toEqual([]);
});

test("no two names are the same, and those of the differences are among them", () => {
  const names = coverage.projects.flatMap((project) => project.names.map(({ name }) => name));
  expect(new Set(names).size).toBe(names.length);
  const differing = coverage.differences.flatMap(({ examples }) => examples.flatMap((example) => example.names));
  expect(differing.filter((name) => !names.includes(name))).toEqual([]);
});

describe.each(coverage.differences)("$title", ({ examples }) => {
  test.each(examples)("$call at $x", ({ call, x, here, names }) => {
    expect(names.length).toBeGreaterThan(0);
    for (const got of resultsAt(call, numbers(x))) expect([...got]).toEqual(numbers(here).map(Math.fround));
  });
});

test("the page is made from docs/coverage.json (npm run docs)", () => {
  expect(readFileSync(fileOf("docs/coverage.md"), "utf8")).toBe(coveragePage(coverage));
});
