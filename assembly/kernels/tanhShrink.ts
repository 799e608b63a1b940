/**
 * tanhShrink(x) = x - tanh x, tanhShrink'(x) = tanh^2 x.
 *
 * Method   tables with octaves (math/curve.ts) on |x|, since both fall to 0 like a power of x. x - tanh x < 2^-150 below 2^-50, tanh^2 x
 *          below 2^-76; from 9.5 on tanh x rounds to 1, and one difference does.
 * Special  ±0 -> ±0, ±Infinity -> ±Infinity, NaN -> NaN.
 * Error    0.8 ULP, slope 0.8 ULP.
 */
import { Activation } from "../activation";
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { copySign, NONE, ONE, select, splat } from "../math/lanes";

const ENTRIES = 2048;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 4096;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);
const BEND: f32 = 9.5;

@final
class Difference extends Curve<Difference> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  /** Below 1 from the continued fraction tanh x = x / (1 + x^2 / (3 + x^2 / (5 + ...))): with c what is added to 1, x c / (1 + c). */
  formula(x: f64): f64 {
    if (x > 1) return x - NativeMath.tanh(x);
    let fraction: f64 = 21;
    for (let k = 19; k > 1; k -= 2) fraction = <f64>k + (x * x) / fraction;
    const c = (x * x) / fraction;
    return (x * c) / (1 + c);
  }
  @inline lo(): f32 {
    return 8.881784197001252e-16;
  }
  @inline hi(): f32 {
    return BEND;
  }
  @inline grid(): i32 {
    return 5;
  }
  @inline octaves(): bool {
    return true;
  }
  @inline tailScale(): i32 {
    return 60;
  }
  @inline odd(): bool {
    return true;
  }
}

@final
class Square extends Curve<Square> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    const t = NativeMath.tanh(x);
    return t * t;
  }
  @inline lo(): f32 {
    return 1.3234889800848443e-23;
  }
  @inline hi(): f32 {
    return BEND;
  }
  @inline grid(): i32 {
    return 5;
  }
  @inline octaves(): bool {
    return true;
  }
  @inline tailScale(): i32 {
    return 60;
  }
  @inline odd(): bool {
    return true;
  }
}

@final
export class TanhShrink extends Activation {
  @inline value(x: v128, _a: v128, _b: v128): v128 {
    const size = f32x4.abs(x);
    const near = changetype<Difference>(0).at(x);
    return copySign(select(f32x4.ge(size, splat(BEND)), f32x4.sub(size, ONE), near), x);
  }

  @inline slope(x: v128, _a: v128, _b: v128): v128 {
    return changetype<Square>(0).at(x);
  }

  @inline rolled(): bool {
    return true;
  }
}

export function tanhShrinkTable(): void {
  build<Difference>();
}

export function tanhShrink(x: usize, out: usize, n: usize): void {
  map<TanhShrink>(x, out, n, NONE, NONE);
}

export function tanhShrinkGradTable(): void {
  build<Square>();
}

export function tanhShrinkGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<TanhShrink>(dy, x, out, n, NONE, NONE);
}
