/**
 * erf(x), erf'(x) = 2 / sqrt(pi) e^(-x^2).
 *
 * Method   tables (math/curve.ts). erf is odd and rounds to 1 from 4 on; the slope is even and below 2^-150 for |x| >= 10.5.
 * Special  ±0 -> ±0, ±Infinity -> ±1, NaN -> NaN.
 * Error    0.77 ULP (x near 2^-124), slope 0.77 ULP.
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { erf as erf64 } from "../math/erfc";
import { NONE } from "../math/lanes";

const ENTRIES = 512;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 4096;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final
class Erf extends Curve<Erf> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return erf64(x);
  }
  @inline lo(): f32 {
    return 0;
  }
  @inline hi(): f32 {
    return 4;
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
class ErfSlope extends Curve<ErfSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    return 1.1283791670955125739 * NativeMath.exp(-x * x);
  }
  @inline lo(): f32 {
    return -10.5;
  }
  @inline hi(): f32 {
    return 0;
  }
  @inline grid(): i32 {
    return 7;
  }
  @inline split(): f32 {
    return -5;
  }
  @inline tailGrid(): i32 {
    return 9;
  }
  @inline tailScale(): i32 {
    return 26;
  }
  @inline even(): bool {
    return true;
  }
}

export function erfTable(): void {
  build<Erf>();
}

export function erf(x: usize, out: usize, n: usize): void {
  map<Erf>(x, out, n, NONE, NONE);
}

export function erfGradTable(): void {
  build<ErfSlope>();
}

export function erfGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<ErfSlope>(dy, x, out, n, NONE, NONE);
}
