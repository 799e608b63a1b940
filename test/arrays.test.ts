/** What an op does with arrays: lengths, offsets, buffers, overlap, surroundings. */
import { describe, expect, test } from "vitest";
import { alloc, free } from "wasm-activations";
import { bitsOf } from "../oracle/ulp.ts";
import { type AnyOp, ENTRIES, exported, OPS } from "./ops.ts";

const SURROUNDING = 77;
const LENGTHS = [...Array(71).keys(), 127, 128, 129, 255, 256, 257, 1023, 1024, 1025, 4095, 4096, 4097, 8192, 12289];

/** n numbers between -12 and 12, the same in every run. */
function numbers(n: number, seed = 1): Float32Array<ArrayBuffer> {
  let state = seed;
  return Float32Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 24;
  });
}

/** Bits, with one NaN for all. */
function bits(array: Float32Array): number[] {
  return Array.from(array, (x) => (Number.isNaN(x) ? 0x7fc00000 : bitsOf(x)));
}

/**
 * A view of `n` elements, `offset` elements into a buffer filled with a guard value, and whether
 * the guard still stands.
 */
function guarded(
  content: Float32Array,
  offset: number,
  Buffer: typeof ArrayBuffer | typeof SharedArrayBuffer = ArrayBuffer,
) {
  const all = new Float32Array(new Buffer((content.length + offset + 8) * 4));
  all.fill(SURROUNDING);
  const view = all.subarray(offset, offset + content.length);
  view.set(content);
  const intact = () => all.every((x, i) => (i >= offset && i < offset + content.length) || x === SURROUNDING);
  return { view, intact };
}

/**
 * The op applied to each element alone: whatever the length, an element's result must be the same
 * bits.
 */
function oneByOne(op: AnyOp, ...inputs: readonly Float32Array[]): Float32Array {
  const n = inputs[0]?.length ?? 0;
  return Float32Array.from({ length: n }, (_, i) => op(...inputs.map((input) => input.slice(i, i + 1)))[0] as number);
}

