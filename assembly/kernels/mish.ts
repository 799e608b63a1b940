/**
 * mish(x) = x tanh(ln(1 + e^x)) = x n / (n + 2), n = e^x (e^x + 2).
 *
 * Method   tables (math/curve.ts). |mish| and |mish'| < 2^-150 below -109; mish(x) rounds to x from 9.0625 on, mish' to 1 from 20 on. mish' has
 *          a root near -1.192.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.81 ULP, slope 0.8 ULP.
 * Source   Misra 2019, Mish: a self regularized non-monotonic activation function.
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 4096;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 4096;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final
class Mish extends Curve<Mish> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    const e = NativeMath.exp(x);
    const n = e * (e + 2);
    return (x * n) / (n + 2);
  }
  @inline lo(): f32 {
    return -109;
  }
  @inline hi(): f32 {
    return 9.0625;
  }
  @inline grid(): i32 {
    return 7;
  }
  @inline split(): f32 {
    return -8;
  }
  @inline tailGrid(): i32 {
    return 4;
  }
  @inline root(): f32 {
    return 0;
  }
  @inline rootSlope(): f32 {
    return 0.5;
  }
  @inline tailScale(): i32 {
    return 26;
  }
  @inline identityAbove(): bool {
    return true;
  }
}

@final
class MishSlope extends Curve<MishSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    const e = NativeMath.exp(x);
    const n = e * (e + 2);
    return (n + (4 * x * e * (1 + e)) / (n + 2)) / (n + 2);
  }
  @inline lo(): f32 {
    return -109;
  }
  @inline hi(): f32 {
    return 20;
  }
  @inline grid(): i32 {
    return 5;
  }
  @inline split(): f32 {
    return -8;
  }
  @inline tailGrid(): i32 {
    return 4;
  }
  @inline root(): f32 {
    return -1.1924312;
  }
  @inline rootSlope(): f32 {
    return 0.25;
  }
  @inline rootValue(): f64 {
    return 8.1257279336583198808e-10;
  }
  @inline tailScale(): i32 {
    return 26;
  }
}

export function mishTable(): void {
  build<Mish>();
}

export function mish(x: usize, out: usize, n: usize): void {
  map<Mish>(x, out, n, NONE, NONE);
}

export function mishGradTable(): void {
  build<MishSlope>();
}

export function mishGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<MishSlope>(dy, x, out, n, NONE, NONE);
}
