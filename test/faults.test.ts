/** Where WebAssembly refuses: the entry is imported, says which engine it has, and is right. */
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ENTRY, JS_ENTRY, printed } from "./fresh.ts";

const DIST = fileURLToPath(new URL("../dist/", import.meta.url));

/** What happens before the import. */
const FAULTS: Readonly<Record<string, string>> = {
  "WebAssembly is missing": "delete globalThis.WebAssembly;",
  "WebAssembly is empty": "globalThis.WebAssembly = {};",
  "compiling is refused": `WebAssembly.Module = function () { throw new WebAssembly.CompileError("refused"); };`,
  "memory is refused": `WebAssembly.Memory = function () { throw new RangeError("refused"); };`,
  "no instance is to be had": `WebAssembly.Instance = function () { throw new RangeError("refused"); };`,
};

/**
 * Calls every function of both entries in some ways; prints the engine, how many calls gave a
 * result, and which differ from those of `wasm-activations/js`.
 */
const COMPARE = `
  const lib = await import(${JSON.stringify(ENTRY)});
  const js = await import(${JSON.stringify(JS_ENTRY)});
  const x = () => Float32Array.from({ length: 20 }, (_, i) => Math.sin(i) * 4);
  const calls = [(f) => f(x()), (f) => f(x(), x()), (f) => f(x(), 0.5), (f) => f(5), (f) => f("mine", Math.cos)(x())];
  const said = (f, call) => { try { return JSON.stringify(call(f)) ?? ""; } catch (error) { return "refused: " + error.message; } };
  const names = Object.keys(js).filter((name) => typeof js[name] === "function");
  const pairs = names.flatMap((name) => calls.map((call) => [name, said(lib[name], call), said(js[name], call)]));
  console.log(JSON.stringify({
    backend: lib.backend,
    results: pairs.filter(([, result]) => !result.startsWith("refused")).length,
    differing: pairs.filter(([, result, plain]) => result !== plain).map(([name]) => name),
  }));
`;

interface Compared {
  readonly backend: string;
  readonly results: number;
  readonly differing: readonly string[];
}

test.each(Object.entries(FAULTS))("where %s everything runs in plain JavaScript", (_, fault) => {
  const { backend, results, differing } = printed([], `${fault}\n${COMPARE}`) as Compared;
  expect(backend).toBe("js");
  expect(results).toBeGreaterThan(100);
  expect(differing).toEqual([]);
});

describe.runIf(process.arch === "x64")("on a processor without SSE 4.1", () => {
  test("WebAssembly has no SIMD, and everything runs in plain JavaScript", () => {
    const { backend, differing } = printed(["--no-enable-sse4-1"], COMPARE) as Compared;
    expect({ backend, differing }).toEqual({ backend: "js", differing: [] });
  });
});

test("where the second instance is refused arrays of alloc are right all the same", () => {
  const result = printed(
    [],
    `
    const { Instance } = WebAssembly;
    let made = 0;
    WebAssembly.Instance = function (...args) {
      if (++made > 1) throw new RangeError("refused");
      return new Instance(...args);
    };
    const lib = await import(${JSON.stringify(ENTRY)});
    // More than the first memory has room for.
    const views = Array.from({ length: 6 }, () => lib.alloc(2 ** 18).fill(-2));
    const right = views.every((view) => lib.leakyRelu(view, { alpha: 0.5, out: view }).every((y) => y === -1));
    for (const view of views) lib.free(view);
    console.log(JSON.stringify({ backend: lib.backend, isRefused: made > 1, right }));
  `,
  );
  expect(result).toEqual({ backend: "wasm", isRefused: true, right: true });
});

test("a host may give a module that it compiled in another realm", () => {
  const result = printed(
    [],
    `
    import { readFileSync } from "node:fs";
    import { createContext, runInContext } from "node:vm";
    const file = (name) => ${JSON.stringify(DIST)} + name;
    const bytes = readFileSync(file("kernels.wasm"));
    globalThis.compiled = runInContext("new WebAssembly.Module(bytes)", createContext({ bytes }));
    const text = readFileSync(file("edge.js"), "utf8").replace(/import (\\S+) from "[^"]*wasm[^"]*"/, "const $1 = compiled");
    const lib = await import("data:text/javascript," + encodeURIComponent(text));
    console.log(JSON.stringify({ backend: lib.backend, y: [...lib.relu(new Float32Array([-1, 2]))] }));
  `,
  );
  expect(result).toEqual({ backend: "wasm", y: [0, 2] });
});
