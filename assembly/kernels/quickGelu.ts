/**
 * quickGelu(x) = x sigmoid(1.702 x).
 *
 * Method   tables (math/curve.ts). |quickGelu| and |quickGelu'| < 2^-150 below -64; quickGelu(x) rounds to x from 10.25 on, quickGelu' to 1
 *          from 12 on. quickGelu' has a root near -0.751.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.78 ULP, slope 0.78 ULP.
 * Source   Hendrycks and Gimpel 2016, Gaussian error linear units (GELUs).
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 4096;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 4096;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final
class QuickGelu extends Curve<QuickGelu> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return x / (1 + NativeMath.exp(-1.702 * x));
  }
  @inline lo(): f32 {
    return -64;
  }
  @inline hi(): f32 {
    return 10.25;
  }
  @inline grid(): i32 {
    return 7;
  }
  @inline split(): f32 {
    return -4;
  }
  @inline tailGrid(): i32 {
    return 5;
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
class QuickGeluSlope extends Curve<QuickGeluSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    const e = NativeMath.exp(-1.702 * x);
    return (1 + e + 1.702 * x * e) / ((1 + e) * (1 + e));
  }
  @inline lo(): f32 {
    return -64;
  }
  @inline hi(): f32 {
    return 12;
  }
  @inline grid(): i32 {
    return 6;
  }
  @inline split(): f32 {
    return -4;
  }
  @inline tailGrid(): i32 {
    return 5;
  }
  @inline root(): f32 {
    return -0.75115424;
  }
  @inline rootSlope(): f32 {
    return 0.375;
  }
  @inline rootValue(): f64 {
    return 4.261454146727814e-9;
  }
  @inline tailScale(): i32 {
    return 26;
  }
}

export function quickGeluTable(): void {
  build<QuickGelu>();
}

export function quickGelu(x: usize, out: usize, n: usize): void {
  map<QuickGelu>(x, out, n, NONE, NONE);
}

export function quickGeluGradTable(): void {
  build<QuickGeluSlope>();
}

export function quickGeluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<QuickGeluSlope>(dy, x, out, n, NONE, NONE);
}
