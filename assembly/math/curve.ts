/**
 * A smooth function as a table of cubics: below 1 ULP for about forty instructions a vector,
 * whatever the function.
 *
 *   y = hi + (c1 d + (lo + d^2 (c2 + c3 d))),   d = x - c, c the nearest grid point
 *
 * A curve is data: its formula, a scalar float64 function, and a few numbers. They make a
 * descriptor and a table of entries, which the loops of ../curves.ts read, one loop for each shape
 * of curve. The table is computed from the formula in the module itself, from IEEE float64
 * operations only, at the first use: the binary carries no coefficients and the bits are the same
 * on every engine.
 *
 *   const SILU = memory.data(HEAD + 4096 * ENTRY, 16);   // the descriptor, then the entries
 *   if (curve(SILU, 4096, formula, -109, 17.5, 6)) {     // from -109 to 17.5 in steps of 2^-6
 *     tail(-8, 4);                                       // below -8 in steps of 2^-4
 *     ...
 *     fillCurve();
 *   }
 *
 * Entry    16 bytes: hi = f(c) rounded to float32; c1; c2; and one word that is both c3 (float32)
 *          and, in its low 13 bits moved up by 19, a small float (sign, 8 bits of exponent, 4 of
 *          mantissa) for lo, the residue f(c) - hi. The cubic is fitted around the c3 that results,
 *          low bits and all.
 * Look-up  x + M, M = 1.5 * 2^23 * step + offset * step, rounds x to the grid and leaves the
 *          address of the entry, divided by 16, in the low bits of the sum; (x + M) - M is c, and x
 *          - c is exact. An `and` with the bits that such an address can have keeps it below the
 *          next power of two, whatever x is (a NaN finds some entry, or none, and d = NaN makes the
 *          result NaN).
 * Octaves  a function of x > 0 that falls like a power of x has a grid with 2^grid cells to each
 *          power of two instead: the number of the cell is the upper bits of x, its centre those
 *          and a half.
 * Tail     the main grid reaches from split on, a second one over the tail [lo, split).
 * Scale    an exponential tail is stored times 2^26, so that no entry is subnormal; the last
 *          product, by 2^-26, rounds once.
 * Slopes   meet dy before they are rounded: y = base + rest, dx = dy base + dy rest. base, in the
 *          place of lo, has the 5 bits that fit there, and is by up to an eighth smaller than f
 *          throughout its cell, with its sign: so dy base is in no higher binade than dx, and
 *          rounds by half an ULP of it at most; what rest and dy rest lose is an eighth of that. dx
 *          is within 1.5 ULP for every dy, where the product with a rounded f would reach 1.8.
 *          Beside a root the line is the base, less steep than f.
 * Roots    beside a root the relative error of a sum is unbounded. So within a width of it the line
 *          slope (x - root), which is exact in float32, is not in the table but added last: what
 *          the table holds there is a small part of f. A root at 0 is a point of the main grid;
 *          around another one there is a grid of its own, counted from the root.
 */
import { claim } from "../built";
import { ENTRY, fill, LOW_BITS } from "./entries";

export { ENTRY } from "./entries";

export type Formula = (x: f64) => f64;

/** The logarithm of the number of cells to an octave. */
export const OCTAVE = 5;

/**
 * Bytes of a descriptor, and what may lie between it and the entries. Its words are float32, but
 * where said:
 */
export const HEAD = 80;
/** Below lo, and from hi on, f is constant in float32, or x itself. */
export const LO: usize = 0;
export const HI: usize = 4;
/** M of the main grid. */
export const MAGIC: usize = 8;
/** Where the main grid starts, and (i32) what turns its M into that of the tail, by xor. */
export const SPLIT: usize = 12;
export const TO_TAIL: usize = 16;
/**
 * The root, how far from it the line is added (negative where 0 is the end of the curve), and the
 * slope of the line, scaled.
 */
export const ROOT: usize = 20;
export const WIDTH: usize = 24;
export const SLOPE: usize = 28;
/** What turns M into that of the grid around the root, by xor; i32. */
export const TO_ROOT: usize = 32;
/** What undoes the scale of the entries. */
export const UNSCALE: usize = 36;
/**
 * Address of the entries, and the bits of their addresses, with octaves of those within the table;
 * i32.
 */
export const TABLE: usize = 40;
export const MASK: usize = 44;
/** What x > 0 is multiplied with, or has as its slope, scaled, where the curve ends at 0. */
export const RIGHT: usize = 48;
/** The formula, a function of the module or 0, and how far out it is asked: see ../faint.ts. */
export const FORMULA: usize = 52;
export const FAR: usize = 56;
/**
 * Of a curve that a host has made, of 128 bytes and then its entries: the bits that make x negative
 * where f is even; for each end where the line slope x + (rest x + offset) takes over (NaN: it does
 * not), slope, rest, offset.
 */
