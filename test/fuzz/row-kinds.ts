/** What the contract says of the ops along an axis and their gradients. */
import { ulp32 } from "../../oracle/ulp.ts";
import type { RowFormula } from "../../src/model/row.ts";
import { elements, type Layout, type Logits, type Of, type Parameter, type Terms } from "./terms.ts";

const PLAIN: Logits = { scale: 1, bias: undefined, mask: undefined, sink: undefined, zero: false };

/** Runs the formula of a row over all rows, in float64. */
function overRows(
  formula: RowFormula,
  a: Float32Array,
  b: Float32Array,
  layout: Layout,
  length: number,
  logits = PLAIN,
) {
  const { outer, axis, inner } = layout;
  const { scale, sink, zero } = logits;
  const exact = new Float64Array(length);
  // The formulas round nothing but what they store.
  const out = exact as unknown as Float32Array;
  for (let o = 0; length > 0 && o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const at = o * inner + i;
      const terms = { scale, sink: typeof sink === "object" ? sink[at] : sink, zero };
      formula(a, b, out, o * axis * inner + i, axis, inner, at, terms);
    }
  }
  return exact;
}

/** x after scale, bias and mask, each rounded to float32. */
function adjusted(
  x: Float32Array,
  { axis, inner }: Layout,
  { scale, bias, mask }: Logits,
  leftOut: number,
): Float32Array {
  return x.map((xi, i) => {
    const at = (array: ArrayLike<number>) =>
      array[array.length === x.length ? i : Math.floor(i / inner) % axis] as number;
    if (mask && at(mask) === 0) return leftOut;
    const s = Math.fround(scale * xi);
    return bias ? Math.fround(s + at(bias)) : s;
  });
}

/** Of ops along an axis. */
export const ROWS = { params: [], exactParams: false, refuses: () => false } as const;

const SCALE: Parameter = { name: "scale", default: 1, domain: "finite", settings: [1, 0.5, -2, 3] };

/** What ops whose input are logits take, and their gradients. */
function optionsOf({ logits = false }: { readonly logits?: boolean }, isPair: boolean) {
  return { ...ROWS, params: logits ? [SCALE] : [], logits: logits && !isPair };
}

export function row({ name, row: facts }: Of<"row" | "rowGrad">): Terms {
  const length: Terms["length"] = (role, layout) =>
    role === "out" && facts.reduces ? layout.outer * layout.inner : elements(layout);
  return {
    ...optionsOf(facts, false),
    name,
    inputs: ["x"],
    outputs: ["out"],
    main: "x",
    axis: -1,
    length,
    compute([x = new Float32Array()], layout, _, logits = PLAIN) {
      const s = adjusted(x, layout, logits, facts.leftOut ?? -Infinity);
      const exact = overRows(facts.value, s, s, layout, length("out", layout), logits);
      const { sink } = logits;
      // Rows of no elements.
      if (x.length === 0) exact.set(exact.map((_, i) => (typeof sink === "object" ? sink[i] : sink) ?? -Infinity));
      return [{ exact, ulps: 4, eitherZero: true }];
    },
  };
}

/** dx = scale dy softmax(x), dy of one value per row. */
export function reductionGrad({ name, row: facts }: Of<"reductionGrad">): Terms {
  return {
    ...optionsOf(facts, false),
    name,
    inputs: ["dy", "x"],
    outputs: ["out"],
    main: "x",
    axis: -1,
    length: (role, layout) => (role === "dy" ? layout.outer * layout.inner : elements(layout)),
    compute([dy = new Float32Array(), x = new Float32Array()], layout, _, logits = PLAIN) {
      const { derivative } = facts;
      if (!derivative) throw new Error(`${name} has no formula`);
      const exact = overRows(derivative, adjusted(x, layout, logits, -Infinity), dy, layout, x.length, logits);
      const factors = exact.map((_, i) => {
        const row = Math.floor(i / (layout.axis * layout.inner)) * layout.inner + (i % layout.inner);
        return Math.abs(logits.scale * (dy[row] as number));
      });
      // What softmax has no number for, times a factor.
      const slack = factors.map((factor) => (Number.isFinite(factor) ? factor * 2 ** -149 : 0));
      return [{ exact, ulps: 2, slack, open: nonFinite(factors) }];
    },
  };
}

export function rowGrad(known: Of<"row" | "rowGrad">): Terms {
  const { name, row: facts } = known;
  return {
    ...optionsOf(facts, true),
    name,
    inputs: ["dy", "y"],
    outputs: ["out"],
    main: "y",
    axis: -1,
    length: (_, layout) => elements(layout),
    compute([dy = new Float32Array(), y = new Float32Array()], layout, _, logits = PLAIN) {
      const { derivative } = facts;
      if (!derivative) throw new Error(`${name} has no formula`);
      const exact = overRows(derivative, dy, y, layout, y.length, logits);
      // What cancels: the formula of the absolute values is as large as any of its terms.
      const slack = new Float64Array(y.length);
      const sizes = termSizes(dy, y, layout, vanishes(derivative)).map(
        (size) => size * Math.max(Math.abs(logits.scale), 2 ** -60),
      );
      for (let i = 0; i < y.length; i++) {
        const size = sizes[i] as number;
        // Terms may be beyond float32, where ulp32 ends; one that is no number gives no slack.
        slack[i] = 4 * Math.max(ulp32(size), size * 2 ** -23 || 0);
      }
      return [{ exact, ulps: 2, slack, open: nonFinite(sizes) }];
    },
  };
}

/** Whether dx is 0 where y is, as in y (dy - sum dy y), unlike dy - e^y sum dy. */
function vanishes(derivative: RowFormula): boolean {
  const dx = new Float32Array(2);
  // Of one element dy - e^0 sum dy would be 0 too.
  derivative(new Float32Array([1, 2]), new Float32Array(2), dx, 0, 2, 1, 0);
  return dx[0] === 0;
}

/** The size of the terms of a gradient: |y| (|dy| + sum |dy y|) or |dy| + e^y sum |dy|. */
function termSizes(dy: Float32Array, y: Float32Array, { outer, axis, inner }: Layout, byY: boolean): Float64Array {
  const sizes = new Float64Array(y.length);
  for (let o = 0; y.length > 0 && o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * axis * inner + i;
      const end = start + axis * inner;
      let sum = 0;
      for (let k = start; k < end; k += inner) sum += Math.abs((dy[k] as number) * (byY ? (y[k] as number) : 1));
      for (let k = start; k < end; k += inner) {
        const [d, v] = [Math.abs(dy[k] as number), y[k] as number];
        // e^v is a number, also where float64 has Infinity: times 0 it is 0.
        sizes[k] = byY ? Math.abs(v) * (d + sum) : d + (sum === 0 ? 0 : Math.exp(v) * sum);
      }
    }
  }
  return sizes;
}

/**
 * 1 where a sum of terms is beyond float32: there the order of the steps decides between Infinity
 * and NaN.
 */
function nonFinite(sizes: Float64Array): Uint8Array {
  return Uint8Array.from(sizes, (size) => Number(!(size < 2 ** 127)));
}
