/**
 * The loops of the gated ops: gate(source) other, where source and other are the two halves of an
 * axis, `outer` times two runs of n elements side by side, or two arrays, one run of each. The host
 * says which is which by their addresses.
 *
 * Long runs are worked on where they lie. Short ones, down to single elements that alternate, are
 * first brought together.
 */
import { BLOCK } from "./faint";
import { storeTail } from "./loops";

/**
 * A block of either factor, brought together; then of its gradient. A whole vector may be written
 * at its end.
 */
const SOURCE = memory.data(4096 + 16, 16);
const OTHER = memory.data(4096 + 16, 16);

/** Runs shorter than this are brought together. */
const SHORT: usize = 32;

/** The loop of an activation, or of its gradient with a dy of ones. */
export type Values = (x: usize, out: usize, n: usize, curve: usize) => void;
export type Slopes = (ones: usize, x: usize, out: usize, n: usize, curve: usize) => void;

/** gate(source) other of n elements side by side, at most a block. */
type Product = (values: Values, curve: usize, source: usize, other: usize, out: usize, n: usize) => void;

/** Its gradient; the results may lie where the factors do. */
type ProductGrad = (
  values: Values,
  slopes: Slopes,
  curve: usize,
  slopeCurve: usize,
  dy: usize,
  source: usize,
  other: usize,
  dSource: usize,
  dOther: usize,
  n: usize,
) => void;

/** Parts n pairs of elements at p into the first and the second ones. */
function part(p: usize, first: usize, second: usize, n: usize): void {
  for (let left = <isize>n; left > 0; left -= 4) {
    const low = v128.load(p);
    const high = left > 2 ? v128.load(p, 16) : low;
    v128.store(first, v128.shuffle<i32>(low, high, 0, 2, 4, 6));
    v128.store(second, v128.shuffle<i32>(low, high, 1, 3, 5, 7));
    p += 32;
    first += 16;
    second += 16;
  }
}

/** Puts n first and n second elements in turn at p. */
function alternate(first: usize, second: usize, p: usize, n: usize): void {
  for (; n >= 4; n -= 4) {
    const a = v128.load(first);
    const b = v128.load(second);
    v128.store(p, v128.shuffle<i32>(a, b, 0, 4, 1, 5));
    v128.store(p, v128.shuffle<i32>(a, b, 2, 6, 3, 7), 16);
    first += 16;
    second += 16;
    p += 32;
  }
  for (; n > 0; n--) {
    store<f32>(p, load<f32>(first));
    store<f32>(p, load<f32>(second), 4);
    first += 4;
    second += 4;
    p += 8;
  }
}

/**
 * Brings runs of n elements together that are `from` bytes apart. What a vector holds beyond a run
 * the next one overwrites.
 */
function gather(p: usize, from: usize, to: usize, n: usize, runs: usize): void {
  for (; runs > 0; runs--) {
    for (let i: usize = 0; i < n; i += 4) v128.store(to + (i << 2), v128.load(p + (i << 2)));
    p += from;
    to += n << 2;
  }
}

/** Puts them back, and writes nothing between them. */
function scatter(p: usize, to: usize, apart: usize, n: usize, runs: usize): void {
  for (; runs > 0; runs--) {
    let i: usize = 0;
    for (; i + 4 <= n; i += 4) v128.store(to + (i << 2), v128.load(p + (i << 2)));
    if (i < n) storeTail(to + (i << 2), v128.load(p + (i << 2)), n - i);
    p += n << 2;
    to += apart;
  }
}

/** Brings both factors together. */
function collect(source: usize, other: usize, n: usize, runs: usize): void {
  if (n === 1) {
    if (source < other) part(source, SOURCE, OTHER, runs);
    else part(other, OTHER, SOURCE, runs);
  } else {
    gather(source, n << 3, SOURCE, n, runs);
    gather(other, n << 3, OTHER, n, runs);
  }
}

function distribute(source: usize, other: usize, n: usize, runs: usize): void {
  if (n === 1) {
    if (source < other) alternate(SOURCE, OTHER, source, runs);
    else alternate(OTHER, SOURCE, other, runs);
  } else {
    scatter(SOURCE, source, n << 3, n, runs);
    scatter(OTHER, other, n << 3, n, runs);
  }
}

/**
 * out = gate(source) other for `outer` pairs of runs of n; from one pair to the next the factors
 * advance by 2 n.
 */
export function halves(
  product: Product,
  values: Values,
  curve: usize,
  source: usize,
  other: usize,
  out: usize,
  n: usize,
  outer: usize,
): void {
  if (n < SHORT && outer > 1) {
    const most = BLOCK / n;
    while (outer > 0) {
      const runs = min(most, outer);
      collect(source, other, n, runs);
      product(values, curve, SOURCE, OTHER, out, n * runs);
      source += (n << 3) * runs;
      other += (n << 3) * runs;
      out += (n << 2) * runs;
      outer -= runs;
    }
    return;
  }
  for (; outer > 0; outer--) {
    for (let i: usize = 0; i < n; i += BLOCK) {
      product(values, curve, source + (i << 2), other + (i << 2), out + (i << 2), min(BLOCK, n - i));
    }
    source += n << 3;
    other += n << 3;
    out += n << 2;
  }
}

/**
 * dSource = dy other gate'(source), dOther = dy gate(source); from one pair of runs to the next all
 * but dy advance by 2 n.
 */
export function halvesGrad(
  product: ProductGrad,
  values: Values,
  slopes: Slopes,
  curve: usize,
  slopeCurve: usize,
  dy: usize,
  source: usize,
  other: usize,
  dSource: usize,
  dOther: usize,
  n: usize,
  outer: usize,
): void {
  if (n < SHORT && outer > 1) {
    const most = BLOCK / n;
    while (outer > 0) {
      const runs = min(most, outer);
      collect(source, other, n, runs);
      product(values, slopes, curve, slopeCurve, dy, SOURCE, OTHER, SOURCE, OTHER, n * runs);
      distribute(dSource, dOther, n, runs);
      dy += (n << 2) * runs;
      source += (n << 3) * runs;
      other += (n << 3) * runs;
      dSource += (n << 3) * runs;
      dOther += (n << 3) * runs;
      outer -= runs;
    }
    return;
  }
  for (; outer > 0; outer--) {
    for (let i: usize = 0; i < n; i += BLOCK) {
      const at = i << 2;
      product(
        values,
        slopes,
        curve,
        slopeCurve,
        dy + at,
        source + at,
        other + at,
        dSource + at,
        dOther + at,
        min(BLOCK, n - i),
      );
    }
    dy += n << 2;
    source += n << 3;
    other += n << 3;
    dSource += n << 3;
    dOther += n << 3;
  }
}