export const FOLD: usize = 60;
export const LEFT_END: usize = 64;
export const RIGHT_END: usize = 80;

// The curve that is being made.
let at: usize = 0;
let room: i32 = 0;
let f: Formula = identity;
let gridBits: i32 = 0;
let tailBits: i32 = 0;
let rootBits: i32 = 0;
let rootValue: f64 = 0;
let lineSlope: f64 = 0;
let factor: f64 = 1;
let flat: bool = false;
let vanishes: bool = false;
let inParts: bool = false;

function identity(x: f64): f64 {
  return x;
}

/**
 * Starts a curve at p, where there is room for `entries`, a power of two: from lo to hi in steps of
 * 2^-grid, or with 2^grid cells from each power of two to the next. False if it is there already.
 */
export function curve(p: usize, entries: i32, formula: Formula, lo: f32, hi: f32, grid: i32): bool {
  if (!claim(p, <usize>(HEAD + entries * ENTRY))) return false;
  at = p;
  f = formula;
  gridBits = grid;
  factor = 1;
  flat = false;
  lineSlope = 0;
  vanishes = false;
  inParts = false;
  store<usize>(p, changetype<usize>(formula), FORMULA);
  store<f32>(p, Infinity, FAR);
  store<f32>(p, lo, LO);
  store<f32>(p, hi, HI);
  store<f32>(p, lo, SPLIT);
  store<f32>(p, Infinity, ROOT);
  store<f32>(p, 1, UNSCALE);
  // Were it an odd multiple of 16, halves would be rounded to the other neighbour.
  const table = (<i32>p + HEAD) & ~31;
  room = entries;
  store<i32>(p, table, TABLE);
  store<i32>(p, (entries - 1) << 4, MASK);
  return true;
}

/** The same for a slope, whose loop multiplies it with dy. */
export function slopeCurve(p: usize, entries: i32, formula: Formula, lo: f32, hi: f32, grid: i32): bool {
  if (!curve(p, entries, formula, lo, hi, grid)) return false;
  inParts = true;
  return true;
}

/** The entries are stored times 2^bits. */
export function scaled(bits: i32): void {
  factor *= power(bits);
  store<f32>(at, <f32>power(-bits), UNSCALE);
}

/** Below `split` the step is 2^-grid. */
export function tail(split: f32, grid: i32): void {
  store<f32>(at, split, SPLIT);
  tailBits = grid;
}

/** f(0) = 0, and within `width` of it the line slope * x is taken out. */
export function throughZero(slope: f32, width: f32 = 0.25): void {
  lineSlope = slope;
  store<f32>(at, 0, ROOT);
  store<f32>(at, load<f32>(at, HI) === 0 ? -width : width, WIDTH);
}

/** See RIGHT. */
export function right(c: f32): void {
  store<f32>(at, c, RIGHT);
}

/**
 * The float32 nearest to a root of f, and f there, to more digits than the formula has; within
 * `width` of it a grid of step 2^-8, and the line slope * (x - root) taken out, a product that must
 * be exact: 24 bits. Of a slope f must be steeper than the line, by a seventh at most.
 */
export function rootAt(root: f32, value: f64, slope: f32, width: f32 = 0.125): void {
  lineSlope = slope;
  rootValue = value;
  rootBits = 8;
  store<f32>(at, root, ROOT);
  store<f32>(at, width, WIDTH);
}

/**
 * A descriptor at p without entries: a function of x up to hi whose loop needs no table. False if
 * it is there already.
 */
export function formulaOnly(p: usize, formula: Formula, hi: f32): bool {
  if (!claim(p, HEAD)) return false;
  at = p;
  store<usize>(p, changetype<usize>(formula), FORMULA);
  store<f32>(p, hi, HI);
  store<f32>(p, 1, UNSCALE);
  return true;
}

/**
 * At ±x the formula gives something that is not 0, but below 2^-406: with the largest dy and
 * another factor it is 0 in float32.
 */
export function far(x: f32): void {
  store<f32>(at, x, FAR);
}

/**
 * The first entry is 0, or the least number below it, where f comes from below: what is not 0 there
 * only for a large dy is in no entry.
 */
export function vanishing(): void {
  vanishes = true;
}

/** The first entry is the limit of f at -Infinity. */
export function flatStart(): void {
  flat = true;
}

/**
 * What is added to a line of ±0 must be neither +0 nor -0 for both to remain; +0 can be subtracted:
 * so the entries hold -f.
 */
export function subtracted(): void {
  factor = -factor;
}

