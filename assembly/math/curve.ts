/**
 * A smooth function as a table of cubics: below 1 ULP for about forty instructions a vector, whatever the function.
 *
 *   y = hi + (c1 d + (lo + d^2 (c2 + c3 d))),   d = x - c, c the nearest grid point
 *
 * A curve is its formula, a scalar float64 function, and the grid. The table is computed from the formula in the module
 * itself, from IEEE float64 operations only, at the first use: the binary carries no coefficients and the bits are the
 * same on every engine.
 *
 * Entry    16 bytes: hi = f(c) rounded to float32; c1; c2; and one word that is both c3 (float32) and, in its low 13 bits
 *          moved up by 19, a small float (sign, 8 bits of exponent, 4 of mantissa) for lo, the residue f(c) - hi. The cubic is
 *          fitted around the c3 that results, low bits and all.
 * Look-up  x + M, M = 1.5 * 2^23 * step + offset * step, rounds x to the grid and leaves the number of the entry in the low
 *          bits of the sum; (x + M) - M is c, and x - c is exact. A power of two of entries lets one `and` keep
 *          every address inside the table, whatever x is (a NaN finds some entry, and d = NaN makes the result NaN).
 * Octaves  a function of x > 0 that falls like a power of x has a grid with 2^grid cells to each power of two instead: the number of the
 *          cell is the upper bits of x, its centre those and a half.
 * Segments the main grid from split on, and a second one for the tail [lo, split).
 * Tails    an exponential tail is stored times 2^26, so that no entry is subnormal; the last product, by 2^-26, rounds once.
 * Roots    beside a root the relative error of a sum is unbounded. So within `rootWidth` of it the line rootSlope (x - root), which is
 *          exact in float32, is not in the table but added last: what the table holds there is a small part of f. A root at 0 is a
 *          point of the main grid; around another one there is a grid of its own, counted from the root.
 */
import { Activation } from "../activation";
import { ENTRY, fill, LOW_BITS } from "./entries";
import { only, SIGN, select, splat, ZERO } from "./lanes";

export { ENTRY } from "./entries";

export abstract class Curve<Self extends Curve<Self>> extends Activation {
  /** Where the table lies. */
  abstract table(): usize;
  /** Entries that it has room for, a power of two. */
  abstract entries(): i32;
  /** The function, in float64. */
  abstract formula(x: f64): f64;
  /** Below lo, and from hi on, the function is constant in float32 (or see identityAbove). */
  abstract lo(): f32;
  abstract hi(): f32;
  /** The main grid has step 2^-grid; see octaves for the other meaning. */
  abstract grid(): i32;

  // What else a curve may say: see optional.d.ts. Such a method is looked for at compile time (isDefined), because one that some
  // curves override and others inherit would be a virtual call.

