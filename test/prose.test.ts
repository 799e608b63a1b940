/** The length of a line of prose: pages, and comments. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileOf, filesIn } from "../scripts/files.ts";

const MOST = 100;
const text = (name: string) => readFileSync(fileOf(name), "utf8");
const ownFilesIn = (folder: string, ending: RegExp) =>
  filesIn(folder, ending).filter((name) => !name.includes("node_modules"));

const PAGES = [
  ...readdirSync(fileOf(""), { encoding: "utf8" }).filter((name) => name.endsWith(".md")),
  ...["docs", "examples"].flatMap((folder) => ownFilesIn(folder, /\.md$/)),
];

test.each(PAGES)("no line of %s is longer than 100 columns, but for tables, code and single words", (page) => {
  const prose = text(page).replace(/^( *)```[\s\S]*?^\1```$/gm, "");
  const long = prose
    .split("\n")
    .filter((line) => line.length > MOST && !line.startsWith("|") && !line.startsWith("`npm") && line.includes(" "));
  expect(long).toEqual([]);
});

/** Lines in which nothing stands but a comment, or a part of one. */
const COMMENT = /^\s*(?:\/\*|\*|\/\/\s)/;

test.each(["assembly", "bench", "examples", "oracle", "scripts", "src", "test"])(
  "no comment in %s has a longer line",
  (folder) => {
    const files = ownFilesIn(folder, /\.(?:ts|tsx|mjs|js|css)$/);
    const long = files.flatMap((file) =>
      text(file)
        .split("\n")
        .flatMap((line, i) => (line.length > MOST && COMMENT.test(line) ? [`${file}:${i + 1}`] : [])),
    );
    expect(files.length).toBeGreaterThan(0);
    expect(long).toEqual([]);
  },
);