/** 2^e */
function power(e: i32): f64 {
  return reinterpret<f64>((<i64>(e + 1023)) << 52);
}

/** Grid steps from 0 to x. */
function steps(x: f32, grid: i32): i32 {
  return <i32>nearest<f64>(<f64>x * power(grid));
}

/**
 * The number whose addition rounds to a multiple of 2^-grid and leaves TABLE / 16 + offset + that
 * multiple in the low bits.
 */
function magic(grid: i32, offset: i32): f32 {
  return <f32>((12582912.0 + <f64>(offset + (load<i32>(at, TABLE) >> 4))) * power(-grid));
}

/** The bits that the address of an entry may have: those that all have in common, and all below. */
function addressBits(first: i32, last: i32): i32 {
  return (last | (-1 >>> clz(first ^ last))) & ~15;
}

/** What turns the M of the main grid into that of another one. */
function toggle(grid: i32, offset: i32): i32 {
  return load<i32>(at, MAGIC) ^ reinterpret<i32>(magic(grid, offset));
}

/** The formula, and at the root the value that is said in more digits. */
function known(x: f64): f64 {
  return x === <f64>load<f32>(at, ROOT) && rootBits ? rootValue : f(x);
}

/** Makes y the value of the whole of an entry; of two parts the first is a 0 of the same sign. */
function constant(p: usize, y: f32): void {
  v128.store(p, v128.replace_lane<f32>(v128.splat<i32>(0), 0, y));
  if (inParts) store<u32>(p, (reinterpret<u32>(y) & 0x80000000) >>> (32 - LOW_BITS), 12);
}

/** Fills the rest of the descriptor, and the entries. */
export function fillCurve(): void {
  const lo = load<f32>(at, LO);
  const split = load<f32>(at, SPLIT);
  const root = load<f32>(at, ROOT);
  const width = abs(load<f32>(at, WIDTH));
  const start = <usize>load<i32>(at, TABLE);
  store<i32>(at, addressBits(<i32>start, <i32>start + ((room - 1) << 4)), MASK);
  let end = start;
  // From the first of two parts the line is subtracted: so a -0 remains.
  store<f32>(at, <f32>(lineSlope * (inParts ? -factor : abs(factor))), SLOPE);
  store<f32>(at, load<f32>(at, RIGHT) / load<f32>(at, UNSCALE), RIGHT);

  // Entries of the main grid, then of the tail, then around the root.
  const first = steps(split, gridBits);
  const step = power(-gridBits);
  let used = steps(load<f32>(at, HI), gridBits) - first + 1;
  store<f32>(at, magic(gridBits, -first), MAGIC);
  fill(known, factor, start, used, <f64>first * step, step, root, lineSlope, rootBits ? 0 : width, inParts);
  if (split !== lo) {
    const from = steps(lo, tailBits);
    const count = steps(split, tailBits) - from + 1;
    store<i32>(at, toggle(tailBits, used - from), TO_TAIL);
    fill(
      known,
      factor,
      start + <usize>used * ENTRY,
      count,
      <f64>from * power(-tailBits),
      power(-tailBits),
      0,
      0,
      0,
      inParts,
    );
    end = start + <usize>used * ENTRY;
    used += count;
  }
  if (vanishes) constant(end, f(lo) < 0 ? -f32.MIN_VALUE : 0);
  if (rootBits) {
    const reach = steps(width, rootBits);
    const rootStep = power(-rootBits);
    store<i32>(at, toggle(rootBits, used + reach), TO_ROOT);
    const from = <f64>root - <f64>reach * rootStep;
    fill(known, factor, start + <usize>used * ENTRY, 2 * reach + 1, from, rootStep, root, lineSlope, Infinity, inParts);
    used += 2 * reach + 1;
  }
  if (flat) constant(start, <f32>(factor * f(2 * lo)));
  finish(used);
}

/** Fills the entries of a grid with OCTAVE cells from each power of two to the next. */
export function fillOctaves(): void {
  const shift = 23 - OCTAVE;
  const first = load<i32>(at, LO) >> shift;
  const last = load<i32>(at, HI) >> shift;
  for (let i = first; i <= last; i++) {
    const start = <f64>reinterpret<f32>(i << shift);
    const step = <f64>reinterpret<f32>((i + 1) << shift) - start;
    const p = <usize>(load<i32>(at, TABLE) + ((i << 4) & load<i32>(at, MASK)));
    if (vanishes && i === first) constant(p, 0);
    else fill(f, factor, p, 1, start + 0.5 * step, step, 0, 0, 0, inParts);
  }
  finish(last - first + 1);
}

/** So that the next curve starts afresh. */
function finish(used: i32): void {
  if (used > room) unreachable();
  rootBits = 0;
}
