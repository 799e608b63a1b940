/**
 * The entries of the tables of curve.ts: cubics, each fitted to five samples of a scalar float64
 * function.
 */

/** Bytes of an entry. */
export const ENTRY = 16;

/**
 * Bits of the last word of an entry that are its lo: a sign, 8 bits of exponent, the rest mantissa.
 */
export const LOW_BITS = 13;

/**
 * The positive roots of the Chebyshev polynomial T5: where an entry is sampled, on both sides, in
 * half steps from its centre.
 */
const NEAR = 0.58778525229247313;
const FAR = 0.95105651629515357;
/** The samples of one entry: at the centre, ±NEAR and ±FAR. */
const SAMPLES = memory.data(5 * 8, 16);

/** x without what its last LOW_BITS bits hold of the 32. */
function shortened(x: f32): f32 {
  return reinterpret<f32>(reinterpret<u32>(x) & -(1 << (32 - LOW_BITS)));
}

/** What has LOW_BITS bits, the sign of the samples, and is smaller than all of the entry. */
function baseOf(): f32 {
  let least: f64 = Infinity;
  let most: f64 = -Infinity;
  for (let sample: usize = 0; sample < 5; sample++) {
    least = min(least, load<f64>(SAMPLES + (sample << 3)));
    most = max(most, load<f64>(SAMPLES + (sample << 3)));
  }
  // Beyond the outermost samples the function goes on a little.
  const margin = 0.125 * (most - least);
  return shortened(<f32>(least > 0 ? max(least - margin, 0) : min(most + margin, 0)));
}

/**
 * What moves a line through the float32 nearest to a root to the root itself, where f is steeper
 * than the line.
 */
function offset(w: f64, slope: f64): f32 {
  const steeper = (0.5 * (load<f64>(SAMPLES, 8) - load<f64>(SAMPLES, 16))) / (NEAR * w);
  return shortened(<f32>((load<f64>(SAMPLES) * slope) / (slope + steeper)));
}

/**
 * A coefficient that makes no difference, beside 1, but is not subnormal as the low bits of the
 * last one would be by themselves: slow.
 */
const FAINT: f64 = 8.881784197001252e-16;

/**
 * Where all samples round to one float32 of LOW_BITS bits, as 1 is, the entry at p becomes that;
 * else false.
 */
function isConstant(p: usize): bool {
  const y = <f32>load<f64>(SAMPLES);
  for (let sample: usize = 1; sample < 5; sample++) {
    if (<f32>load<f64>(SAMPLES + (sample << 3)) !== y) return false;
  }
  if (shortened(y) !== y) return false;
  const least = <f32>(FAINT * <f64>y);
  v128.store(p, f32x4.splat(least));
  v128.store64_lane(p, v128.splat<i32>(0), 0);
  store<u32>(p, reinterpret<u32>(least) | (reinterpret<u32>(y) >>> (32 - LOW_BITS)), 12);
  return true;
}

/**
 * Fits the cubic of the entry at p, of half width w, to the samples. In two parts: `base` is the
 * first.
 */
function fitEntry(p: usize, w: f64, base: f32, inParts: bool): void {
  const center = load<f64>(SAMPLES);
  const nearUp = load<f64>(SAMPLES, 8);
  const nearDown = load<f64>(SAMPLES, 16);
  const farUp = load<f64>(SAMPLES, 24);
  const farDown = load<f64>(SAMPLES, 32);

  const hi = <f32>(center - <f64>base);
  const low = inParts ? reinterpret<u32>(base) : reinterpret<u32>(<f32>(center - <f64>hi)) + (1 << (31 - LOW_BITS));
  const lo = low >>> (32 - LOW_BITS);
  const start = <f64>hi + <f64>reinterpret<f32>(lo << (32 - LOW_BITS));

  const near = NEAR * w;
  const far = FAR * w;
  const oddNear = (0.5 * (nearUp - nearDown)) / near;
  const oddFar = (0.5 * (farUp - farDown)) / far;
  const evenNear = (0.5 * (nearUp + nearDown) - center) / (near * near);
  const evenFar = (0.5 * (farUp + farDown) - center) / (far * far);

  let third = (oddFar - oddNear) / (far * far - near * near);
  if (inParts && abs(third) < FAINT * abs(center)) third = FAINT * center;
  const c3 = ((reinterpret<u32>(<f32>third) + (1 << (LOW_BITS - 1))) & -(1 << LOW_BITS)) | lo;
  // c1 once more, around c3 as it is now; c2 so that the error of fourth order is as large inside
  // as at the ends, and that of lo 0 at the ends: where f is flat neighbours must agree there for
  // the result to be monotone.
  const cubic = <f64>reinterpret<f32>(c3);
  const c1 = 0.5 * (oddNear - cubic * near * near + (oddFar - cubic * far * far));
  const c2 = 0.138 * evenNear + 0.862 * evenFar + (center - start) / (w * w);
  store<f32>(p, hi);
  store<f32>(p, <f32>c1, 4);
  store<f32>(p, <f32>c2, 8);
  store<u32>(p, c3, 12);
}

/**
 * Fills `count` entries from p on, whose centres are c, c + step and so on, with factor * f. Where
 * |centre - root| < width they hold f without the line slope (x - root). `inParts`: for a slope,
 * see curve.ts.
 */
export function fill(
  f: (x: f64) => f64,
  factor: f64,
  p: usize,
  count: i32,
  c: f64,
  step: f64,
  root: f64,
  slope: f64,
  width: f64,
  inParts: bool,
): void {
  const w = 0.5 * step;
  for (; count > 0; count--) {
    const beside = abs(c - root) < width;
    for (let sample = 0; sample < 5; sample++) {
      const from = sample === 0 ? 0 : sample < 3 ? NEAR * w : FAR * w;
      const x = sample & 1 ? c + from : c - from;
      let y = f(x);
      if (beside) y -= slope * (x - root);
      store<f64>(SAMPLES + ((<usize>sample) << 3), y * factor);
    }
    if (!inParts) fitEntry(p, w, 0, false);
    else if (beside) fitEntry(p, w, c === root ? offset(w, slope * factor) : 0, true);
    else if (!isConstant(p)) fitEntry(p, w, baseOf(), true);
    p += ENTRY;
    c += step;
  }
}
