/** The examples of a page, run. */
import { readFileSync } from "node:fs";
import { expect, vi } from "vitest";
import * as ops from "wasm-activations";
import { fileOf } from "../scripts/files.ts";

/** What each of the page's examples prints: the arguments of every call of `console.log`. */
export function examplesOf(page: string): readonly (() => unknown[][])[] {
  const text = readFileSync(fileOf(page), "utf8");
  return [...text.matchAll(/```js\nimport .*\n([\s\S]*?)```/g)].map(([, body = ""]) => () => {
    const log = vi.fn();
    const names = Object.keys(ops);
    new Function(...names, "console", body)(...Object.values(ops), { log });
    return log.mock.calls;
  });
}

/** These numbers, to five digits behind the point. */
export const near = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 5) as number);
