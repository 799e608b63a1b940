/**
 * What bundles of the package weigh: as the README says, and nothing where an import is not used.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bundled, readmeWithSizes } from "../bench/bundled.ts";
import { fileOf } from "../scripts/files.ts";

test("the README's sizes are those of the bundles (npm run bench:size -- --readme)", async () => {
  const readme = readFileSync(fileOf("README.md"), "utf8");
  expect(readme).toBe(await readmeWithSizes(readme));
});

test("declarations use no type argument that TypeScript 5.0 does not know", () => {
  expect(readFileSync(fileOf("dist/index.d.ts"), "utf8").match(/\b(Float32|Uint8)Array</g)).toBeNull();
});

test.each(["", "/js"])("an import of wasm-activations%s that is not used leaves nothing", async (entry) => {
  expect(await bundled(`import { relu } from "wasm-activations${entry}";`)).toHaveLength(0);
});

test("a second op adds its formula and little else", async () => {
  const [one = 0, two = 0] = await Promise.all(
    ["relu", "relu, silu"].map(async (names) => {
      const source = `import { ${names} } from "wasm-activations/js"; globalThis.used = [${names}];`;
      return (await bundled(source)).length;
    }),
  );
  expect(one).toBeLessThan(8600);
  expect(two - one).toBeLessThan(1000);
});
