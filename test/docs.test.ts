/** The published accuracy: of these kernels, complete, within the bounds, and the same in every place where it stands. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { accuracyPage, entryOf, functionsPage, functionsTable, readmeWith } from "../scripts/docs-pages.ts";
import { casesOf } from "../scripts/verify-cases.ts";
import {
  ALL_INPUTS,
  complaintsAbout,
  FINGERPRINTS_FILE,
  fileOf,
  readAccuracy,
  readJson,
} from "../scripts/verify-results.ts";

const accuracy = readAccuracy();
const fingerprints = readJson<Record<string, string>>(FINGERPRINTS_FILE, {});
const text = (name: string) => readFileSync(fileOf(name), "utf8");

test("the pages are made from docs/accuracy.json and the table (npm run docs)", () => {
  expect(text("docs/accuracy.md")).toBe(accuracyPage(accuracy));
  expect(text("docs/functions.md")).toBe(functionsPage(accuracy));
  expect(readmeWith(text("README.md"), functionsTable(accuracy))).toBe(text("README.md"));
});

describe.each(casesOf(true).map((subject) => ({ title: `${subject.op}, ${subject.setting}`, subject })))(
  "$title",
  ({ subject }) => {
    const entry = entryOf(accuracy, "wasm", subject);

    test("is verified with these kernels: over every input with its defaults, over 2^28 at least with others", () => {
      expect(entry?.inputs).toBeGreaterThanOrEqual(subject.setting === "default" ? ALL_INPUTS : 2 ** 28);
      expect(entry?.fingerprint).toBe(fingerprints[subject.op]);
    });

    test("keeps its bounds", () => {
      expect(entry && complaintsAbout(subject, entry)).toEqual([]);
    });

    test("keeps them in plain JavaScript, on 2^24 inputs", () => {
      const js = entryOf(accuracy, "js", subject);
      expect(js?.inputs).toBeGreaterThanOrEqual(2 ** 24);
      expect(js && complaintsAbout(subject, js)).toEqual([]);
    });

    test("has its plot", () => {
      expect(existsSync(fileOf(`docs/plots/${subject.of}.svg`))).toBe(true);
    });
  },
);
