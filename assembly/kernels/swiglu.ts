/**
 * swiglu(a, b) = a' sigmoid(alpha a') (b' + offset), a' = min(a, limit), b' = clip(b, -limit,
 * limit); by default silu(a) b.
 *
 * Method   at the defaults the table of silu; else float64, for any parameters.
 * Kink     at limit and at -limit the slope is that of the inner side.
 * Error    1.6 ULP; da 1.7 ULP, db 1.5 ULP; other parameters 0.51 ULP.
 * Source   Shazeer 2020, GLU variants improve Transformer.
 */
import { gateCurve, gateSlope } from "../curves";
import { fillOnes } from "../faint";
import { gated, gatedGrad } from "../gated";
import { halves, halvesGrad, Slopes, Values } from "../halves";
import { storeTail } from "../loops";
import { size } from "../math/lanes";
import { high, low, narrow, WIDE_ONE, WIDE_SIGN, Wide, wideSize } from "../math/wide";
import { Silu, siluGradTable, siluTable, WideSilu } from "./silu";

/** Alpha and offset as float64, and limit, of the call. */
const PARAMETERS = memory.data(3 * 8, 8);

/** Two lanes. */
class Limited {
  /**
   * Where x is infinite and the gate closed: there it is 0, elsewhere never, so that an infinite
   * factor does not make it NaN.
   */
  @inline static closed(x: v128, t: v128): v128 {
    const infinite = f64x2.eq(wideSize(x), f64x2.splat(Infinity));
    return v128.andnot(v128.and(infinite, f64x2.lt(t, f64x2.splat(0))), WIDE_SIGN);
  }

  /** alpha x; x is at most so large that the product with 0 is 0. */
  @inline static steepness(x: v128, alpha: v128): v128 {
    return f64x2.mul(changetype<WideSilu>(0).bounded(x), alpha);
  }

  @inline static gate(x: v128, alpha: v128): v128 {
    const t = Limited.steepness(x, alpha);
    const e = Wide.exp(Wide.bounded(f64x2.neg(t)));
    return v128.andnot(f64x2.div(x, f64x2.add(e, WIDE_ONE)), Limited.closed(x, t));
  }

  @inline static slope(x: v128, alpha: v128): v128 {
    const t = Limited.steepness(x, alpha);
    return v128.andnot(changetype<WideSilu>(0).slopeAt(t), Limited.closed(x, t));
  }
}

function limited(_values: Values, _curve: usize, source: usize, other: usize, out: usize, n: usize): void {
  const alpha = v128.load64_splat(PARAMETERS);
  const offset = v128.load64_splat(PARAMETERS, 8);
  const limit = v128.load32_splat(PARAMETERS, 16);
  for (let left = <isize>n; left > 0; left -= 4) {
    const a = f32x4.pmin(v128.load(source), limit);
    const b = f32x4.pmin(f32x4.pmax(v128.load(other), f32x4.neg(limit)), limit);
    const y = narrow(
      f64x2.mul(Limited.gate(low(a), alpha), f64x2.add(low(b), offset)),
      f64x2.mul(Limited.gate(high(a), alpha), f64x2.add(high(b), offset)),
    );
    if (left < 4) storeTail(out, y, left);
    else v128.store(out, y);
    source += 16;
    other += 16;
    out += 16;
  }
}

function limitedGrad(
  _values: Values,
  _slopes: Slopes,
  _curve: usize,
  _slopeCurve: usize,
  dy: usize,
  source: usize,
  other: usize,
  dSource: usize,
  dOther: usize,
  n: usize,
): void {
  const alpha = v128.load64_splat(PARAMETERS);
  const offset = v128.load64_splat(PARAMETERS, 8);
  const limit = v128.load32_splat(PARAMETERS, 16);
  for (let left = <isize>n; left > 0; left -= 4) {
    const x = v128.load(source);
    const factor = v128.load(other);
    const above = v128.load(dy);
    const a = f32x4.pmin(x, limit);
    const b = f32x4.pmin(f32x4.pmax(factor, f32x4.neg(limit)), limit);
    const beyond = f32x4.gt(x, limit);
    const outside = f32x4.gt(size(factor), limit);
    const lowAbove = low(above);
    const highAbove = high(above);
    const first = narrow(
      f64x2.mul(
        f64x2.mul(lowAbove, f64x2.add(low(b), offset)),
        v128.andnot(Limited.slope(low(a), alpha), v128.shuffle<i32>(beyond, beyond, 0, 0, 1, 1)),
      ),
      f64x2.mul(
        f64x2.mul(highAbove, f64x2.add(high(b), offset)),
        v128.andnot(Limited.slope(high(a), alpha), v128.shuffle<i32>(beyond, beyond, 2, 2, 3, 3)),
      ),
    );
    const second = narrow(
      f64x2.mul(lowAbove, v128.andnot(Limited.gate(low(a), alpha), v128.shuffle<i32>(outside, outside, 0, 0, 1, 1))),
      f64x2.mul(highAbove, v128.andnot(Limited.gate(high(a), alpha), v128.shuffle<i32>(outside, outside, 2, 2, 3, 3))),
    );
    if (left < 4) {
      storeTail(dSource, first, left);
      storeTail(dOther, second, left);
    } else {
      v128.store(dSource, first);
      v128.store(dOther, second);
    }
    dy += 16;
    source += 16;
    other += 16;
    dSource += 16;
    dOther += 16;
  }
}

/** False at the defaults; else keeps the parameters for the loops. */
function keep(alpha: f32, offset: f32, limit: f32): bool {
  store<f64>(PARAMETERS, <f64>alpha);
  // -0 + 0 would be +0.
  store<f64>(PARAMETERS, offset === 0 ? -0.0 : <f64>offset, 8);
  store<f32>(PARAMETERS, limit, 16);
  return alpha !== 1 || offset !== 0 || limit !== Infinity;
}

export function swigluTable(): void {
  siluTable();
}

export function swiglu(
  gate: usize,
  other: usize,
  out: usize,
  n: usize,
  outer: usize,
  alpha: f32,
  offset: f32,
  limit: f32,
): void {
  if (keep(alpha, offset, limit)) halves(limited, gateCurve, 0, gate, other, out, n, outer);
  else gated(gateCurve, Silu.curve, gate, other, out, n, outer);
}

export function swigluGradTable(): void {
  siluTable();
  siluGradTable();
  fillOnes();
}

export function swigluGrad(
  dy: usize,
  gate: usize,
  other: usize,
  dGate: usize,
  dOther: usize,
  n: usize,
  outer: usize,
  alpha: f32,
  offset: f32,
  limit: f32,
): void {
  if (keep(alpha, offset, limit)) {
    halvesGrad(limitedGrad, gateCurve, gateSlope, 0, 0, dy, gate, other, dGate, dOther, n, outer);
  } else {
    gatedGrad(gateCurve, gateSlope, Silu.curve, Silu.slope, dy, gate, other, dGate, dOther, n, outer);
  }
}
