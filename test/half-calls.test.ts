/**
 * Calls with Float16Array: every form gives the same, types are not mixed, and memory of alloc is
 * looked after.
 */
import { describe, expect, test } from "vitest";
import * as wasm from "wasm-activations";
import * as js from "wasm-activations/js";
import { callOf, errorOf, type Sample, samples } from "./calls.ts";
import { ENTRIES, type Entry } from "./fuzz/table.ts";
import { bitsOfHalves, describeHalf, halvesFor } from "./half-arrays.ts";

const LENGTHS = [0, 1, 2, 3, 7, 8, 9, 17, 64, 4095, 4096, 4097, 9001];
const SHIFTS = [-4097, -9, -1, 1, 3, 4096];

type Op = (...args: readonly unknown[]) => Float16Array;

test("alloc takes no other types", () => {
  for (const { alloc } of [wasm, js]) {
    expect(errorOf(() => alloc(1, Float64Array as never))).toEqual(
      new TypeError("alloc: type is a function, expected Float32Array or Float16Array"),
    );
    expect(alloc(2, Float32Array)).toEqual(new Float32Array(2));
  }
});

/** The results of a right call of small arrays. */
function resultsOf(entry: Entry, sample: Sample, arrays: readonly unknown[]): readonly unknown[] {
  const result = callOf(entry, sample, arrays);
  return ArrayBuffer.isView(result) ? [result] : Object.values(result as object);
}

describeHalf("calls with Float16Array", () => {
  describe.each(ENTRIES.map((entry) => [entry.label, entry] as const))("%s", (_, entry) => {
    test.each(samples(8).map((sample) => [sample.name, sample] as const))("%s: all arrays of one type", (_, sample) => {
      const arrays = sample.roles.map(({ length }) => halvesFor(length));
      expect(resultsOf(entry, sample, arrays)).toEqual(arrays.filter((_, i) => sample.roles[i]?.output));
      const fresh = resultsOf(
        entry,
        sample,
        arrays.map((array, i) => (sample.roles[i]?.output ? undefined : array)),
      );
      for (const array of fresh) expect(array).toBeInstanceOf(Float16Array);
      if (sample.roles.length === 1) return;
      sample.roles.forEach((_, k) => {
        for (const one of ["Float16Array", "Float32Array"] as const) {
          const mixed = sample.roles.map(({ length }, i) =>
            (i === k) === (one === "Float16Array") ? new Float16Array(length) : new Float32Array(length),
          );
          const error = errorOf(() => callOf(entry, sample, mixed));
          expect(error).toBeInstanceOf(TypeError);
          expect(error.message).toMatch(/ a Float16Array\b.* a Float32Array\b| a Float32Array\b.* a Float16Array\b/);
        }
      });
    });

    const [sigmoid, sigmoidGrad] = [entry.op("sigmoid") as Op, entry.op("sigmoidGrad") as Op];

    /** What the op gives of each element by itself. */
    function expectedOf(op: Op, ...inputs: readonly Float16Array[]): Uint16Array {
      const [x = new Float16Array()] = inputs;
      const y = new Float16Array(x.length);
      for (let i = 0; i < x.length; i += 64) y.set(op(...inputs.map((input) => input.slice(i, i + 64))), i);
      return bitsOfHalves(y);
    }

    test.each(LENGTHS)("%i elements: new, given, in place, at any offset, of alloc", (n) => {
      const [x, dy] = [halvesFor(n), halvesFor(n, 5)];
      const [y, dx] = [expectedOf(sigmoid, x), expectedOf(sigmoidGrad, dy, x)];
      expect(bitsOfHalves(sigmoid(x))).toEqual(y);
      expect(bitsOfHalves(sigmoidGrad(dy, x))).toEqual(dx);
      for (const offset of [0, 1, 2, 3]) {
        const memory = new Float16Array(n + 8).fill(77);
        const out = memory.subarray(offset, offset + n);
        out.set(x);
        expect(sigmoid(out, out)).toBe(out);
        expect(bitsOfHalves(out)).toEqual(y);
        out.set(x);
        expect(sigmoidGrad(dy, out, { out })).toBe(out);
        expect(bitsOfHalves(out)).toEqual(dx);
        expect([...memory.subarray(0, offset), ...memory.subarray(offset + n)].every((guard) => guard === 77)).toBe(
          true,
        );
      }
      const inAlloc = entry.op("alloc")(n, Float16Array) as Float16Array;
      expect(inAlloc).toEqual(new Float16Array(n));
      inAlloc.set(x);
      expect(bitsOfHalves(sigmoid(inAlloc, inAlloc))).toEqual(y);
      entry.op("free")(inAlloc);
      expect(() => sigmoid(inAlloc)).toThrow(n === 0 || entry.label === "js" ? "freed" : /freed|detached/);
    });

    test.each(SHIFTS)("an output that lies %i elements beside the input", (shift) => {
      const n = 9001;
      const memory = new Float16Array(n + 2 * 4097);
      for (const buffer of [memory.buffer, new SharedArrayBuffer(memory.byteLength)]) {
        const x = new Float16Array(buffer, 2 * 4097, n);
        const out = new Float16Array(buffer, 2 * (4097 + shift), n);
        const dy = halvesFor(n, 5);
        x.set(halvesFor(n));
        const y = expectedOf(sigmoid, x.slice());
        expect(bitsOfHalves(sigmoid(x, out).slice())).toEqual(y);
        x.set(halvesFor(n));
        const dx = expectedOf(sigmoidGrad, dy, x.slice());
        expect(bitsOfHalves(sigmoidGrad(dy, x, out).slice())).toEqual(dx);
      }
    });

    test("a view of the memory of an array of alloc is no float32 there", () => {
      const inside = entry.op("alloc")(64) as Float32Array;
      const view = new Float16Array(inside.buffer, inside.byteOffset, 16).fill(1);
      expect([...(entry.op("softmax") as Op)(view)]).toEqual(Array(16).fill(1 / 16));
      expect([...sigmoidGrad(view, view)]).toEqual([...sigmoidGrad(new Float16Array(16).fill(1), view.slice())]);
    });

    test("parameters that differ give their own results, however many were used before", () => {
      const silu = entry.op("silu") as Op;
      const x = halvesFor(16);
      const betas = Array.from({ length: 70 }, (_, i) => 1 + i / 8);
      const results = betas.map((beta) => bitsOfHalves(silu(x, { beta })));
      expect(new Set(results.map((bits) => bits.join())).size).toBe(betas.length);
      expect(betas.map((beta) => bitsOfHalves(silu(x, { beta })))).toEqual(results);
      expect(bitsOfHalves(silu(new Float16Array([-1, 1]), { beta: -0 }))).toEqual(
        bitsOfHalves(new Float16Array([-0.5, 0.5])),
      );
    });
  });
});
