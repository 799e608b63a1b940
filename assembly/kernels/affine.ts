/**
 * affine(x) = scale x + shift + residual, of [outer][channels][inner]: what a network does to x
 * before the activation.
 *
 * Method   float32, one step after the other. What is not given is 1 or -0, which changes no bit.
 * Special  those of IEEE 754: 0 times an infinity is NaN.
 * Error    each step 0.5 ULP.
 * Source   Ioffe and Szegedy 2015, Batch normalization; He, Zhang, Ren and Sun 2015, Deep residual
 *          learning.
 */
import { storeTail } from "../loops";

/**
 * How the elements of an argument go with those of x, two bits each: one for all, one for each
 * channel, one for each.
 */
const BY_CHANNEL = 1;
const BY_ELEMENT = 2;
const BITS = 2;

/** The bits of -0, which a sum does without. */
const NOTHING: i32 = 0x80000000;

/** For each argument one vector, of which all lanes are the same. */
const LANES = memory.data(48, 16);

/**
 * n elements. Of each argument the next four are `step` bytes on: 16, or 0 where one vector serves
 * all.
 */
function run(
  x: usize,
  scale: usize,
  scaleStep: usize,
  shift: usize,
  shiftStep: usize,
  residual: usize,
  residualStep: usize,
  out: usize,
  n: usize,
): void {
  // What networks have with channels last, a bias or batch norm: the fewest loads and sums. Made
  // from one generic loop, the one with scales takes 1.07 times as long.
  const isLast = residualStep === 0 && load<i32>(residual) === NOTHING;
  if (isLast && shiftStep !== 0) {
    if (scaleStep !== 0) {
      for (; n >= 16; n -= 16) {
        const z0 = f32x4.add(f32x4.mul(v128.load(x), v128.load(scale)), v128.load(shift));
        const z1 = f32x4.add(f32x4.mul(v128.load(x, 16), v128.load(scale, 16)), v128.load(shift, 16));
        const z2 = f32x4.add(f32x4.mul(v128.load(x, 32), v128.load(scale, 32)), v128.load(shift, 32));
        const z3 = f32x4.add(f32x4.mul(v128.load(x, 48), v128.load(scale, 48)), v128.load(shift, 48));
        v128.store(out, z0);
        v128.store(out, z1, 16);
        v128.store(out, z2, 32);
        v128.store(out, z3, 48);
        x += 64;
        out += 64;
        scale += 64;
        shift += 64;
      }
    } else {
      const all = v128.load(scale);
      for (; n >= 16; n -= 16) {
        const z0 = f32x4.add(f32x4.mul(v128.load(x), all), v128.load(shift));
        const z1 = f32x4.add(f32x4.mul(v128.load(x, 16), all), v128.load(shift, 16));
        const z2 = f32x4.add(f32x4.mul(v128.load(x, 32), all), v128.load(shift, 32));
        const z3 = f32x4.add(f32x4.mul(v128.load(x, 48), all), v128.load(shift, 48));
        v128.store(out, z0);
        v128.store(out, z1, 16);
        v128.store(out, z2, 32);
        v128.store(out, z3, 48);
        x += 64;
        out += 64;
        shift += 64;
      }
    }
  }
  for (; n >= 16; n -= 16) {
    const scale1 = scale + scaleStep;
    const scale2 = scale1 + scaleStep;
    const scale3 = scale2 + scaleStep;
    const shift1 = shift + shiftStep;
    const shift2 = shift1 + shiftStep;
    const shift3 = shift2 + shiftStep;
    let z0 = f32x4.add(f32x4.mul(v128.load(x), v128.load(scale)), v128.load(shift));
    let z1 = f32x4.add(f32x4.mul(v128.load(x, 16), v128.load(scale1)), v128.load(shift1));
    let z2 = f32x4.add(f32x4.mul(v128.load(x, 32), v128.load(scale2)), v128.load(shift2));
    let z3 = f32x4.add(f32x4.mul(v128.load(x, 48), v128.load(scale3)), v128.load(shift3));
    if (!isLast) {
      z0 = f32x4.add(z0, v128.load(residual));
      z1 = f32x4.add(z1, v128.load(residual + residualStep));
      z2 = f32x4.add(z2, v128.load(residual + 2 * residualStep));
      z3 = f32x4.add(z3, v128.load(residual + 3 * residualStep));
      residual += residualStep << 2;
    }
    v128.store(out, z0);
    v128.store(out, z1, 16);
    v128.store(out, z2, 32);
    v128.store(out, z3, 48);
    x += 64;
    out += 64;
    scale = scale3 + scaleStep;
    shift = shift3 + shiftStep;
  }
  for (; n > 0; n -= 4) {
    const s = f32x4.mul(v128.load(x), v128.load(scale));
    const z = f32x4.add(f32x4.add(s, v128.load(shift)), v128.load(residual));
    if (n < 4) {
      storeTail(out, z, n);
      return;
    }
    v128.store(out, z);
    x += 16;
    out += 16;
    scale += scaleStep;
    shift += shiftStep;
    residual += residualStep;
  }
}

