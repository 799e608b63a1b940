/** Checks one case over a range of float32 inputs, in the order of their bits. */

import type { Case } from "../../oracle/cases.ts";
import { ulpError } from "../../oracle/ulp.ts";
import type { Symmetry } from "./entry.ts";
import { BLOCK, type Fill, formulaFill, interpolatingFill, TOLERANCE } from "./reference.ts";

/** The functions under test, by name: a module of the package. */
export type Ops = Readonly<Record<string, unknown>> & { alloc(length: number): Float32Array };

/** What a part of the inputs gave. Parts add up, in any order. */
export interface Part {
  inputs: number;
  /** Inputs whose exact value is a number: what the mean is taken over. */
  numbers: number;
  sum: number;
  /** Results that are not the nearest float32. */
  misrounded: number;
  maxUlp: number;
  /** The first input with this error, as bits. */
  worst: number;
  nan: number;
  zeroAtZero: number;
  zeroElsewhere: number;
  monotonicity: number;
  /** The first input that is out of order, as bits; of no meaning where there is none. */
  disorder: number;
  range: number;
  symmetry: number;
}

export function emptyPart(): Part {
  return {
    inputs: 0,
    numbers: 0,
    sum: 0,
    misrounded: 0,
    maxUlp: -1,
    worst: 0,
    nan: 0,
    zeroAtZero: 0,
    zeroElsewhere: 0,
    monotonicity: 0,
    disorder: 0xffffffff,
    range: 0,
    symmetry: 0,
  };
}

export function addPart(total: Part, part: Part): void {
  if (part.maxUlp > total.maxUlp || (part.maxUlp === total.maxUlp && part.worst < total.worst)) {
    total.maxUlp = part.maxUlp;
    total.worst = part.worst;
  }
  total.inputs += part.inputs;
  total.numbers += part.numbers;
  total.sum += part.sum;
  total.misrounded += part.misrounded;
  total.nan += part.nan;
  total.zeroAtZero += part.zeroAtZero;
  total.zeroElsewhere += part.zeroElsewhere;
  total.monotonicity += part.monotonicity;
  total.disorder = Math.min(total.disorder, part.disorder);
  total.range += part.range;
  total.symmetry += part.symmetry;
}

const SIGN = 0x80000000;
const ABOVE_ONE = 2 ** -23;

/** The relation between f(x) and f(-x), found by trying. */
export function symmetryOf({ row, direction, a, b, c }: Case): Symmetry | undefined {
  const f = direction === "forward" ? row.value.bind(row) : row.derivative.bind(row);
  const xs = Array.from({ length: 200 }, (_, i) => Math.fround(1e-3 * 1.09 ** i));
  const holds = (left: (y: number, mirrored: number) => number) =>
    xs.every((x) => {
      const y = f(x, a, b, c);
      const mirrored = f(-x, a, b, c);
      return Math.abs(left(y, mirrored)) <= 1e-12 * Math.max(Math.abs(y), Math.abs(mirrored));
    });
  if (holds((y, mirrored) => y + mirrored)) return "odd";
  if (holds((y, mirrored) => y - mirrored)) return "even";
  return holds((y, mirrored) => y + mirrored - 1) ? "complement" : undefined;
}

/** The op as a function of arrays in place: y = f(x), or dy f'(x). */
export function runnerOf(
  { op, direction, setting, options }: Case,
  ops: Ops,
  dy = 1,
): (x: Float32Array, y: Float32Array) => void {
  const call = ops[op];
  if (typeof call !== "function") throw new Error(`the package has no ${op}`);
  if (direction === "forward") return (x, y) => call(x, setting === "default" ? y : { ...options, out: y });
  const above = ops.alloc(BLOCK).fill(dy);
  return (x, y) => {
    const given = x.length === BLOCK ? above : above.subarray(0, x.length);
    call(given, x, setting === "default" ? y : { ...options, out: y });
  };
}

/** 1 / ulp by the exponent of a float64. */
const scales = Float64Array.from(
  { length: 2048 },
  (_, exponent) => 2 ** (23 - Math.min(Math.max(exponent - 1023, -126), 127)),
);

export interface Sweep {
  readonly symmetry: Symmetry | undefined;
  /**
   * Checks the inputs from the first on; both numbers are multiples of BLOCK. Errors of less than
   * `floor`, that of an input found before, need not be known to the last digit.
   */
  range(first: number, count: number, floor: number): Part;
  /** The results for some inputs. */
  results(xs: readonly number[]): number[];
}

