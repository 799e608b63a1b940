/**
 * tanh(x), tanh'(x) = 1 - tanh(x)^2.
 *
 * Method   tables (math/curve.ts). tanh is odd and rounds to 1 from 9.0625 on; the slope is even and below 2^-150 for |x| >= 53.
 * Special  ±0 -> ±0, ±Infinity -> ±1, NaN -> NaN.
 * Error    0.55 ULP, slope 0.81 ULP.
 * Source   LeCun et al. 1998, Efficient backprop.
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 1024;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 2048;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final
class Tanh extends Curve<Tanh> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return NativeMath.tanh(x);
  }
  @inline lo(): f32 {
    return 0;
  }
  @inline hi(): f32 {
    return 9.0625;
  }
  @inline grid(): i32 {
    return 6;
  }
  @inline root(): f32 {
    return 0;
  }
  @inline rootSlope(): f32 {
    return 1;
  }
  @inline odd(): bool {
    return true;
  }
}

@final
class TanhSlope extends Curve<TanhSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    const e = NativeMath.exp(-2 * abs(x));
    return (4 * e) / ((1 + e) * (1 + e));
  }
  @inline lo(): f32 {
    return -53;
  }
  @inline hi(): f32 {
    return 0;
  }
  @inline grid(): i32 {
    return 5;
  }
  @inline tailScale(): i32 {
    return 26;
  }
  @inline even(): bool {
    return true;
  }
}

export function tanhTable(): void {
  build<Tanh>();
}

export function tanh(x: usize, out: usize, n: usize): void {
  map<Tanh>(x, out, n, NONE, NONE);
}

export function tanhGradTable(): void {
  build<TanhSlope>();
}

export function tanhGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<TanhSlope>(dy, x, out, n, NONE, NONE);
}