/** The same where one vector of each serves all: nothing but x is loaded. */
function runAlike(x: usize, scale: v128, shift: v128, residual: v128, out: usize, n: usize): void {
  for (; n >= 16; n -= 16) {
    const z0 = f32x4.add(f32x4.add(f32x4.mul(v128.load(x), scale), shift), residual);
    const z1 = f32x4.add(f32x4.add(f32x4.mul(v128.load(x, 16), scale), shift), residual);
    const z2 = f32x4.add(f32x4.add(f32x4.mul(v128.load(x, 32), scale), shift), residual);
    const z3 = f32x4.add(f32x4.add(f32x4.mul(v128.load(x, 48), scale), shift), residual);
    v128.store(out, z0);
    v128.store(out, z1, 16);
    v128.store(out, z2, 32);
    v128.store(out, z3, 48);
    x += 64;
    out += 64;
  }
  for (; n >= 4; n -= 4) {
    v128.store(out, f32x4.add(f32x4.add(f32x4.mul(v128.load(x), scale), shift), residual));
    x += 16;
    out += 16;
  }
  if (n) storeTail(out, f32x4.add(f32x4.add(f32x4.mul(v128.load(x), scale), shift), residual), n);
}

/** The address of a vector of the element at p. */
function splatted(p: usize, lanes: usize): usize {
  v128.store(LANES + lanes, v128.load32_splat(p));
  return LANES + lanes;
}

/** `kinds`: how scale, shift and residual go with x, two bits each, scale the lowest. */
export function affine(
  x: usize,
  scale: usize,
  shift: usize,
  residual: usize,
  out: usize,
  outer: usize,
  channels: usize,
  inner: usize,
  kinds: i32,
): void {
  const across = inner === 1;
  const ofScale = kinds & 3;
  const ofShift = (kinds >> BITS) & 3;
  const ofResidual = kinds >> (2 * BITS);
  // Elements from one run to the next.
  const n = across ? channels : inner;
  const runs: usize = across ? 1 : channels;
  const scaleMoves = ofScale === BY_ELEMENT || (across && ofScale === BY_CHANNEL);
  const shiftMoves = ofShift === BY_ELEMENT || (across && ofShift === BY_CHANNEL);
  const residualMoves = ofResidual === BY_ELEMENT;
  const alike = !scaleMoves && !shiftMoves && !residualMoves;
  for (; outer > 0; outer--) {
    for (let c: usize = 0; c < runs; c++) {
      const s = ofScale === BY_CHANNEL ? scale + (c << 2) : scale;
      const t = ofShift === BY_CHANNEL ? shift + (c << 2) : shift;
      if (alike) {
        runAlike(x, v128.load32_splat(s), v128.load32_splat(t), v128.load32_splat(residual), out, n);
        x += n << 2;
        out += n << 2;
        continue;
      }
      run(
        x,
        scaleMoves ? s : splatted(s, 0),
        scaleMoves ? 16 : 0,
        shiftMoves ? t : splatted(t, 16),
        shiftMoves ? 16 : 0,
        residualMoves ? residual : splatted(residual, 32),
        residualMoves ? 16 : 0,
        out,
        n,
      );
      x += n << 2;
      out += n << 2;
      if (ofScale === BY_ELEMENT) scale += n << 2;
      if (ofShift === BY_ELEMENT) shift += n << 2;
      if (residualMoves) residual += n << 2;
    }
  }
}
