/** The public names, and that table, kernels and exports tell of the same ops. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import * as table from "../src/activations.generated.ts";
import { describe } from "../src/calls/describe.ts";

/** What the package offers beside the ops. */
const BESIDE = ["alloc", "backend", "custom", "free", "prepare"];

const KERNELS = new URL("../assembly/kernels/", import.meta.url);

/** What the kernel files export. */
const kernels = readdirSync(KERNELS).flatMap((file) =>
  [...readFileSync(new URL(file, KERNELS), "utf8").matchAll(/^export function (\w+)/gm)].map(([, name]) => name ?? ""),
);

test("the public names", () => {
  expect(Object.keys(wasm).sort()).toMatchSnapshot();
});

test("both entries export the table and the same few names beside it", () => {
  const names = [...Object.keys(table), ...BESIDE].sort();
  expect(Object.keys(wasm).sort()).toEqual(names);
  expect(Object.keys(js).sort()).toEqual(names);
});

test("each entry says what it runs on", () => {
  expect(wasm.backend).toBe("wasm");
  expect(js.backend).toBe("js");
});

test("every name of the table is that of its op, or an alias of one", () => {
  for (const [name, op] of Object.entries(table)) {
    const known = describe(op);
    expect(known, `${name} is no op`).toBeDefined();
    if (known?.name !== name)
      expect(new Map<unknown, unknown>(Object.entries(table)).get(known?.name), `${name} is an alias`).toBe(op);
  }
});

test("swish is silu", () => {
  expect(wasm.swish).toBe(wasm.silu);
  expect(wasm.swishGrad).toBe(wasm.siluGrad);
});

/**
 * What assembly/memory.ts exports: no kernels of ops, but what a host needs, and the loops over
 * curves.
 */
const HOST = /^(memory|heapBase|built)$|(Curve|Slope)$/;

test("every kernel has a row", () => {
  const rows = new Set(Object.values(table).map((op) => describe(op)?.name));
  const orphans = kernels.filter(
    (name) => !HOST.test(name) && !rows.has(name.replace(/(Table|Part|Passes|Room)$/, "")),
  );
  expect(orphans).toEqual([]);
});

test("require works as import does", () => {
  const [major, minor] = process.versions.node.split(".").map(Number) as [number, number];
  if (major === 20 && minor < 19) return;
  const required = createRequire(import.meta.url)("../dist/index.js") as typeof wasm;
  expect([...required.relu(new Float32Array([-1, 2]))]).toEqual([0, 2]);
});

test.each([
  ["index.js", []],
  ["js.js", []],
  ["edge.js", ["./kernels.wasm?module"]],
  ["tfjs.js", ["wasm-activations"]],
])("%s imports %j and uses no eval", (bundle, expected) => {
  const text = readFileSync(new URL(`../dist/${bundle}`, import.meta.url), "utf8");
  const imported = [...text.matchAll(/(?<!["'])\b(?:from|import)\s*\(?["']([^"']+)["']/g)].map(([, from]) => from);
  expect(imported).toEqual(expected);
  expect(text.match(/\brequire\(|\beval\(|\bnew Function\b|^await\b|[^a-zA-Z]await /g)).toBeNull();
});
