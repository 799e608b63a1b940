/** What the build must have made of the kernels. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fromBits, hex } from "../oracle/ulp.ts";
import { OPS, passedOn } from "./ops.ts";

const file = (path: string) => new URL(`../${path}`, import.meta.url);

type Kernel = (...args: readonly number[]) => void;

/** An instance with room for three arrays of N beyond its tables. */
function instantiate(path: string) {
  const module = new WebAssembly.Module(readFileSync(file(path)));
  const memory = new WebAssembly.Memory({ initial: 1024, maximum: 1024 });
  const exports = new WebAssembly.Instance(module, { env: { memory } }).exports as Record<string, Kernel>;
  return { exports, memory, module };
}

test("the module needs a memory and nothing else", () => {
  const { module } = instantiate("dist/kernels.wasm");
  expect(WebAssembly.Module.imports(module)).toEqual([{ module: "env", name: "memory", kind: "memory" }]);
});

test("the loops over vectors call nothing", () => {
  const wat = readFileSync(file("build/kernels.plain.wat"), "utf8");
  let loops = 0;
  for (const [func] of wat.matchAll(/^ \(func (?:.|\n)*?^ \)$/gm)) {
    // A loop's text goes to the `end` that is indented as it is. Those without another one inside
    // are the loops over vectors.
    for (const start of func.matchAll(/^( +)loop .*$/gm)) {
      const text = func.slice(start.index);
      const loop = text.slice(0, text.indexOf(`\n${start[1]}end`));
      if (!loop.includes("v128.load") || / loop .*/.test(loop.slice(start[0].length))) continue;
      loops++;
      // But for elements that are rare.
      const calls = loop.match(/^ *call(_indirect)?\b(?!.*\/(repair|rare\w+|NativeMath\.sincos)$).*/gm);
      expect(calls, func.slice(0, func.indexOf("\n"))).toBeNull();
    }
  }
  // Curves share theirs.
  expect(loops).toBeGreaterThanOrEqual(OPS.length);
});

test("hoisted constants change no bit", () => {
  const N = 4096;
  const hoisted = instantiate("dist/kernels.wasm");
  const plain = instantiate("build/kernels.plain.wasm");
  const base = 2 ** 25;
  const [x, dy, out] = [base, base + 4 * N, base + 8 * N];
  for (const { memory } of [hoisted, plain]) {
    const xs = new Float32Array(memory.buffer, x, N);
    // All float32 numbers in equal steps of their bits, NaN among them.
    for (let i = 0; i < N; i++) xs[i] = fromBits(Math.imul(i, 1048573) >>> 0);
    new Float32Array(memory.buffer, dy, N).fill(0.7);
  }
  for (const op of OPS) {
    for (const suffix of ["", "Grad"]) {
      const name = op.name + suffix;
      for (const setting of op.settings) {
        const parameters = passedOn(op, setting);
        const results = [hoisted, plain].map(({ exports, memory }) => {
          exports[`${name}Table`]?.();
          if (suffix) exports[name]?.(dy, x, out, N, ...parameters);
          else exports[name]?.(x, out, N, ...parameters);
          return new Float32Array(memory.buffer, out, N).slice();
        });
        const [got, want] = results as [Float32Array, Float32Array];
        const differ = got.findIndex((value, i) => !Object.is(value, want[i]));
        expect(differ, `${name}(${setting}) at ${hex(fromBits(Math.imul(differ, 1048573) >>> 0))}`).toBe(-1);
      }
    }
  }
});

test("built lists each range that was filled, once, and a copy of them is as good as filling", () => {
  const { exports, memory } = instantiate("dist/kernels.wasm");
  const list = (): [number, number][] => {
    const view = new DataView(memory.buffer, Number(exports.built?.()));
    return Array.from({ length: view.getInt32(0, true) }, (_, i) => [
      view.getInt32(4 + 8 * i, true),
      view.getInt32(8 + 8 * i, true),
    ]);
  };
  expect(list()).toEqual([]);
  exports.siluTable?.();
  const [[table = 0, bytes = 0] = []] = list();
  expect(bytes).toBeGreaterThan(4096 * 16);
  exports.swigluTable?.();
  exports.siluTable?.();
  expect(list()).toEqual([[table, bytes]]);
  for (const name of Object.keys(exports)) if (name.endsWith("Table")) exports[name]?.();
  const ranges = list().toSorted(([a], [b]) => a - b);
  expect(ranges.length).toBeGreaterThan(20);
  ranges.forEach(([start, size], i) => {
    expect(start + size).toBeLessThanOrEqual(ranges[i + 1]?.[0] ?? Number(exports.heapBase?.()));
  });

  const other = instantiate("dist/kernels.wasm");
  for (const [start, size] of ranges) {
    new Uint8Array(other.memory.buffer).set(new Uint8Array(memory.buffer, start, size), start);
  }
  const base = 2 ** 25;
  for (const op of ["silu", "tanhShrink", "logSigmoid"]) {
    const results = [memory, other.memory].map((of, i) => {
      const xs = new Float32Array(of.buffer, base, 256);
      xs.set(Float32Array.from(xs, (_, at) => (at - 128) / 9));
      [exports, other.exports][i]?.[op]?.(base, base + 1024, 256, 1);
      return new Float32Array(of.buffer, base + 1024, 256).slice();
    });
    expect(results[1], op).toEqual(results[0]);
    expect(new Set(results[0]).size, op).toBeGreaterThan(100);
  }
});
