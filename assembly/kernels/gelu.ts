/**
 * gelu(x) = x Phi(x) = x / 2 erfc(-x / sqrt 2), gelu'(x) = Phi(x) + x phi(x).
 *
 * Method   tables (math/curve.ts). |gelu| < 2^-150 below -14.5, |gelu'| below -14.75; gelu(x) rounds to x from 5.5 on, gelu' to 1 from 6 on.
 *          gelu' has a root near -0.752.
 * Special  -Infinity -> -0, ±0 -> ±0, Infinity -> Infinity, NaN -> NaN.
 * Error    0.78 ULP, slope 0.88 ULP (next to its root).
 * Source   Hendrycks and Gimpel 2016, Gaussian error linear units (GELUs).
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { erfc } from "../math/erfc";
import { NONE } from "../math/lanes";

const ENTRIES = 4096;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 4096;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final
export class Gelu extends Curve<Gelu> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return 0.5 * x * erfc(-x * NativeMath.SQRT1_2);
  }
  @inline lo(): f32 {
    return -14.5;
  }
  @inline hi(): f32 {
    return 5.5;
  }
  @inline grid(): i32 {
    return 7;
  }
  @inline split(): f32 {
    return -4;
  }
  @inline tailGrid(): i32 {
    return 8;
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
export class GeluSlope extends Curve<GeluSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    return 0.5 * erfc(-x * NativeMath.SQRT1_2) + x * 0.39894228040143267794 * NativeMath.exp(-0.5 * x * x);
  }
  @inline lo(): f32 {
    return -14.75;
  }
  @inline hi(): f32 {
    return 6;
  }
  @inline grid(): i32 {
    return 6;
  }
  @inline split(): f32 {
    return -4;
  }
  @inline tailGrid(): i32 {
    return 8;
  }
  @inline root(): f32 {
    return -0.75179154;
  }
  @inline rootSlope(): f32 {
    return 0.5;
  }
  @inline rootValue(): f64 {
    return -5.2273121045751549767e-9;
  }
  @inline tailScale(): i32 {
    return 26;
  }
}

export function geluTable(): void {
  build<Gelu>();
}

export function gelu(x: usize, out: usize, n: usize): void {
  map<Gelu>(x, out, n, NONE, NONE);
}

export function geluGradTable(): void {
  build<GeluSlope>();
}

export function geluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<GeluSlope>(dy, x, out, n, NONE, NONE);
}
