/** The examples in the docstrings of the activations, run: a call, and behind it what it gives. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as ops from "wasm-activations";
import { fileOf } from "../scripts/files.ts";

const FOLDER = "src/activations";
const NUMBER = /-?(?:\d+(?:\.\d+)?|Infinity)/g;

interface Example {
  readonly call: string;
  readonly result: string;
}

/** Those of a file; `/** … @example`, to the end of the comment. */
function examplesIn(file: string): Example[] {
  const text = readFileSync(fileOf(`${FOLDER}/${file}`), "utf8");
  return [...text.matchAll(/@example([\s\S]*?)\*\//g)].flatMap(([, block = ""]) => {
    const code = block.replace(/\n \* ?/g, "\n");
    const found = [...code.matchAll(/^(.*\));\s*\/\/ (.*)$/gm)];
    // What is not a call with its result would not be looked at.
    expect(found.map(([whole]) => whole).join("\n"), file).toBe(code.trim());
    return found.map(([, call = "", result = ""]) => ({ call, result }));
  });
}

const run = (call: string): unknown => new Function("ops", `with (ops) { return ${call}; }`)(ops);

/** The numbers of an array, or of the arrays of an object, in order. */
function numbersOf(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return ArrayBuffer.isView(value)
    ? [...(value as Float32Array)]
    : Object.values(value as object).flatMap((part) => numbersOf(part));
}

describe.each(readdirSync(fileOf(FOLDER)))("%s", (file) => {
  let before = "";
  for (const { call, result } of examplesIn(file)) {
    if (result !== "the same") before = result;
    const written = before.match(NUMBER) ?? [];
    test(call, () => {
      const got = numbersOf(run(call));
      expect(got).toHaveLength(written.length);
      written.forEach((text, i) => {
        if (text.endsWith("Infinity") || text === "-0") {
          expect(got[i]).toBe(Number(text));
          return;
        }
        // To the last digit that is written, and no further than float32 has digits.
        const digits = text.split(".")[1]?.length ?? 0;
        const room = 0.5 * 10 ** -digits + 2 ** -23 * Math.abs(Number(text));
        expect(Math.abs((got[i] as number) - Number(text)), `${text}, got ${got[i]}`).toBeLessThanOrEqual(room);
      });
    });
  }
  test("has an example where it has an op", () => {
    const isOp = /\bexport const \w+ = /.test(readFileSync(fileOf(`${FOLDER}/${file}`), "utf8"));
    expect(examplesIn(file).length > 0).toBe(isOp);
  });
});