export interface SweepOptions {
  /** Every stride-th input, about; 1 for all. A power of two. */
  readonly stride: number;
  /** The formula at every input, no interpolation. */
  readonly direct: boolean;
}

export function sweepOf(subject: Case, ops: Ops, { stride, direct }: SweepOptions): Sweep {
  const { row, direction, a, b, c, setting } = subject;
  const run = runnerOf(subject, ops);
  const fill: Fill = direct || stride > 1 ? formulaFill(subject) : interpolatingFill(subject);
  const formula = direction === "forward" ? row.value.bind(row) : row.derivative.bind(row);
  const symmetry = symmetryOf(subject);

  const xs = ops.alloc(BLOCK);
  const ys = ops.alloc(BLOCK);
  const mirroredXs = ops.alloc(BLOCK);
  const mirroredYs = ops.alloc(BLOCK);
  const exact = new Float64Array(BLOCK);
  const bits = new Uint32Array(xs.buffer, xs.byteOffset, BLOCK);
  const results = new Int32Array(ys.buffer, ys.byteOffset, BLOCK);
  const mirroredBits = new Uint32Array(mirroredXs.buffer, mirroredXs.byteOffset, BLOCK);
  const mirroredResults = new Int32Array(mirroredYs.buffer, mirroredYs.byteOffset, BLOCK);
  /**
   * Each second word is the upper half of a float64: WebAssembly memory, and so every machine here,
   * is little-endian.
   */
  const exactWords = new Int32Array(exact.buffer);

  const about = setting === "default" && direction === "forward" ? row.about || undefined : undefined;
  const monotone = about?.monotone;
  // An infimum is approached by results that round to it.
  const lowest = about ? Math.fround(about.range[0]) : -Infinity;
  const highest = about ? Math.fround(about.range[1]) : Infinity;

  /** Takes down the result for an input that needs a closer look. */
  function lookAt(i: number, part: Part): void {
    const got = ys[i] as number;
    const want = formula(xs[i] as number, a, b, c);
    if (Number.isNaN(got) || Number.isNaN(want)) {
      if (Number.isNaN(got) !== Number.isNaN(want)) part.nan++;
      return;
    }
    part.numbers++;
    const error = ulpError(got, want);
    part.sum += error;
    if (error > 0.5) part.misrounded++;
    if (error < part.maxUlp) return;
    if (error > part.maxUlp || (bits[i] as number) < part.worst) {
      part.maxUlp = error;
      part.worst = bits[i] as number;
    }
  }

  /** The results for inputs that have one exact value, if they are one too. */
  function compareConstant(part: Part): boolean {
    const first = results[0] as number;
    for (let i = 1; i < BLOCK; i++) {
      if (results[i] !== first) return false;
    }
    const error = ulpError(ys[0] as number, exact[0] as number);
    if (!Number.isFinite(error) || Number.isNaN(exact[0])) return false;
    lookAt(0, part);
    part.numbers += BLOCK - 1;
    part.sum += error * (BLOCK - 1);
    if (error > 0.5) part.misrounded += BLOCK - 1;
    return true;
  }

  function compare(part: Part): void {
    let sum = 0;
    let numbers = 0;
    // Below this an error neither sets a record nor may be of a result that is not the nearest.
    let clear = Math.min(0.5, part.maxUlp) - 2 * TOLERANCE;
    for (let i = 0; i < BLOCK; i++) {
      const exponent = ((exactWords[2 * i + 1] as number) >>> 20) & 0x7ff;
      const error = Math.abs((ys[i] as number) - (exact[i] as number)) * (scales[exponent] as number);
      // No error at all sets no record either, once there is one: most ops of straight pieces have
      // no other.
      if (error < clear || (error === 0 && part.maxUlp >= 0)) {
        sum += error;
        numbers++;
      } else {
        lookAt(i, part);
        clear = Math.min(0.5, part.maxUlp) - 2 * TOLERANCE;
      }
    }
    part.sum += sum;
    part.numbers += numbers;
  }

  function checkZeros(part: Part): void {
    for (let i = 0; i < BLOCK; i++) {
      const result = results[i] as number;
      // A zero whose sign is not that of the exact value.
      if (result << 1 !== 0 || (result ^ (exactWords[2 * i + 1] as number)) >= 0) continue;
      const x = xs[i] as number;
      const want = formula(x, a, b, c);
      // Interpolation forgets the sign of a 0.
      if (Number.isNaN(want) || (want < 0 || Object.is(want, -0)) === result < 0) continue;
      if (x === 0) part.zeroAtZero++;
      else part.zeroElsewhere++;
    }
  }

  function checkOrder(part: Part, before: number): number {
    let previous = before;
    // In the order of the bits, x rises from 0 and falls from -0.
    if ((bits[0] as number) < SIGN) {
      for (let i = 0; i < BLOCK; i++) {
        const y = ys[i] as number;
        if (y < previous) disorder(part, i);
        previous = y;
      }
    } else {
      for (let i = 0; i < BLOCK; i++) {
        const y = ys[i] as number;
        if (y > previous) disorder(part, i);
        previous = y;
      }
    }
    return previous;
  }

  function disorder(part: Part, i: number): void {
    part.monotonicity++;
    part.disorder = Math.min(part.disorder, bits[i] as number);
  }

  function checkRange(part: Part): void {
    for (let i = 0; i < BLOCK; i++) {
      const y = ys[i] as number;
      if (y < lowest || y > highest) part.range++;
    }
  }

  function checkSymmetry(part: Part): void {
    for (let i = 0; i < BLOCK; i++) mirroredBits[i] = (bits[i] as number) ^ SIGN;
    run(mirroredXs, mirroredYs);
    if (symmetry === "complement") {
      for (let i = 0; i < BLOCK; i++) {
        const off = Math.abs((ys[i] as number) + (mirroredYs[i] as number) - 1);
        if (off > ABOVE_ONE && isSymmetricAt(xs[i] as number)) part.symmetry++;
      }
      return;
    }
    const sign = symmetry === "odd" ? SIGN | 0 : 0;
    for (let i = 0; i < BLOCK; i++) {
      if (((results[i] as number) ^ (mirroredResults[i] as number)) === sign) continue;
      const y = ys[i] as number;
      // Zeros have their own check, and which NaN it is does not matter.
      if (y === 0 && mirroredYs[i] === 0) continue;
      if (!Number.isNaN(y) && isSymmetricAt(xs[i] as number)) part.symmetry++;
    }
  }

  /** False where the formula itself breaks the symmetry: at a kink. */
  function isSymmetricAt(x: number): boolean {
    const y = formula(x, a, b, c);
    const mirrored = formula(-x, a, b, c);
    if (symmetry === "complement") return Math.abs(y + mirrored - 1) < ABOVE_ONE / 2;
    return y === (symmetry === "odd" ? -mirrored : mirrored);
  }

  /** The inputs from the given number on, counted in strides. */
  function enumerate(first: number): void {
    if (stride === 1) {
      for (let i = 0; i < BLOCK; i++) bits[i] = first + i;
      return;
    }
    for (let i = 0; i < BLOCK; i++) {
      // Somewhere within the stride, lest all low bits be 0.
      const within = Math.imul(first + i, 0x9e3779b1) >>> 8;
      bits[i] = (first + i) * stride + (within & (stride - 1));
    }
  }

  function resultsOf(values: readonly number[]): number[] {
    const x = xs.subarray(0, values.length);
    const y = ys.subarray(0, values.length);
    x.set(values);
    run(x, y);
    return [...y];
  }

  return {
    symmetry,
    results: resultsOf,
    range(first, count, floor) {
      const part = emptyPart();
      part.maxUlp = floor;
      part.worst = 0xffffffff;
      // The input before, for the order; there is none before 0 and -0.
      let previous = Number.NaN;
      if (monotone && (first * stride) % SIGN !== 0) {
        enumerate(first - BLOCK);
        run(xs, ys);
        previous = ys[BLOCK - 1] as number;
      }
      for (let start = first; start < first + count; start += BLOCK) {
        if (start * stride === SIGN) previous = Number.NaN;
        enumerate(start);
        run(xs, ys);
        const constant = fill(xs, exact);
        if (!constant || !compareConstant(part)) compare(part);
        checkZeros(part);
        if (monotone) previous = checkOrder(part, previous);
        if (lowest > -Infinity || highest < Infinity) checkRange(part);
        if (symmetry && (bits[0] as number) < SIGN) checkSymmetry(part);
      }
      part.inputs = count;
      // No error as large as the floor: the record stays where it was.
      if (part.worst === 0xffffffff) part.maxUlp = -1;
      return part;
    },
  };
}
