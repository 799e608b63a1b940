/**
 * The one walk over pieces: how a space [outer][axis][inner] is cut, and which elements of an array
 * a piece holds.
 */
import type { Layout } from "../model/layout.ts";

/** A part of such a space: its extents, and where it begins. */
export class Box implements Layout {
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
  readonly o: number;
  readonly a: number;
  readonly i: number;

  constructor(outer: number, axis: number, inner: number, o = 0, a = 0, i = 0) {
    this.outer = outer;
    this.axis = axis;
    this.inner = inner;
    this.o = o;
    this.a = a;
    this.i = i;
  }
}

/** Cuts a box into pieces of at most these extents: all of one index of the axis, then the next. */
export function each(
  box: Box,
  outer: number,
  axis: number,
  inner: number,
  visit: (piece: Box) => void,
  backwards = false,
): void {
  const pieces = Math.ceil(box.inner / inner);
  for (let o = 0; o < box.outer; o += outer) {
    for (let a = 0; a < box.axis; a += axis) {
      for (let p = 0; p < pieces; p++) {
        const i = (backwards ? pieces - 1 - p : p) * inner;
        const [m, n, k] = [
          Math.min(outer, box.outer - o),
          Math.min(axis, box.axis - a),
          Math.min(inner, box.inner - i),
        ];
        visit(new Box(m, n, k, box.o + o, box.a + a, box.i + i));
      }
    }
  }
}

/**
 * How the elements of an array go with the three indices: "all" [outer][axis][inner], "row"
 * [outer][inner], "axis" [axis], "one" a single element.
 */
export type Span = "all" | "row" | "axis" | "one";

/** The elements of an array of this span in a box. */
export function countIn(span: Span, { outer, axis, inner }: Layout): number {
  if (span === "one") return 1;
  return span === "axis" ? axis : span === "row" ? outer * inner : outer * axis * inner;
}

/** Where the first of them is; `all` is the whole space. */
export function startOf(span: Span, box: Box, all: Layout): number {
  if (span === "one") return 0;
  return span === "axis"
    ? box.a
    : span === "row"
      ? box.o * all.inner + box.i
      : (box.o * all.axis + box.a) * all.inner + box.i;
}

/** Whether they lie side by side. */
export function isOneRun(span: Span, box: Box, all: Layout): boolean {
  if (span === "axis" || span === "one") return true;
  const alongInner = box.outer === 1 && (span === "row" || box.axis === 1);
  if (alongInner || box.inner !== all.inner) return alongInner;
  return span === "row" || box.outer === 1 || box.axis === all.axis;
}

/** Visits them as runs of n elements side by side, the first of them `at` elements into the box. */
export function eachRun(
  span: Span,
  box: Box,
  all: Layout,
  visit: (start: number, n: number, at: number) => void,
): void {
  const start = startOf(span, box, all);
  if (isOneRun(span, box, all)) {
    visit(start, countIn(span, box), 0);
    return;
  }
  const wholeInner = box.inner === all.inner;
  const steps = span === "row" ? 1 : box.axis;
  const run = wholeInner ? steps * box.inner : box.inner;
  const runs = wholeInner ? 1 : steps;
  const slab = span === "row" ? all.inner : all.axis * all.inner;
  for (let o = 0, at = 0; o < box.outer; o++) {
    for (let a = 0; a < runs; a++, at += run) visit(start + o * slab + a * all.inner, run, at);
  }
}
