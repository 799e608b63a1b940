/**
 * silu(x) = x sigmoid(x)
 */
import { map, mapGrad } from "../loops";
import { build, Curve, ENTRY } from "../math/curve";
import { NONE } from "../math/lanes";

const ENTRIES = 4096;
const TABLE = memory.data(ENTRIES * ENTRY, 16);
const GRAD_ENTRIES = 4096;
const GRAD_TABLE = memory.data(GRAD_ENTRIES * ENTRY, 16);

@final class Silu extends Curve<Silu> {
  @inline table(): usize {
    return TABLE;
  }
  @inline entries(): i32 {
    return ENTRIES;
  }
  formula(x: f64): f64 {
    return x / (1 + NativeMath.exp(-x));
  }
  @inline lo(): f32 {
    return -109;
  }
  @inline hi(): f32 {
    return 17.5;
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

@final class SiluSlope extends Curve<SiluSlope> {
  @inline table(): usize {
    return GRAD_TABLE;
  }
  @inline entries(): i32 {
    return GRAD_ENTRIES;
  }
  formula(x: f64): f64 {
    const e = NativeMath.exp(-x);
    return (1 + e + x * e) / ((1 + e) * (1 + e));
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
    return -1.2784646;
  }
  @inline rootSlope(): f32 {
    return 0.25;
  }
  @inline rootValue(): f64 {
    return -2.827039668355436669e-9;
  }
  @inline tailScale(): i32 {
    return 26;
  }
}

export function siluTable(): void {
  build<Silu>();
}

export function silu(x: usize, out: usize, n: usize): void {
  map<Silu>(x, out, n, NONE, NONE);
}

export function siluGradTable(): void {
  build<SiluSlope>();
}

export function siluGrad(dy: usize, x: usize, out: usize, n: usize): void {
  mapGrad<SiluSlope>(dy, x, out, n, NONE, NONE);
}
