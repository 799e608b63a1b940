/**
 * Arrays of alloc seen from outside: Float32Arrays like any other to whoever prints, compares,
 * slices or clones them.
 */
import { deepStrictEqual } from "node:assert";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { alloc, free } from "wasm-activations";
import { ENTRY, inFreshProcess, withAddressSpace } from "./fresh.ts";

describe("an array of alloc", () => {
  const view = alloc(3);
  view.set([1, -2, 3]);
  const plain = new Float32Array([1, -2, 3]);

  test("is a Float32Array and no subclass", () => {
    expect(Object.getPrototypeOf(view)).toBe(Float32Array.prototype);
    expect(view.constructor).toBe(Float32Array);
    expect(view.constructor.name).toBe("Float32Array");
    expect(Object.keys(view)).toEqual(["0", "1", "2"]);
  });

  test("equals one in the eyes of assert and of expect, either way round", () => {
    deepStrictEqual(view, plain);
    deepStrictEqual(plain, view);
    expect(view).toEqual(plain);
    expect(view).toStrictEqual(plain);
    expect(plain).toStrictEqual(view);
  });

  test("prints as one", () => {
    expect(inspect(view)).toBe(inspect(plain));
    expect(String(view)).toBe("1,-2,3");
    expect(JSON.stringify(view)).toBe(JSON.stringify(plain));
  });

  test.each([
    ["slice", () => view.slice(1)],
    ["map", () => view.map((x) => 2 * x)],
    ["filter", () => view.filter((x) => x > 0)],
  ])("gives an ordinary array of its own by %s", (_, derived) => {
    const array = derived();
    expect(Object.getPrototypeOf(array)).toBe(Float32Array.prototype);
    expect(array.buffer).not.toBe(view.buffer);
    expect(array.buffer.byteLength).toBe(array.byteLength);
    expect(() => free(array)).toThrow(RangeError);
  });

  test("shares its memory with a subarray, which prints and compares as one too", () => {
    const part = view.subarray(1);
    expect(part.buffer).toBe(view.buffer);
    expect(part).toStrictEqual(new Float32Array([-2, 3]));
    expect(inspect(part)).toBe(inspect(plain.subarray(1)));
    expect([...view.subarray(-2, -1)]).toEqual([-2]);
    expect([...part.subarray(1)]).toEqual([3]);
  });
});

test("subarrays of subarrays keep the memory alive", () => {
  const result = inFreshProcess(
    ["--expose-gc"],
    `
    const kept = lib.alloc(1000).subarray(10, 900).subarray(5, 15);
    kept.fill(42);
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 10; i++) lib.alloc(1000).fill(7);
      gc();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    console.log(JSON.stringify([...kept]));
  `,
  );
  expect(result).toEqual(Array(10).fill(42));
});

test("a clone of a small array takes a few megabytes at most", () => {
  const bytes = inFreshProcess([], "console.log(structuredClone(lib.alloc(8)).buffer.byteLength)") as number;
  expect(bytes).toBeLessThan(4 * 2 ** 20);
});

// In KiB: less than the 10 GB that an engine reserves for one more memory, and less than any memory
// at all.
test.each([16_777_216, 4_194_304])("alloc works where no more than %i KiB of address space are to be had", (kib) => {
  const result = withAddressSpace(
    kib,
    `
    import * as lib from ${JSON.stringify(ENTRY)};
    const views = [8, 1000, 2 ** 22].map((n) => lib.alloc(n).fill(-2));
    const results = views.map((x) => lib.leakyRelu(x, { alpha: 0.5, out: lib.alloc(x.length) }));
    const right = results.every((y) => y.every((v) => v === -1));
    lib.reluGrad(views[1], views[1], views[1]);
    const written = views[1].every((v) => v === 0);
    for (const view of views) lib.free(view);
    let refused = "";
    try { lib.relu(views[0]); } catch (error) { refused = error.message; }
    console.log(JSON.stringify({ right, written, refused, prototypes: views.every((v) => v.constructor === Float32Array) }));
  `,
  );
  expect(result).toEqual({
    right: true,
    written: true,
    refused: "relu: x was freed, expected an array in use",
    prototypes: true,
  });
});

test("a clone copies the whole memory, a clone of a slice the slice alone", () => {
  const result = inFreshProcess(
    [],
    `
    const view = lib.alloc(8);
    const sizes = [view, structuredClone(view), structuredClone(view.slice())].map((x) => x.buffer.byteLength);
    console.log(JSON.stringify(sizes));
  `,
  ) as [number, number, number];
  const [whole, clone, slice] = result;
  expect(whole).toBeGreaterThan(2 ** 16);
  expect(clone).toBe(whole);
  expect(slice).toBe(32);
});

test("a view made by hand keeps nothing alive", () => {
  const result = inFreshProcess(
    ["--expose-gc"],
    `
    const own = (() => {
      const view = lib.alloc(1000).fill(42);
      return new Float32Array(view.buffer, view.byteOffset, 10);
    })();
    let refused = "";
    for (let round = 0; round < 200 && refused === ""; round++) {
      gc();
      await new Promise((resolve) => setTimeout(resolve, 1));
      try { lib.relu(own); } catch (error) { refused = error.message; }
    }
    console.log(JSON.stringify(refused));
  `,
  );
  expect(result).toBe("relu: x was freed, expected an array in use");
});

test("a loop without a pause gives nothing back, one with free does", () => {
  const buffersOf = (end: string) =>
    inFreshProcess(
      ["--expose-gc"],
      `
      const buffers = new Set();
      for (let i = 0; i < 60; i++) {
        const view = lib.alloc(1_000_000);
        buffers.add(view.buffer);
        ${end}
      }
      console.log(JSON.stringify(buffers.size));
    `,
    ) as number;
  // Arrays that are garbage after each step, 240 MB of them: more than one memory holds.
  expect(buffersOf("gc();")).toBeGreaterThan(buffersOf("gc(); lib.free(view);"));
});

test("an array that fits the second memory lies in it, a larger one alone; free detaches that one", () => {
  const result = inFreshProcess(
    [],
    `
    const [fits, larger] = [lib.alloc(2 ** 24), lib.alloc(2 ** 24 + 1)];
    const alone = [fits, larger].map((x) => x.buffer.byteLength === x.byteLength);
    lib.free(larger);
    lib.free(fits);
    console.log(JSON.stringify({ alone, lengths: [fits.length, larger.length] }));
  `,
  );
  expect(result).toEqual({ alone: [false, true], lengths: [2 ** 24, 0] });
});