  @inline value(x: v128, _a: v128, _b: v128): v128 {
    return this.at(x);
  }

  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    return this.at(x);
  }

  /** f(x) in four lanes. */
  @inline at(x: v128): v128 {
    const f = changetype<Self>(0);

    let at = x;
    if (isDefined(f.even)) at = v128.or(x, SIGN);
    if (isDefined(f.odd)) at = v128.andnot(x, SIGN);
    // Also where x itself follows: some entry of the tail would be met there, whose terms may be subnormal, which takes long.
    let z = f32x4.pmin(f32x4.pmax(at, splat(f.lo())), splat(f.hi()));

    // Of constants a xor chooses: one instruction less than a bitselect.
    const main = magic(f.grid(), mainOffset<Self>());
    let m = splat(main);
    if (isDefined(f.split))
      m = toggle(m, f32x4.lt(at, splat(mainStart<Self>())), main, magic(f.tailGrid(), tailOffset<Self>()));

    let line: v128 = ZERO;
    if (isDefined(f.root)) {
      if (f.root() !== 0) {
        const distance = f32x4.sub(at, splat(f.root()));
        const beside = f32x4.lt(f32x4.abs(distance), splat(rootWidth<Self>()));
        line = only(beside, f32x4.mul(distance, splat(slopeAtRoot<Self>())));
        z = select(beside, distance, z);
        m = toggle(m, beside, main, magic(rootGrid<Self>(), rootOffset<Self>()));
      }
    }

    let c: v128;
    let address: v128;
    if (isDefined(f.octaves)) {
      const cell = 1 << (23 - f.grid());
      c = v128.or(v128.and(z, i32x4.splat(-cell)), i32x4.splat(cell >> 1));
      address = i32x4.shr_u(z, 23 - f.grid() - 4);
    } else {
      const rounded = f32x4.add(z, m);
      c = f32x4.sub(rounded, m);
      address = i32x4.shl(rounded, 4);
    }
    const d = f32x4.sub(z, c);
    if (isDefined(f.root)) {
      if (f.root() === 0) {
        const width = rootWidth<Self>();
        const beside = isDefined(f.odd)
          ? f32x4.lt(c, splat(width))
          : f.hi() === 0
            ? f32x4.gt(c, splat(-width))
            : f32x4.lt(f32x4.abs(c), splat(width));
        line = only(beside, f32x4.mul(z, splat(slopeAtRoot<Self>())));
      }
    }
    address = v128.and(address, i32x4.splat((f.entries() - 1) << 4));

    const table = f.table();
    // Two addresses at a time: a move out of a vector register costs more than a shift.
    const first = i64x2.extract_lane(address, 0);
    const second = i64x2.extract_lane(address, 1);
    const e0 = v128.load(table + <usize>(<u32>first));
    const e1 = v128.load(table + <usize>(first >>> 32));
    const e2 = v128.load(table + <usize>(<u32>second));
    const e3 = v128.load(table + <usize>(second >>> 32));
    const low01 = v128.shuffle<i32>(e0, e1, 0, 4, 1, 5);
    const low23 = v128.shuffle<i32>(e2, e3, 0, 4, 1, 5);
    const high01 = v128.shuffle<i32>(e0, e1, 2, 6, 3, 7);
    const high23 = v128.shuffle<i32>(e2, e3, 2, 6, 3, 7);
    const hi = v128.shuffle<i64>(low01, low23, 0, 2);
    const c1 = v128.shuffle<i64>(low01, low23, 1, 3);
    const c2 = v128.shuffle<i64>(high01, high23, 0, 2);
    const c3 = v128.shuffle<i64>(high01, high23, 1, 3);
    const lo = i32x4.shl(c3, 32 - LOW_BITS);

    let curved = f32x4.add(c2, f32x4.mul(c3, d));
    // Octaves reach to where d^2 underflows.
    if (isDefined(f.octaves)) curved = f32x4.mul(d, f32x4.mul(d, curved));
    else curved = f32x4.mul(f32x4.mul(d, d), curved);
    let y = f32x4.add(hi, f32x4.add(f32x4.mul(c1, d), f32x4.add(lo, curved)));

    if (isDefined(f.root)) y = negated<Self>() ? f32x4.sub(line, y) : f32x4.add(line, y);
    if (isDefined(f.tailScale)) y = f32x4.mul(y, splat(<f32>(1 / scale<Self>())));
    // As integers without a sign: x is the larger one from hi on, elsewhere 0 the smaller, also than a negative y.
    if (isDefined(f.identityAbove)) y = i32x4.max_u(y, only(f32x4.ge(x, splat(f.hi())), x));
    if (isDefined(f.odd) && !isDefined(f.octaves)) y = v128.or(y, v128.and(x, SIGN));
    return y;
  }

  /** See loops.ts: the body is long enough. */
  @inline rolled(): bool {
    return true;
  }
}

function slopeAtRoot<C extends Curve<C>>(): f32 {
  return <f32>(<f64>changetype<C>(0).rootSlope() * scale<C>());
}

/** What is added to a line of ±0 must be neither +0 nor -0 for both to remain; +0 can be subtracted. */
function negated<C extends Curve<C>>(): bool {
  if (isDefined(changetype<C>(0).odd)) return false;
  if (isDefined(changetype<C>(0).root)) return changetype<C>(0).root() === 0;
  return false;
}

function rootGrid<C extends Curve<C>>(): i32 {
  if (isDefined(changetype<C>(0).rootGrid)) return changetype<C>(0).rootGrid();
  return 7;
}

function rootWidth<C extends Curve<C>>(): f32 {
  if (isDefined(changetype<C>(0).rootWidth)) return changetype<C>(0).rootWidth();
  return 0.25;
}

function scale<C extends Curve<C>>(): f64 {
  if (isDefined(changetype<C>(0).tailScale)) return power(changetype<C>(0).tailScale());
  return 1;
}

/** 2^e */
function power(e: i32): f64 {
  return reinterpret<f64>((<i64>(e + 1023)) << 52);
}

/** Grid steps from 0 to x. */
function steps(x: f32, grid: i32): i32 {
  return <i32>nearest<f64>(<f64>x * power(grid));
}

function mainStart<C extends Curve<C>>(): f32 {
  if (isDefined(changetype<C>(0).split)) return changetype<C>(0).split();
  return changetype<C>(0).lo();
}

/** The entry of the grid point 0, of each segment: offsets may lie outside the table, entries never do. */
function mainOffset<C extends Curve<C>>(): i32 {
  return -steps(mainStart<C>(), changetype<C>(0).grid());
}

