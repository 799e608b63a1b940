/**
 * Sums over the elements of each channel of [outer][channels][inner]: the gradient by a parameter
 * per channel is one.
 *
 * A term is a product of two float32, exact in float64. What an addition loses is added up too, so
 * that before the last rounding a sum of n terms is off by about n^2 2^-106 times the sum of their
 * sizes.
 */
import { ONE, only, select, ZERO } from "./math/lanes";
import { high, low } from "./math/wide";
import { FIRST, LAST } from "./traffic";

/**
 * Four sums and what they have lost: of four channels, or of one that has runs, by the index in the
 * run modulo 4.
 */
const STATE: usize = 64;
const LOST: usize = 32;
/** Room for 256 channels. */
const SUMS = memory.data(256 * 64, 16);

/** What a term is: dy, dy x, or dy x where x is not above 0. */
const SIMPLE = 0;
const NEGATIVE = 2;

/** A mask of the first n lanes begins 4 - n words in. */
const MASKS = memory.data<i32>([-1, -1, -1, -1, 0, 0, 0, 0]);

/** Adds two terms to two sums: what is lost is found as in Knuth's TwoSum. */
function add(p: usize, term: v128): void {
  const sum = v128.load(p);
  const next = f64x2.add(sum, term);
  const taken = f64x2.sub(next, sum);
  const lost = f64x2.add(f64x2.sub(sum, f64x2.sub(next, taken)), f64x2.sub(term, taken));
  v128.store(p, next);
  v128.store(p, f64x2.add(v128.load(p, LOST), lost), LOST);
}

/** Adds n terms, four at a time, to the sums at p and those `step` bytes on. */
function addAll(dy: usize, x: usize, n: usize, kind: i32, p: usize, step: usize): void {
  const simple = v128.load(MASKS + (kind === SIMPLE ? 0 : 16));
  const negative = v128.load(MASKS + (kind === NEGATIVE ? 0 : 16));
  while (n > 0) {
    const counts = v128.load(MASKS + (n < 4 ? (4 - n) << 2 : 0));
    const from = v128.load(x);
    const counted = v128.andnot(counts, v128.and(f32x4.gt(from, ZERO), negative));
    const d = only(counted, v128.load(dy));
    const f = only(counted, select(simple, ONE, from));
    add(p, f64x2.mul(low(d), low(f)));
    add(p + 16, f64x2.mul(high(d), high(f)));
    if (n < 4) return;
    dy += 16;
    x += 16;
    p += step;
    n -= 4;
  }
}

/** What the sum at p has lost included. One that is no finite number has lost NaN. */
function totalOf(sum: f64, lost: f64): f64 {
  return sum - sum === 0 ? sum + lost : sum;
}

/** The sum of the four of a channel. */
function merged(p: usize): f64 {
  let sum = load<f64>(p);
  let lost = load<f64>(p, LOST);
  for (let lane: usize = 8; lane < LOST; lane += 8) {
    const term = load<f64>(p + lane);
    const next = sum + term;
    const taken = next - sum;
    lost += load<f64>(p + lane, LOST) + (sum - (next - taken) + (term - taken));
    sum = next;
  }
  return totalOf(sum, lost);
}

/** Where the results are: a float64 for each channel. */
export function channelSumsRoom(): usize {
  return SUMS;
}

/**
 * The sums of up to 256 channels, `slab` elements from one of the `outer` to the next. They stay
 * from call to call: edge has bit 1 where they start, bit 2 where they end, and only then are
 * results. A run of `inner` elements may be a part of one, in multiples of 4 but for the last;
 * where channels are 1 apart, `runs` is false.
 */
export function channelSums(
  dy: usize,
  x: usize,
  outer: usize,
  channels: usize,
  inner: usize,
  slab: usize,
  runs: bool,
  kind: i32,
  edge: i32,
): void {
  if (edge & FIRST) memory.fill(SUMS, 0, runs ? channels * STATE : (channels + 3) * (STATE >> 2));
  for (; outer > 0; outer--) {
    if (runs) {
      for (let c: usize = 0; c < channels; c++) {
        const at = (c * inner) << 2;
        addAll(dy + at, x + at, inner, kind, SUMS + c * STATE, 0);
      }
    } else {
      addAll(dy, x, channels, kind, SUMS, STATE);
    }
    dy += slab << 2;
    x += slab << 2;
  }
  if (!(edge & LAST)) return;
  // In place: a result lies at or before what it is made of.
  for (let c: usize = 0; c < channels; c++) {
    const p = SUMS + (c >> 2) * STATE + ((c & 3) << 3);
    store<f64>(SUMS + (c << 3), runs ? merged(SUMS + c * STATE) : totalOf(load<f64>(p), load<f64>(p, LOST)));
  }
}
