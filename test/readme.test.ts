/** What README.md says in words: its names, its example, its bounds. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as lib from "wasm-activations";
import { casesOf } from "../oracle/cases.ts";
import { fileOf } from "../scripts/files.ts";
import { recipeOf } from "../scripts/recipe/blocks.ts";
import { checkScaled, FACTORS, SCALED_BOUND } from "../scripts/verify/scaled.ts";
import * as table from "../src/activations.generated.ts";
import { describe } from "../src/calls/describe.ts";
import { describeHalf } from "./half-arrays.ts";

const PAGES = ["README.md", "CONTRIBUTING.md"];
const text = (name: string) => readFileSync(fileOf(name), "utf8");

test("every op is named in the README", () => {
  const readme = text("README.md");
  const ops = Object.values(table).flatMap((op: unknown) => describe(op) ?? []);
  const names = ops.filter(({ name, of }) => name === of).map(({ name }) => name);
  expect(names.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
});

test("the table of costs fits a screen", () => {
  const [, part = ""] = /^## Cost\n([\s\S]*?)^## /m.exec(text("README.md")) ?? [];
  const rows = part.split("\n").filter((line) => line.startsWith("| `"));
  expect(rows.length).toBeGreaterThan(9);
  expect(rows.length).toBeLessThanOrEqual(20);
});

test.each(PAGES)("the files that %s links to exist", (page) => {
  const links = [...text(page).matchAll(/\]\(((?!http|#)[^)]+)\)/g)].map(([, link = ""]) => link);
  expect(links.filter((link) => !existsSync(fileOf(link)))).toEqual([]);
});

/**
 * The example of a section: a function of what it takes as given, which gives back some of its
 * constants.
 */
function exampleOf(section: string, given: readonly string[], back: string): (...values: unknown[]) => unknown {
  const part =
    text("README.md")
      .split(/^## /m)
      .find((each) => each.startsWith(`${section}\n`)) ?? "";
  const [, code = ""] = /```ts\n([\s\S]*?)```/.exec(part) ?? [];
  expect(code).toContain('from "wasm-activations"');
  const names = [...(/\{([^}]+)\}\s*from/.exec(code)?.[1] ?? "").matchAll(/\w+/g)].map(([name]) => name);
  const body = code.replace(/^import[\s\S]*?from [^\n]+\n/m, "");
  const run = new Function("lib", ...given, `const { ${names.join(", ")} } = lib;\n${body}\nreturn { ${back} };`);
  return (...values) => run(lib, ...values) as unknown;
}

test("what the README links to is in the package", () => {
  const { files } = JSON.parse(text("package.json")) as { files: string[] };
  const packed = files.map((file) => new RegExp(`^${file.replaceAll(".", "\\.").replace("*", "[^/]+")}$`));
  const links = [...text("README.md").matchAll(/\]\(((?!http|#)[^)]+)\)/g)].map(([, link = ""]) => link);
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link) => !packed.some((pattern) => pattern.test(link)))).toEqual([]);
});

test("the example under Use runs", () => {
  const run = exampleOf("Use", ["batch", "classes", "logits", "dy"], "x, block");
  const { x, block } = run(2, 3, new Float32Array(6), new Float32Array(5)) as Record<"x" | "block", Float32Array>;
  expect([...x]).toEqual([-2, -0.5, 0, 1, 3].map((v) => Math.fround(v > 0 ? v : Math.fround(0.2) * v)));
  expect(block.length).toBe(128);
});

describeHalf("with Float16Array", () => {
  test("the example under Half precision runs", () => {
    const { logits } = exampleOf("Half precision", [], "logits")() as { logits: Float16Array };
    expect(logits).toBeInstanceOf(Float16Array);
    expect([...logits].reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 3);
  });
});

test("the recipes have a kernel, a row and a command for each example", () => {
  const blocks = PAGES.flatMap((page) => recipeOf(text(page)));
  const ops = blocks.flatMap((block) => ("adopt" in block ? block.adopt : []));
  expect(ops.length).toBe(2);
  const files = blocks.flatMap((block) => ("file" in block ? [block.file] : []));
  expect(files).toEqual(ops.flatMap((op) => [`assembly/kernels/${op}.ts`, `src/activations/${op}.ts`]));
});

const gradients = casesOf(false).filter(({ direction }) => direction === "gradient");

test.each(gradients.map((subject) => ({ op: subject.op, subject })))(
  "$op keeps 1.5 ULP for other dy",
  ({ subject }) => {
    expect(SCALED_BOUND).toBe(1.5);
    // The gradient of a step is 0 whatever dy.
    const { a, b, c, row } = subject;
    const isFlat = [-2, -0.5, 0.5, 2].every((x) => row.derivative(x, a, b, c) === 0);
    for (const dy of FACTORS) {
      const { maxUlp, normal } = checkScaled(subject, lib, dy, dy === "adverse" ? 2 ** 14 : 2 ** 18);
      expect(normal > 0).toBe(!isFlat);
      expect(maxUlp).toBeLessThanOrEqual(SCALED_BOUND);
    }
  },
);
