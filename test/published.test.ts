/** What is published beside the code holds: the example of docs/abi.md runs, and versions agree. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { silu } from "wasm-activations";

const root = new URL("../", import.meta.url);
const text = readFileSync(new URL("docs/abi.md", root), "utf8");

test("the example gives what the package gives", () => {
  const example = /```js\n([\s\S]*?)```/.exec(text)?.[1] ?? "";
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", example], {
    cwd: fileURLToPath(root),
    encoding: "utf8",
  });
  expect(printed.trim()).toBe([...silu(new Float32Array([-1, 0, 1, 2]))].join(" "));
});

test("the only import is env.memory, and what it says of the exports holds", () => {
  const module = new WebAssembly.Module(readFileSync(new URL("dist/kernels.wasm", root)));
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
  const names = new Set(WebAssembly.Module.exports(module).map(({ name }) => name));
  for (const name of ["heapBase", "built", "relu", "reluGrad", "siluTable", "siluGradTable", "softmax"]) {
    expect(names, name).toContain(name);
  }
});

const read = (file: string) => JSON.parse(readFileSync(new URL(file, root), "utf8"));

test("jsr.json and the changelog are of the version of the package", () => {
  const versionOf = (file: string) => read(file).version as string;
  expect(versionOf("jsr.json")).toBe(versionOf("package.json"));
  expect(readFileSync(new URL("CHANGELOG.md", root), "utf8")).toContain(`## ${versionOf("package.json")}`);
});

test("jsr.json has the entries of the package, each with its types", () => {
  const jsr = read("jsr.json");
  const entries = Object.entries<{ default: string }>(read("package.json").exports).filter(([, { default: file }]) =>
    file?.endsWith(".js"),
  );
  expect(jsr.exports).toEqual(Object.fromEntries(entries.map(([entry, { default: file }]) => [entry, file])));
  for (const [, { default: file }] of entries) {
    const code = readFileSync(new URL(file, root), "utf8");
    const types = /^\/\* @ts-self-types="\.\/([\w.]+)" \*\//.exec(code)?.[1];
    for (const name of [file.slice(2), `dist/${types}`]) expect(jsr.publish.include).toContain(name);
    // What one of them imports by the name of the package JSR finds.
    if (/from "wasm-activations"/.test(code)) expect(jsr.imports["wasm-activations"]).toBe(jsr.exports["."]);
  }
});
