/** The kernels along an axis with options, and those without an op of the package around them. */
import { describe, expect, test } from "vitest";
import { adjusted, combinations, OPS, reference, rowsOf, sumOf } from "./logits.ts";
import { type Layout, RowModule } from "./row-module.ts";
import { differs, random, randomArray, worstOf } from "./shaped.ts";

const module = new RowModule();

const LAYOUTS: readonly Layout[] = [
  [1, 1, 1],
  [1, 7, 1],
  [40, 2, 1],
  [17, 10, 1],
  [3, 33, 1],
  [2, 1000, 1],
  [1, 4099, 1],
  [3, 5, 3],
  [2, 70, 5],
  [2, 9, 40],
  [1, 30, 600],
  [1, 1031, 9],
].map(([outer, axis, inner]) => ({ outer, axis, inner }) as Layout);

describe.each(LAYOUTS)("$outer x $axis x $inner", (layout) => {
  const { outer, axis, inner } = layout;
  const x = randomArray(outer * axis * inner, 12, 1 + axis);
  const rows = rowsOf(layout);
  const every = combinations(layout);
  // Of large arrays some, none of them every time.
  const chosen = x.length > 3000 ? every.filter((_, i) => i % 7 === axis % 7) : every;

  test.each(OPS)("%s: the bits of scale, bias and mask one after the other; sinks and empty rows", (op) => {
    const complaints: (string | undefined)[] = [];
    for (const options of chosen) {
      const { scale, bias, mask, sink, empty } = options;
      const title = JSON.stringify([op, scale, bias?.length, mask?.length, typeof sink, empty]);
      const s = adjusted(x, layout, options);
      const rest = { ...(sink !== undefined && { sink }), ...(empty && { empty }) };
      const got = module.whole(op, x, undefined, layout, options);
      if (sink === undefined && empty === "nan") {
        complaints.push(differs(got, module.whole(op, s, undefined, layout)));
      }
      complaints.push(differs(got, module.whole(op, s, undefined, layout, rest)));
      complaints.push(differs(got, module.pieces(op, x, undefined, layout, options)));
      if (op !== "logSumExp") complaints.push(differs(got, module.whole(op, x, undefined, layout, options, true)));
      const want = new Float64Array(got.length);
      rows.forEach((row, r) => {
        const sinkOf = typeof sink === "object" ? (sink[r] as number) : sink;
        const ys = reference(
          op,
          row.map((i) => s[i] as number),
          sinkOf,
          empty === "zero",
        );
        ys.forEach((y, k) => {
          want[op === "logSumExp" ? r : (row[k] as number)] = y;
        });
      });
      const bound = { softmax: 2, logSoftmax: 4, logSumExp: 1 }[op];
      complaints.push(worstOf(title, got, want, bound));
      if (complaints.some(Boolean)) break;
    }
    expect(complaints.filter(Boolean)).toEqual([]);
  });
});

test("softmin with options is softmax of the negative of what they make of x", () => {
  for (const layout of LAYOUTS) {
    const x = randomArray(layout.outer * layout.axis * layout.inner, 12, 9);
    for (const options of combinations(layout).filter((_, i) => i % 11 === 3)) {
      const { scale = 1, bias, mask, sink, empty } = options;
      const opposite = { scale: -scale, ...(bias && { bias: bias.map((v) => -v) }), ...(mask && { mask }) };
      const rest = { ...(sink !== undefined && { sink }), ...(empty && { empty }) };
      const want = module.whole("softmax", x, undefined, layout, { ...opposite, ...rest });
      expect(differs(module.whole("softmin", x, undefined, layout, options), want)).toBeUndefined();
      expect(differs(module.pieces("softmin", x, undefined, layout, options), want)).toBeUndefined();
    }
  }
});