function mainCount<C extends Curve<C>>(): i32 {
  return mainOffset<C>() + steps(changetype<C>(0).hi(), changetype<C>(0).grid()) + 1;
}

function tailOffset<C extends Curve<C>>(): i32 {
  if (isDefined(changetype<C>(0).split))
    return mainCount<C>() - steps(changetype<C>(0).lo(), changetype<C>(0).tailGrid());
  return 0;
}

function tailCount<C extends Curve<C>>(): i32 {
  if (isDefined(changetype<C>(0).split))
    return tailOffset<C>() - mainCount<C>() + steps(changetype<C>(0).split(), changetype<C>(0).tailGrid()) + 1;
  return 0;
}

function rootReach<C extends Curve<C>>(): i32 {
  return steps(rootWidth<C>(), rootGrid<C>());
}

function rootOffset<C extends Curve<C>>(): i32 {
  return mainCount<C>() + tailCount<C>() + rootReach<C>();
}

/** The cell of x > 0 where the grid has 2^grid cells to the octave, counted from that of 2^-127. */
function cell<C extends Curve<C>>(x: f32): i32 {
  return reinterpret<i32>(x) >> (23 - changetype<C>(0).grid());
}

/** The entries in use. */
function used<C extends Curve<C>>(): i32 {
  if (isDefined(changetype<C>(0).octaves)) return cell<C>(changetype<C>(0).hi()) - cell<C>(changetype<C>(0).lo()) + 1;
  const others = mainCount<C>() + tailCount<C>();
  if (isDefined(changetype<C>(0).root)) {
    if (changetype<C>(0).root() !== 0) return others + 2 * rootReach<C>() + 1;
  }
  return others;
}

/** The number whose addition rounds to a multiple of 2^-grid and leaves offset + that multiple in the low bits. */
function magic(grid: i32, offset: i32): f32 {
  return <f32>((12582912.0 + <f64>offset) * power(-grid));
}

/** m, with `to` in the place of `from` where mask is set. */
function toggle(m: v128, mask: v128, from: f32, to: f32): v128 {
  return v128.xor(m, v128.and(mask, i32x4.splat(reinterpret<i32>(from) ^ reinterpret<i32>(to))));
}

/** The function, and where it is said in more digits, its value at the root. */
function valueAt<C extends Curve<C>>(x: f64): f64 {
  const f = changetype<C>(0);
  if (isDefined(f.rootValue)) {
    if (x === <f64>f.root()) return f.rootValue();
  }
  return f.formula(x);
}

/** Fills the table. */
export function build<C extends Curve<C>>(): void {
  const f = changetype<C>(0);
  const formula = (x: f64): f64 => valueAt<C>(x);
  const factor = negated<C>() ? -scale<C>() : scale<C>();
  const table = f.table();
  if (used<C>() > f.entries()) unreachable();
  if (isDefined(f.octaves)) {
    for (let i = cell<C>(f.lo()); i <= cell<C>(f.hi()); i++) {
      const start = <f64>reinterpret<f32>(i << (23 - f.grid()));
      const step = <f64>reinterpret<f32>((i + 1) << (23 - f.grid())) - start;
      const p = table + <usize>(i & (f.entries() - 1)) * ENTRY;
      fill(formula, factor, p, 1, start + 0.5 * step, step, 0, 0, 0);
    }
    return;
  }
  const root: f64 = isDefined(f.root) ? f.root() : 0;
  const slope: f64 = isDefined(f.root) ? f.rootSlope() : 0;
  const width: f64 = isDefined(f.root) ? (f.root() === 0 ? rootWidth<C>() : 0) : 0;
  const step = power(-f.grid());
  fill(formula, factor, table, mainCount<C>(), <f64>-mainOffset<C>() * step, step, root, slope, width);
  if (isDefined(f.split)) {
    const p = table + <usize>mainCount<C>() * ENTRY;
    const tailStep = power(-f.tailGrid());
    const start = <f64>(mainCount<C>() - tailOffset<C>()) * tailStep;
    fill(formula, factor, p, tailCount<C>(), start, tailStep, 0, 0, 0);
  }
  if (isDefined(f.root)) {
    if (f.root() !== 0) {
      const p = table + <usize>(mainCount<C>() + tailCount<C>()) * ENTRY;
      const rootStep = power(-rootGrid<C>());
      const start = root - <f64>rootReach<C>() * rootStep;
      fill(formula, factor, p, 2 * rootReach<C>() + 1, start, rootStep, root, slope, Infinity);
    }
  }
  if (isDefined(f.flatStart)) {
    const limit = <f32>(factor * f.formula(2 * f.lo()));
    v128.store(table, v128.replace_lane<f32>(v128.splat<i32>(0), 0, limit));
  }
}