describe.each(ENTRIES)("the %s entry", (entry) => {
  describe.each(OPS)("$name", ({ name }) => {
    const op = exported(entry, name);
    const grad = exported(entry, `${name}Grad`);

    test("gives the same bits at any length and offset, and writes nowhere else", () => {
      const most = numbers(Math.max(...LENGTHS));
      const dys = numbers(most.length, 2);
      const want = oneByOne(op, most);
      const wantGrad = oneByOne(grad, dys, most);
      for (const n of LENGTHS) {
        for (const offset of n < 71 ? [0, 1, 2, 3, 4] : [0, 1, 3]) {
          const x = guarded(most.subarray(0, n), offset);
          const dy = guarded(dys.subarray(0, n), (offset + 1) % 5);
          const out = guarded(new Float32Array(n), (offset + 2) % 5);
          const label = `${name}, length ${n}, offset ${offset}`;
          expect(op(x.view, out.view), label).toBe(out.view);
          expect(bits(out.view), label).toEqual(bits(want.subarray(0, n)));
          expect(grad(dy.view, x.view, out.view), label).toBe(out.view);
          expect(bits(out.view), label).toEqual(bits(wantGrad.subarray(0, n)));
          expect(bits(x.view), label).toEqual(bits(most.subarray(0, n)));
          expect(bits(dy.view), label).toEqual(bits(dys.subarray(0, n)));
          expect(
            [x, dy, out].map(({ intact }) => intact()),
            label,
          ).toEqual([true, true, true]);
        }
      }
    });

    test("makes a new array, works in place, takes out as an option", () => {
      const x = numbers(300);
      const dy = numbers(300, 2);
      const want = op(x);
      const wantGrad = grad(dy, x);
      expect(want).toBeInstanceOf(Float32Array);
      expect(want).not.toBe(x);
      const out = new Float32Array(300);
      expect(op(x, { out })).toBe(out);
      expect(bits(out)).toEqual(bits(want));
      expect(grad(dy, x, { out })).toBe(out);
      expect(bits(out)).toEqual(bits(wantGrad));
      for (const [dyIn, xIn, outIn] of inPlace(dy, x)) expect(bits(grad(dyIn, xIn, outIn))).toEqual(bits(wantGrad));
      expect(bits(op(x, x))).toEqual(bits(want));
    });

    test.each([1, 7, 100, 4096, 9000])(
      "overlapping by all but %i elements, as if all input had been read first",
      (shift) => {
        const n = 10_000;
        const x = numbers(n);
        const dy = numbers(n, 2);
        const want = bits(op(x));
        const wantGrad = bits(grad(dy, x));
        for (const outAt of [0, shift]) {
          const all = new Float32Array(n + shift);
          const xIn = all.subarray(shift - outAt, shift - outAt + n);
          xIn.set(x);
          expect(bits(op(xIn, all.subarray(outAt, outAt + n)))).toEqual(want);
        }
        // out between dy and x in memory, ahead of one and behind the other; and the other way
        // round.
        for (const [dyAt, xAt] of [
          [0, 2 * shift],
          [2 * shift, 0],
        ] as const) {
          const all = new Float32Array(2 * n + 4 * shift);
          const dyIn = all.subarray(dyAt, dyAt + n);
          const xIn = all.subarray(xAt, xAt + n);
          if (Math.abs(dyAt - xAt) < n) {
            // They overlap each other: what is read is what stands there.
            all.set(numbers(all.length, 3));
            const expected = bits(grad(dyIn.slice(), xIn.slice()));
            expect(bits(grad(dyIn, xIn, all.subarray(shift, shift + n)))).toEqual(expected);
          } else {
            dyIn.set(dy);
            xIn.set(x);
            expect(bits(grad(dyIn, xIn, all.subarray(shift, shift + n)))).toEqual(wantGrad);
          }
        }
      },
    );

    test("takes shared and resizable buffers", () => {
      const x = numbers(5000);
      const want = bits(op(x));
      const shared = guarded(x, 3, SharedArrayBuffer);
      expect(bits(op(shared.view))).toEqual(want);
      expect(bits(op(shared.view, shared.view))).toEqual(want);
      expect(shared.intact()).toBe(true);
      const Resizable = ArrayBuffer as unknown as new (
        bytes: number,
        options: { maxByteLength: number },
      ) => ArrayBuffer;
      const growing = new Float32Array(new Resizable(5000 * 4, { maxByteLength: 6000 * 4 }));
      growing.set(x);
      expect(bits(op(growing, growing))).toEqual(want);
    });

    test("gives the same bits on arrays of alloc, alone or mixed with others", () => {
      if (entry === "js") return;
      const n = 1003;
      const x = numbers(n);
      const dy = numbers(n, 2);
      const inside = [alloc(n), alloc(n), alloc(n)] as const;
      inside[0].set(x);
      inside[1].set(dy);
      expect(bits(op(inside[0], inside[2]))).toEqual(bits(op(x)));
      expect(bits(op(inside[0]))).toEqual(bits(op(x)));
      expect(bits(op(x, inside[2]))).toEqual(bits(op(x)));
      expect(bits(grad(inside[1], inside[0], inside[2]))).toEqual(bits(grad(dy, x)));
      expect(bits(grad(dy, inside[0], inside[2]))).toEqual(bits(grad(dy, x)));
      expect(bits(op(inside[0].subarray(5, 500), inside[2].subarray(6, 501)))).toEqual(bits(op(x.subarray(5, 500))));
      expect(bits(op(inside[0].subarray(0, n - 1), inside[0].subarray(1)))).toEqual(bits(op(x.subarray(0, n - 1))));
      for (const view of inside) free(view);
    });
  });
});

/**
 * dy, x and out for a gradient, with out in the place of dy, of x, and all three one array where dy
 * and x are the same.
 */
function inPlace(dy: Float32Array, x: Float32Array): (readonly [Float32Array, Float32Array, Float32Array])[] {
  const first = dy.slice();
  const second = x.slice();
  return [
    [first, x, first],
    [dy, second, second],
  ];
}

test("dy, x and out may all be one array", () => {
  for (const { name } of OPS) {
    const grad = exported("wasm", `${name}Grad`);
    const x = numbers(777);
    const want = bits(grad(x, x.slice()));
    expect(bits(grad(x, x, x)), name).toEqual(want);
  }
});