test("a masked element is left out whatever it holds, another NaN or Infinity spoils its row only", () => {
  const layout = { outer: 6, axis: 70, inner: 1 };
  const x = randomArray(6 * 70, 5, 8);
  const mask = new Uint8Array(x.length).fill(1);
  for (const [row, value] of [Number.NaN, Infinity, -Infinity].entries()) {
    x[row * 70 + 3] = value;
    mask[row * 70 + 3] = 0;
    x[(3 + row) * 70 + 4] = value;
  }
  const y = module.whole("softmax", x, undefined, layout, { mask, empty: "zero" });
  const spoilt = [0, 1, 2, 3, 4, 5].map((row) => y.subarray(row * 70, row * 70 + 70).every(Number.isNaN));
  expect(spoilt).toEqual([false, false, false, true, true, false]);
  expect(y.subarray(0, 70).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
  expect(y[3]).toBe(0);
});

test("gradients with a scale", () => {
  for (const layout of LAYOUTS) {
    const x = randomArray(layout.outer * layout.axis * layout.inner, 6, 4);
    const dy = randomArray(x.length, 2, 5);
    for (const [op, sign] of [
      ["softmax", 1],
      ["softmin", -1],
      ["logSoftmax", 1],
    ] as const) {
      const y = module.whole(op, x, undefined, layout);
      const got = module.whole(`${op}Grad`, dy, y, layout, { scale: 0.3 });
      const scale = Math.fround(0.3);
      const want = new Float64Array(x.length);
      for (const row of rowsOf(layout)) {
        const at = (array: Float32Array, i: number) => array[i] as number;
        if (op === "logSoftmax") {
          const sum = sumOf(row.map((i) => at(dy, i)));
          for (const i of row) want[i] = scale * (at(dy, i) - Math.exp(at(y, i)) * sum);
        } else {
          const sum = sumOf(row.map((i) => at(dy, i) * at(y, i)));
          for (const i of row) want[i] = sign * scale * at(y, i) * (at(dy, i) - sum);
        }
      }
      // The sum is float64's, which cancels: the bound is an absolute one.
      const off = got.findIndex((dx, i) => Math.abs(dx - (want[i] as number)) > 1e-7 * (1e-6 + Math.abs(dx)));
      expect(off, `${op}Grad: got ${got[off]}, want ${want[off]}`).toBe(-1);
      expect(differs(module.pieces(`${op}Grad`, dy, y, layout, { scale: 0.3 }), got)).toBeUndefined();
    }
  }
});

test("logSumExpGrad is scale dy softmax, with every option", () => {
  for (const layout of LAYOUTS) {
    const { outer, inner } = layout;
    const x = randomArray(outer * layout.axis * inner, 12, 2);
    const dy = randomArray(outer * inner, 3, 11);
    for (const options of [undefined, ...combinations(layout).filter((_, i) => i % 13 === 5)]) {
      const scale = Math.fround(options?.scale ?? 1);
      const s = options ? adjusted(x, layout, options) : x;
      const sink = options?.sink;
      const want = new Float64Array(x.length);
      rowsOf(layout).forEach((row, r) => {
        const sinkOf = typeof sink === "object" ? (sink[r] as number) : sink;
        const xs = row.map((i) => s[i] as number);
        reference("softmax", xs, sinkOf, options?.empty === "zero").forEach((y, k) => {
          want[row[k] as number] = scale * (dy[r] as number) * y;
        });
      });
      const got = module.whole("logSumExpGrad", x, dy, layout, options);
      expect(worstOf("logSumExpGrad", got, want, 2)).toBeUndefined();
      expect(differs(module.pieces("logSumExpGrad", x, dy, layout, options), got)).toBeUndefined();
    }
  }
});

test("logSumExp where the maximum and the logarithm cancel", () => {
  const next = random(5);
  const complaints: (string | undefined)[] = [];
  for (let i = 0; i < 4000; i++) {
    const axis = [1, 2, 3, 10, 33, 100, 1000][i % 7] as number;
    const shift = -Math.log(axis) - 0.3 * next();
    const x = randomArray(axis, 1 + 3 * next(), 1 + i).map((v) => v + shift);
    const want = reference("logSumExp", [...x], undefined, false);
    if (Math.abs(want[0] as number) < 1e-6) continue;
    complaints.push(
      worstOf("logSumExp", module.whole("logSumExp", x, undefined, { outer: 1, axis, inner: 1 }), want, 1),
    );
  }
  expect(complaints.filter(Boolean)).toEqual([]);
});
