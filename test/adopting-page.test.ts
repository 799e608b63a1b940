/**
 * The code of docs/adopting.md is that of the programs that `npm run test:consumers` runs, and what
 * they print is of the form that the page shows.
 */
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fileOf } from "../scripts/files.ts";

const USERS = "test/consumers/users";
const page = readFileSync(fileOf("docs/adopting.md"), "utf8");
const programs = readdirSync(fileOf(USERS)).map((file) => readFileSync(fileOf(`${USERS}/${file}`), "utf8"));
const unindented = (text: string) => text.replace(/^ +/gm, "");

test("every piece of code is one of a program", () => {
  const pieces = [...page.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = ""]) => code);
  expect(pieces).toHaveLength(6);
  const found = pieces.map((piece) => programs.some((text) => unindented(text).includes(unindented(piece))));
  expect(found).toEqual(pieces.map(() => true));
});

test("every result is named in the program above it", () => {
  const results = [...page.matchAll(/<!-- (\S+) -->\n```\n([\s\S]*?)```/g)];
  expect(results.map(([, program]) => program)).toEqual(["transformers.mjs", "brain.mjs", "matrix.mjs"]);
  for (const [, program, printed = ""] of results) {
    const text = readFileSync(fileOf(`${USERS}/${program}`), "utf8");
    const lines = printed.trim().split("\n");
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line).toMatch(/ before, .* after; .* ms before, .* ms after$/);
      expect(text).toContain(line.split(/[ ,:]/)[0]);
    }
  }
});
